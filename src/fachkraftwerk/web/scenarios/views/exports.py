"""The scenario of an address as files: table, JSON, pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.core.text import Text
from fachkraftwerk.runs import scenario as documents
from fachkraftwerk.runs import simulate
from fachkraftwerk.runs.desk import open_desk
from fachkraftwerk.web.charts import export
from fachkraftwerk.web.scenarios.domain import answer as answers
from fachkraftwerk.web.scenarios.domain import draft as drafts
from fachkraftwerk.web.scenarios.domain import tables
from fachkraftwerk.web.scenarios.views.build import checked, pictures
from fachkraftwerk.web.spreadsheet import as_csv

PICTURES = {
    "verlauf": ("path", Text("Lücke mit und ohne Maßnahmen", "Gap with and without measures")),
    "wirkung": ("bars", Text("Was welche Maßnahme schließt, bis {year}", "What each measure closes by {year}")),
}


def _answer(request: HttpRequest) -> answers.Answer:
    return answers.answer(open_desk(), checked(drafts.read(request.GET)), get_language() or "de")


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def csv_file(request: HttpRequest) -> HttpResponse:
    """Send path, measures and occupations as CSV."""
    return table(tables.csv_rows(_answer(request)), "szenario")


def matrix_file(request: HttpRequest) -> HttpResponse:
    """Send the matrix measure × framework as CSV."""
    scenario, lang = checked(drafts.read(request.GET)), get_language() or "de"
    return table(tables.matrix_rows(open_desk(), scenario, lang), "szenario-rahmen")


def json_file(request: HttpRequest) -> HttpResponse:
    """Send the scenario as its canonical document."""
    document = documents.dump(checked(drafts.read(request.GET)))
    return _file(document.encode(), "application/json", "szenario.json")


def answer_json(request: HttpRequest) -> HttpResponse:
    """Send the answer itself: the same document as ``fachkraftwerk simulate --json``."""

    def made() -> dict[str, Any]:
        found = _answer(request)
        return simulate.document(found.simulation, found.desk.edition.name)

    return as_json(made)


def as_json(made: Callable[[], dict[str, Any]]) -> JsonResponse:
    """Send a document, or with status 400 every fault in both languages."""
    try:
        return JsonResponse(made(), json_dumps_params={"ensure_ascii": False})
    except Refusal as refusal:
        faults = [{"where": f.where, "de": f.message("de"), "en": f.message("en")} for f in refusal.faults]
        return JsonResponse({"faults": faults}, status=400, json_dumps_params={"ensure_ascii": False})


def picture(request: HttpRequest, picture: str, ending: str) -> HttpResponse:
    """Send one picture as SVG or PNG."""
    if picture not in PICTURES or ending not in ("svg", "png"):
        raise Http404(picture)
    made = _answer(request)
    key, question = PICTURES[picture]
    words = question.in_(made.lang).format(year=made.scenario.year)
    return drawing(pictures(made)[key], f"{made.place.in_(made.lang)}: {words}", f"szenario-{picture}", ending)


def drawing(svg: str, title: str, name: str, ending: str) -> HttpResponse:
    """Send a drawing with title and source line as SVG or PNG."""
    source = Text(
        "Amtliche Statistik, eigene Berechnung mit Fachkraftwerk, Datenstand",
        "Official statistics, own calculation with Fachkraftwerk, edition",
    )
    line = f"{source.in_(get_language() or 'de')} {open_desk().edition.name}"
    drawn = export.standalone(svg, title, [line])
    if ending == "png":
        return _file(export.png(drawn), "image/png", f"{name}.png")
    return _file(drawn.encode(), "image/svg+xml", f"{name}.svg")


def table(rows: Iterable[Sequence[str]], name: str) -> HttpResponse:
    """Send rows as CSV for a spreadsheet of the reader's language."""
    return _file(as_csv(rows, get_language() or "de"), "text/csv; charset=utf-8", f"{name}.csv")
