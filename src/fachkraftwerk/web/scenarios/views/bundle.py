"""The best set of measures under a budget."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from fachkraftwerk.core.errors import Refusal, refuse
from fachkraftwerk.model.measures.measure import plan
from fachkraftwerk.runs import portfolio
from fachkraftwerk.runs.desk import open_desk
from fachkraftwerk.runs.portfolio_checks import Limits
from fachkraftwerk.runs.scenario import Scenario, levers
from fachkraftwerk.runs.simulate import Question, response_of
from fachkraftwerk.web.scenarios.domain import draft as drafts


def page(request: HttpRequest) -> HttpResponse:
    """Ask for region, budget and person-days; show the best set, the smallest as good, and the frontier."""
    asked = {name: request.GET.get(name, "").strip() for name in ("region", "budget", "tage", "jahr", "ziel")}
    shown: dict[str, Any] = {"asked": asked, "faults": [], "found": None, "years": range(2026, 2041)}
    if asked["region"] and asked["budget"]:
        lang = get_language() or "de"
        try:
            shown |= _found(asked)
        except Refusal as refusal:
            shown["faults"] = [fault.message(lang) for fault in refusal.faults]
    return render(request, "scenarios/bundle.html", shown)


def _found(asked: dict[str, str]) -> dict[str, Any]:
    desk = open_desk()
    zone = desk.zone(drafts.zone_words(asked["region"]))
    days = _number(asked["tage"]) if asked["tage"] else None
    limits = Limits(_number(asked["budget"]), days, risk=asked["ziel"] == "risiko")
    year = int(asked["jahr"]) if asked["jahr"].isdigit() else 2030
    response = response_of(desk, zone.key)
    found = portfolio.optimise(response, [plan(kind.key) for kind in levers()], limits, Question(year))
    return {
        "found": found,
        "zone": zone,
        "best": _link(zone.key, year, found.best),
        "smallest": _link(zone.key, year, found.smallest),
    }


def _link(region: str, year: int, point: portfolio.Point) -> str:
    return drafts.of(Scenario("", region, year, measures=point.measures)).query()


def _number(words: str) -> float:
    try:
        return float(words.replace(".", "").replace(",", ".") if "," in words or words.count(".") > 1 else words)
    except ValueError:
        raise refuse(
            f"„{words}“ ist keine Zahl.", f'"{words}" is not a number.', "Geben Sie zum Beispiel 500000 ein.", "Enter for example 500000.",
        ) from None  # fmt: skip
