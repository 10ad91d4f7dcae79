"""The tables of the pages on quality as files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language

from fachkraftwerk.web.quality.domain import error_map, files
from fachkraftwerk.web.quality.domain.files import Rows
from fachkraftwerk.web.quality.views.opened import Opened, opened
from fachkraftwerk.web.spreadsheet import as_csv

#: Said while the tests of an edition are still being computed.
_LATER = {"Retry-After": "60"}


def table(request: HttpRequest, name: str) -> HttpResponse:
    """Send a table as CSV for a spreadsheet of the reader's language."""
    found = opened()
    if found is None:
        return HttpResponse(status=503, headers=_LATER)
    data = as_csv(_rows(found, name), get_language() or "de")
    return _file(data, "text/csv; charset=utf-8", f"fachkraftwerk-{name}.csv")


def whole(request: HttpRequest) -> HttpResponse:
    """Send the whole kept result as JSON: every test, published gaps, spreads."""
    found = opened()
    if found is None:
        return HttpResponse(status=503, headers=_LATER)
    answer = JsonResponse(found.document, json_dumps_params={"ensure_ascii": False})
    answer["Content-Disposition"] = 'attachment; filename="fachkraftwerk-guete.json"'
    return answer


def _rows(found: Opened, name: str) -> Rows:
    lang, document = get_language() or "de", found.document
    if name == "alle-pruefungen":
        return files.scores(document["tests"], lang)
    if name == "luecken":
        return files.gaps(document["published_gaps"])
    if name == "uebereinstimmung":
        return files.agreements(document["published_gaps"])
    if name == "spannen":
        return files.spreads(document["spreads"], lang)
    return _of_test(found, name, lang)


def _of_test(found: Opened, name: str, lang: str) -> Rows:
    """Return the tables of one test, or with "-karte" at the end its errors per Kreis. Raises Http404."""
    proof = found.proof(name.removesuffix("-karte"))
    if not name.endswith("-karte"):
        return files.scores([test for test in found.document["tests"] if test["test"] == proof.key], lang)
    if not proof.errors:
        raise Http404(name)
    return files.errors(error_map.places(found.desk, proof.errors), lang)


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
