"""Method and data pages, generated from the parameter files and the edition's manifest."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fachkraftwerk.runs.desk import open_desk
from fachkraftwerk.web.regions.domain import parameters
from fachkraftwerk.web.regions.views.figure import sources


def method(request: HttpRequest) -> HttpResponse:
    """Show every step with its assumptions."""
    return render(request, "regions/method.html", {"groups": parameters.groups()})


def data(request: HttpRequest) -> HttpResponse:
    """Show every publication behind the open edition."""
    desk = open_desk()
    return render(request, "regions/data.html", {"edition": desk.edition, "sources": sources(desk)})
