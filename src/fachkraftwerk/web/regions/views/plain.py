"""Method and data pages, generated from the parameter files and the edition's manifest."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from fachkraftwerk.edition.list import editions
from fachkraftwerk.runs.desk import open_desk
from fachkraftwerk.web.regions.domain import parameters
from fachkraftwerk.web.regions.domain.origins import origins
from fachkraftwerk.web.spreadsheet import as_csv


def method(request: HttpRequest) -> HttpResponse:
    """Show every step with its assumptions."""
    return render(request, "regions/method.html", {"groups": parameters.groups()})


def assumptions(request: HttpRequest) -> HttpResponse:
    """Send every assumption as CSV for a spreadsheet of the reader's language."""
    lang = get_language() or "de"
    rows = as_csv(parameters.table(lang), lang)
    headers = {"Content-Disposition": 'attachment; filename="fachkraftwerk-annahmen.csv"'}
    return HttpResponse(rows, content_type="text/csv; charset=utf-8", headers=headers)


def data(request: HttpRequest) -> HttpResponse:
    """Show every source behind the open edition with its files and checksums, and the editions at hand."""
    desk = open_desk()
    tables = desk.edition.tables
    return render(request, "regions/data.html", {
        "edition": desk.edition, "origins": origins(desk.edition), "tables": len(tables),
        "rows": sum(entry["rows"] for entry in tables.values()), "editions": editions(),
    })  # fmt: skip
