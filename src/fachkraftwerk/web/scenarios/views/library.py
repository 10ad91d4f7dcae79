"""The library of measures and the levers of the model."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from fachkraftwerk.model.measures import groups
from fachkraftwerk.model.measures.kind import GRADES
from fachkraftwerk.model.measures.registry import kinds
from fachkraftwerk.runs.desk import open_desk
from fachkraftwerk.runs.library import records
from fachkraftwerk.runs.scenario import levers
from fachkraftwerk.web.scenarios.domain.draft import zone_words
from fachkraftwerk.web.scenarios.models import SavedScenario
from fachkraftwerk.web.scenarios.views.build import visitor

#: Records shown before anybody searches.
FIRST = 10


def page(request: HttpRequest) -> HttpResponse:
    """Search real measures and see the levers; each can be tried on a Kreis."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "feld", "stand", "hebel", "region")}
    zone = open_desk().zone(zone_words(asked["region"])) if asked["region"] else None
    found = records.search(asked["q"], asked["feld"], asked["hebel"], asked["stand"])
    searched = any(asked[name] for name in ("q", "feld", "stand", "hebel")) or request.GET.get("alle") == "1"
    shown = found if searched else found[:FIRST]
    return render(request, "scenarios/library.html", {
        "asked": asked, "found": shown, "hits": len(found), "hidden": len(found) > len(shown), "zone": zone, "all": len(records.records()), "levers": _by_field(),
        "fields": records.FIELDS.items(), "states": records.STATUS.items(), "saved": mine(request),
    })  # fmt: skip


def lever(request: HttpRequest, key: str) -> HttpResponse:
    """Show one lever with every assumption behind it."""
    if key not in kinds():
        raise Http404(key)
    kind = kinds()[key]
    region = request.GET.get("region", "")
    zone = open_desk().zone(zone_words(region)) if region else None
    return render(request, "scenarios/lever.html", {
        "kind": kind, "grades": GRADES, "group": groups.NAMES[kind.group], "zone": zone,
        "records": records.search(lever=key), "field": records.FIELDS[kind.field],
    })  # fmt: skip


def _by_field() -> list[tuple[Any, list[Any]]]:
    found: dict[str, list[Any]] = {}
    for kind in levers():
        found.setdefault(kind.field, []).append(kind)
    return [(records.FIELDS[key], found[key]) for key in records.FIELDS if key in found]


def mine(request: HttpRequest) -> list[SavedScenario]:
    """Return the scenarios this visitor has saved, latest first."""
    who = visitor(request)
    return list(who.saved()[:20]) if who.keys or who.account is not None else []
