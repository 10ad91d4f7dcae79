"""Method and data pages, generated from the parameter files and the edition's manifest."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fachkraftwerk.edition.list import editions
from fachkraftwerk.runs.desk import open_desk
from fachkraftwerk.web.regions.domain import parameters
from fachkraftwerk.web.regions.domain.origins import origins


def method(request: HttpRequest) -> HttpResponse:
    """Show every step with its assumptions."""
    return render(request, "regions/method.html", {"groups": parameters.groups()})


def data(request: HttpRequest) -> HttpResponse:
    """Show every source behind the open edition with its files and checksums, and the editions at hand."""
    desk = open_desk()
    tables = desk.edition.tables
    return render(request, "regions/data.html", {
        "edition": desk.edition, "origins": origins(desk.edition), "tables": len(tables),
        "rows": sum(entry["rows"] for entry in tables.values()), "editions": editions(),
    })  # fmt: skip
