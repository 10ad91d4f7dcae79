"""Method and data pages, generated from the parameter files and the edition's manifest."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from fachkraftwerk.runs.desk import open_desk
from fachkraftwerk.web.regions.domain import parameters
from fachkraftwerk.web.regions.domain import quality as quality_pages
from fachkraftwerk.web.regions.views.figure import sources


def method(request: HttpRequest) -> HttpResponse:
    """Show every step with its assumptions."""
    return render(request, "regions/method.html", {"groups": parameters.groups()})


def data(request: HttpRequest) -> HttpResponse:
    """Show every publication behind the open edition."""
    desk = open_desk()
    return render(request, "regions/data.html", {"edition": desk.edition, "sources": sources(desk)})


def quality(request: HttpRequest) -> HttpResponse:
    """Show the back-test: our errors beside those of naive models, our weak spots by name."""
    desk, lang = open_desk(), get_language() or "de"
    context = {"proofs": quality_pages.shown(desk, lang), "weak": quality_pages.weak_spots(desk)}
    return render(request, "regions/quality.html", context)


def access(request: HttpRequest) -> HttpResponse:
    """Show the statement on accessibility."""
    return render(request, "regions/access.html")
