"""One figure: what it is, its value and range, and the way back to the source rows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fachkraftwerk.core.classifications import INDICATORS, LEVELS, OCCUPATIONS, QUALIFICATION_GROUPS, note
from fachkraftwerk.core.figure import Figure
from fachkraftwerk.core.text import Text
from fachkraftwerk.runs import explain, figures, limits, waterfall, wording
from fachkraftwerk.runs.desk import Desk, open_desk
from fachkraftwerk.web.errors import named_in_the_address
from fachkraftwerk.web.regions.domain import asked as questions


def page(request: HttpRequest, address: str) -> HttpResponse:
    """Show where a figure comes from."""
    desk = open_desk()
    with named_in_the_address():
        figure = Figure.parse(address)
        desk.check(figure)
        zone = desk.zone(figure.region)
        limits.check(zone)
        figure = figure.at(region=desk.short(zone))
        forecast = desk.forecast(zone.key)
        value = figures.resolve(figure, forecast)
    hidden = figures.withheld(figure, forecast)
    return render(request, "regions/figure.html", {
        "figure": figure, "key": figure.region, "back": questions.about(figure).query(), "title": desk.heading(zone), "value": value,
        "hidden": hidden, "indicator": INDICATORS[figure.indicator], "note": note("indicators", figure.indicator),
        "qualification": QUALIFICATION_GROUPS[figure.qualification], "span": wording.span_words(value), "draws": desk.draws,
        "level": LEVELS.get(figure.level), "occupation": OCCUPATIONS.get(figure.occupation),
        "steps": [] if hidden else _steps(figure, desk), "tree": None if hidden else explain.explain(figure.at(region=zone.key), desk),
        "sources": sources(desk), "component": figure.indicator in waterfall.READINGS["gap_commuting_closed"], "parts": _parts(figure, zone.key),
    })  # fmt: skip


def _steps(figure: Figure, desk: Desk) -> list[waterfall.Step]:
    if figure.indicator not in waterfall.READINGS:
        return []
    return waterfall.told(waterfall.steps(figure, desk.forecast(figure.region)), figures.TENS)


def _parts(figure: Figure, key: str) -> list[tuple[Text, Figure]]:
    """Return the same figure of every Kreis in a zone, with the name of the Kreis."""
    desk = open_desk()
    keys = key.split("+") if "+" in key else []
    return [(desk.title(desk.edition.regions[ags]), figure.at(region=ags)) for ags in keys]


def sources(desk: Desk) -> list[Any]:
    """Return the publications of the edition, by id."""
    return [desk.edition.sources[key] for key in sorted(desk.edition.sources)]
