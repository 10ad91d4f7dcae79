"""The library of measures and the levers of the model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from fachkraftwerk.core.classifications import LEVELS, OCCUPATIONS
from fachkraftwerk.core.text import Text
from fachkraftwerk.model.measures import groups
from fachkraftwerk.model.measures.constants import constants
from fachkraftwerk.model.measures.evidence import GRADES
from fachkraftwerk.model.measures.measure import plan
from fachkraftwerk.model.measures.reach import touched
from fachkraftwerk.model.measures.registry import kinds
from fachkraftwerk.runs.desk import open_desk
from fachkraftwerk.runs.library import records
from fachkraftwerk.runs.scenario import levers
from fachkraftwerk.runs.simulate import Question, response_of, simulate
from fachkraftwerk.web.scenarios.domain.answer import place
from fachkraftwerk.web.scenarios.domain.draft import zone_words
from fachkraftwerk.web.scenarios.models import SavedScenario
from fachkraftwerk.web.scenarios.views.build import visitor

#: The year the overview speaks of.
YEAR = 2030
#: Records shown before anybody searches.
FIRST = 10


def page(request: HttpRequest) -> HttpResponse:
    """Search real measures and see the levers; each can be tried on a Kreis."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "feld", "stand", "hebel", "region")}
    desk = open_desk()
    zone = desk.zone(zone_words(asked["region"])) if asked["region"] else None
    closes = usual(zone.key) if zone else {}
    found = records.search(asked["q"], asked["feld"], asked["hebel"], asked["stand"])
    searched = any(asked[name] for name in ("q", "feld", "stand", "hebel")) or request.GET.get("alle") == "1"
    shown = found if searched else found[:FIRST]
    return render(request, "scenarios/library.html", {
        "asked": asked, "found": shown, "hits": len(found), "hidden": len(found) > len(shown), "zone": zone, "place": place(desk, zone.key) if zone else None, "all": len(records.records()), "levers": _by_field(closes), "year": YEAR,
        "fields": records.FIELDS.items(), "states": records.STATUS.items(), "saved": mine(request),
    })  # fmt: skip


def lever(request: HttpRequest, key: str) -> HttpResponse:
    """Show one lever with every assumption behind it."""
    if key not in kinds():
        raise Http404(key)
    kind = kinds()[key]
    region = request.GET.get("region", "")
    desk = open_desk()
    zone = desk.zone(zone_words(region)) if region else None
    response = response_of(desk, zone.key) if zone else None
    made = simulate(response, [plan(key, place=response.place)], Question(YEAR)) if response else None
    return render(request, "scenarios/lever.html", {
        "kind": kind, "dose": kind.at(response.place).dose if response else kind.dose, "year": YEAR, "line": made.lines[0] if made else None, "gap": made.value(made.without) if made else None, "grades": GRADES, "group": groups.NAMES[kind.group], "zone": zone, "place": place(desk, zone.key) if zone else None,
        "figures": [constants()[name] for name in groups.ESTIMATED.get(kind.group, ())], "unit": groups.UNITS.get(kind.group, groups.PERSONS),
        "shared": [one for one in levers() if one.group == kind.group and one is not kind],
        "occupations": _names(OCCUPATIONS, kind.where.get("to", kind.where).get("occupations", ())), "touched": _names(LEVELS, touched(kind)),
        "records": records.search(lever=key), "field": records.FIELDS[kind.field],
    })  # fmt: skip


def _names(known: Mapping[str, Text], keys: Iterable[str]) -> list[str]:
    return [known[key].in_(get_language() or "de") for key in keys]


def usual(region: str) -> dict[str, float]:
    """Return what each lever closes alone at its usual strength by ``YEAR``, on the central path."""
    response = response_of(open_desk(), region, 0)
    at = list(response.base.years).index(YEAR)
    return {key: float(response.closing(response.answer((plan(key, place=response.place),)))[0, at]) for key in kinds()}


def _by_field(closes: dict[str, float]) -> list[tuple[Any, list[Any]]]:
    found: dict[str, list[Any]] = {}
    for kind in levers():
        found.setdefault(kind.field, []).append((kind, closes.get(kind.key)))
    return [(records.FIELDS[key], found[key]) for key in records.FIELDS if key in found]


def mine(request: HttpRequest) -> list[SavedScenario]:
    """Return the scenarios this visitor has saved, latest first."""
    who = visitor(request)
    return list(who.saved()[:20]) if who.keys or who.account is not None else []
