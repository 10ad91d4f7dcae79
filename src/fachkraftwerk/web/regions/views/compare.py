"""Compare two to five Kreise."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from fachkraftwerk.core.classifications import BASE_YEAR
from fachkraftwerk.runs.desk import open_desk
from fachkraftwerk.web.regions.domain import asked as questions
from fachkraftwerk.web.regions.domain import side_by_side
from fachkraftwerk.web.regions.views.kreis import choices


def page(request: HttpRequest) -> HttpResponse:
    """Show the chosen Kreise side by side; with fewer than two, only the form."""
    desk = open_desk()
    asked = questions.read(request.GET.dict(), desk.edition.name)
    told = side_by_side.stories(desk, request.GET.getlist("kreis"), asked, get_language() or "de")
    fields = [story.title for story in told] + [""] * (side_by_side.MOST - len(told))
    shown = len(told) >= 2
    return render(request, "regions/compare.html", {
        "estimated": any(story.value.estimated for story in told), "asked": asked, "fields": [getattr(f, "de", f) for f in fields], "choices": choices(), "base_year": BASE_YEAR,
        "columns": side_by_side.columns(told) if shown else [], "reasons": side_by_side.reasons(told) if shown else [],
    })  # fmt: skip
