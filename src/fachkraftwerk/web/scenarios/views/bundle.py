"""The best set of measures under a budget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.core.text import Text
from fachkraftwerk.model.measures.measure import Measure, plan
from fachkraftwerk.model.measures.place import Place
from fachkraftwerk.model.measures.registry import kinds
from fachkraftwerk.runs import portfolio, relations
from fachkraftwerk.runs.desk import open_desk
from fachkraftwerk.runs.figures import summarise
from fachkraftwerk.runs.portfolio_checks import Limits
from fachkraftwerk.runs.scenario import Scenario, levers
from fachkraftwerk.runs.simulate import Question, response_of
from fachkraftwerk.web.scenarios.domain import amounts, rows
from fachkraftwerk.web.scenarios.domain import draft as drafts
from fachkraftwerk.web.scenarios.domain.answer import place
from fachkraftwerk.web.scenarios.domain.draft import READINGS, Draft
from fachkraftwerk.web.scenarios.frontier import frontier
from fachkraftwerk.web.scenarios.views.exports import as_json, drawing, table

ASKED = ("region", "budget", "tage", "zugleich", "jahr", "ziel", "lesart", "fest")


def answer_json(request: HttpRequest) -> HttpResponse:
    """Send the answer as the same document as ``fachkraftwerk portfolio --json``."""

    def made() -> dict[str, Any]:
        asked, draft, ticked = _asked(request)
        found = _found(asked, draft, ticked, "de")
        return portfolio.document(found["found"], open_desk().edition.name, found["zone"].key)

    return as_json(made)


def picture(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the frontier as SVG or PNG."""
    if ending not in ("svg", "png"):
        raise Http404(ending)
    lang = get_language() or "de"
    asked, draft, ticked = _asked(request)
    found = _found(asked, draft, ticked, lang)
    if not found["pictures"]:
        raise Http404("frontier")
    title = Text("Was bringt mehr Geld?", "What does more money bring?").in_(lang)
    return drawing(found["pictures"][0], f"{found['place'].in_(lang)}: {title}", "buendel", ending)


def csv_file(request: HttpRequest) -> HttpResponse:
    """Send the frontier as a table: one line for each budget and measure."""
    lang = get_language() or "de"
    asked, draft, ticked = _asked(request)
    return table(frontier_rows(_found(asked, draft, ticked, lang)["found"], lang), "buendel")


def frontier_rows(found: portfolio.Portfolio, lang: str) -> list[list[str]]:
    """Return the table of the frontier: cost, persons with range, person-days, and the measures of each set."""
    head = Text(
        "Euro;schließt;10 %;90 %;Personaltage im Jahr;Maßnahme;Stärke;Einheit;ab",
        "euros;closes;10 %;90 %;person-days a year;measure;strength;unit;from",
    ).in_(lang).split(";")  # fmt: skip
    points = [
        [f"{p.euro:.0f}", *(f"{v:.1f}" for v in (p.closing.central, p.closing.p10, p.closing.p90)), f"{p.days:.0f}"]
        for p in found.frontier
    ]
    return [head, *(
        [*point, relations.name(m).in_(lang), f"{m.dose:g}", m.kind.dose.unit.in_(lang), str(m.timing.start)]
        for point, p in zip(points, found.frontier, strict=True)
        for m in p.measures
    )]  # fmt: skip


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
            shown |= _found(asked, draft, ticked, lang) | {"query": request.GET.urlencode()}
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
    found = portfolio.optimise(response, _candidates(draft, ticked, zone.key, response.place), _limits(asked), question)
    gap = summarise(response.gap(indicator)[:, list(response.base.years).index(year)])
    return {
        "found": found, "zone": zone, "place": place(desk, zone.key), "gap": gap, "share": 100 * found.best.closing.central / gap.value if gap.value > 0 else None,
        "late": year if any(m.timing.start > m.kind.timing["start"] for m in found.best.measures) and asked["fest"] != "1" else None,
        "elsewhere": any(m.kind.loses for m in found.best.measures),
        "best": _link(zone.key, question, found.best), "smallest": _link(zone.key, question, found.smallest),
        "same": {m.id for m in found.best.measures} == {m.id for m in found.smallest.measures},
        "pictures": [frontier(found.frontier, lang, f"f{n}", n == 1) for n in (0, 1)] if found.frontier else [],
    }  # fmt: skip


def _candidates(draft: Draft, ticked: Sequence[str], region: str, place: Place) -> list[Measure]:
    if draft.rows:
        return list(drafts.scenario(replace(draft, year="2030"), region, place=place).measures)
    return [plan(key, place=place) for key in ticked or [kind.key for kind in levers()]]


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
