"""The best set of measures under a budget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.model.measures.measure import Measure, plan
from fachkraftwerk.model.measures.registry import kinds
from fachkraftwerk.runs import portfolio
from fachkraftwerk.runs.desk import open_desk
from fachkraftwerk.runs.figures import summarise
from fachkraftwerk.runs.portfolio_checks import Limits
from fachkraftwerk.runs.scenario import Scenario, levers
from fachkraftwerk.runs.simulate import Question, response_of
from fachkraftwerk.web.scenarios.domain import amounts, rows
from fachkraftwerk.web.scenarios.domain import draft as drafts
from fachkraftwerk.web.scenarios.domain.draft import READINGS, Draft
from fachkraftwerk.web.scenarios.frontier import frontier
from fachkraftwerk.web.scenarios.views.exports import as_json

ASKED = ("region", "budget", "tage", "zugleich", "jahr", "ziel", "lesart", "fest")


def answer_json(request: HttpRequest) -> HttpResponse:
    """Send the answer as the same document as ``fachkraftwerk portfolio --json``."""

    def made() -> dict[str, Any]:
        asked, draft, ticked = _asked(request)
        found = _found(asked, draft, ticked, "de")
        return portfolio.document(found["found"], open_desk().edition.name, found["zone"].key)

    return as_json(made)


def _asked(request: HttpRequest) -> tuple[dict[str, str], Draft, list[str]]:
    asked = {name: request.GET.get(name, "").strip() for name in ASKED}
    return asked, drafts.read(request.GET), [key for key in request.GET.getlist("m") if key in kinds()]


def page(request: HttpRequest) -> HttpResponse:
    """Ask for region and budget; show the best set, the smallest as good, and the frontier.

    Candidates are the measures of the scenario in the address, else the levers ticked, else all levers.
    """
    asked, draft, ticked = _asked(request)
    shown: dict[str, Any] = {
        "asked": asked, "faults": [], "found": None, "years": range(2026, 2041), "ticked": ticked, "levers": levers(),
        "carried": [pair for i, row in enumerate(draft.rows, 1) for pair in row.pairs(i)],
        "candidates": [rows.name(row) for row in draft.rows],
    }  # fmt: skip
    if asked["region"] and asked["budget"]:
        lang = get_language() or "de"
        try:
            shown |= _found(asked, draft, ticked, lang)
        except Refusal as refusal:
            shown["faults"] = [fault.message(lang) for fault in refusal.faults]
    return render(request, "scenarios/bundle.html", shown)


def _found(asked: dict[str, str], draft: Draft, ticked: Sequence[str], lang: str) -> dict[str, Any]:
    desk = open_desk()
    zone = desk.zone(drafts.zone_words(asked["region"]))
    year = int(asked["jahr"]) if asked["jahr"].isdecimal() and len(asked["jahr"]) == 4 else 2030
    indicator = READINGS.get(asked["lesart"], READINGS["initiative"])
    response = response_of(desk, zone.key)
    question = Question(year, indicator)
    found = portfolio.optimise(response, _candidates(draft, ticked, zone.key), _limits(asked), question)
    gap = summarise(response.gap(indicator)[:, list(response.base.years).index(year)])
    return {
        "found": found, "zone": zone, "gap": gap, "share": 100 * found.best.closing.central / gap.value if gap.value > 0 else None,
        "elsewhere": any(m.kind.loses for m in found.best.measures),
        "best": _link(zone.key, question, found.best), "smallest": _link(zone.key, question, found.smallest),
        "same": {m.id for m in found.best.measures} == {m.id for m in found.smallest.measures},
        "pictures": [frontier(found.frontier, lang, f"f{n}", n == 1) for n in (0, 1)] if found.frontier else [],
    }  # fmt: skip


def _candidates(draft: Draft, ticked: Sequence[str], region: str) -> list[Measure]:
    if draft.rows:
        return list(drafts.scenario(replace(draft, year="2030"), region).measures)
    return [plan(key) for key in ticked or [kind.key for kind in levers()]]


def _limits(asked: dict[str, str]) -> Limits:
    """Read the limits of the form. Raises Refusal with every word that is no number."""
    faults, read = [], {}
    for name in ("budget", "tage", "zugleich"):
        try:
            read[name] = amounts.amount(asked[name]) if asked[name] else None
        except Refusal as refusal:
            faults += list(refusal.faults)
    if faults:
        raise Refusal(faults)
    most = read["zugleich"]
    return Limits(
        float(read["budget"] or 0),
        read["tage"],
        None if most is None else int(most),
        asked["ziel"] == "risiko",
        asked["fest"] != "1",
    )


def _link(region: str, question: Question, point: portfolio.Point) -> str:
    return drafts.of(Scenario("", region, question.year, question.indicator, measures=point.measures)).query()
