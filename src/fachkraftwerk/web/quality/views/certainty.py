"""The page with the map of certainty."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fachkraftwerk.core.classifications import BASE_YEAR, HORIZON
from fachkraftwerk.core.figure import Figure
from fachkraftwerk.runs.desk import Desk, open_desk
from fachkraftwerk.web.quality.domain import certainty

READINGS = {"initiative": "gap_cumulated", "pendeln": "gap_commuting_closed"}
YEARS = (2030, 2035, 2040)


def page(request: HttpRequest) -> HttpResponse:
    """Show the map; while the ranges are being computed, say so."""
    desk, lang = open_desk(), get_language() or "de"
    view = request.GET.get("ansicht", "chance")
    view = view if view in certainty.VIEWS else "chance"
    figure = _figure(request, desk)
    reading = next(word for word, indicator in READINGS.items() if indicator == figure.indicator)
    context = {
        "view": view, "views": certainty.VIEWS.items(), "year": figure.year, "years": YEARS, "reading": reading,
        "title": certainty.VIEWS[view], "draws": desk.draws,
    }  # fmt: skip
    rows = certainty.places(desk, figure, view)
    if rows is None:
        return render(request, "quality/certainty.html", context)
    title = _("Karte der Sicherheit. Mit den Pfeiltasten von Kreis zu Kreis.")
    context |= {
        "rows": rows, "map": certainty.drawn(desk, rows, view, title, lang), "legend": certainty.legend(view, lang),
        "sentence": certainty.sentence(rows),
    }  # fmt: skip
    return render(request, "quality/certainty.html", context)


def _figure(request: HttpRequest, desk: Desk) -> Figure:
    """Return the figure asked for; anything not understood falls back to the usual question."""
    asked = request.GET.get("jahr", "")
    year = int(asked) if asked.isdigit() and BASE_YEAR < int(asked[:4]) <= HORIZON and len(asked) == 4 else YEARS[0]
    return desk.figure("all", year, indicator=READINGS.get(request.GET.get("lesart", ""), READINGS["initiative"]))
