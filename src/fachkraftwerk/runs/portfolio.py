"""The best set of measures under a budget: exact on a piecewise linear form, checked against full simulation.

Options are measures × strengths × starts. What an option closes is linear in the choice; what options that draw on one
target group take from each other is the concave curve ``1 − exp(−L)`` of the remaining potential, written as tangents,
so the mixed-integer programme (HiGHS) is exact up to the tangents. The chosen set is then simulated in full.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.core.text import Text, number, significant
from fachkraftwerk.model.measures.checks import BEGIN
from fachkraftwerk.model.measures.combine import effects
from fachkraftwerk.model.measures.measure import Measure
from fachkraftwerk.runs import compare, relations
from fachkraftwerk.runs.figures import FigureValue, summarise, year_index
from fachkraftwerk.runs.portfolio_checks import Limits, check, nothing, too_tight
from fachkraftwerk.runs.programme import Curve, Options, solve
from fachkraftwerk.runs.response import Response
from fachkraftwerk.runs.simulate import Question, Simulation, simulate

Array = NDArray[np.float64]
STRENGTHS = ("low", "central", "high")
STARTS = 5
#: Scenarios in the risk form; the paired draws beyond them say the same.
SCENARIOS = 100
RISK_SCENARIOS = 60
FRONTIER = 8


@dataclass(frozen=True)
class Point:
    """One set on the frontier: what it costs and closes."""

    budget: float
    euro: float
    days: float  # in the year that needs most of them
    closing: FigureValue
    measures: tuple[Measure, ...]
    mean: float  # mean effect over the draws the programme saw, from full simulation
    linear: float  # what the piecewise linear form said about it


@dataclass(frozen=True)
class Portfolio:
    """The answer: best set, the smallest set within noise of it, the frontier, and the price of the next euros."""

    best: Point
    smallest: Point
    frontier: tuple[Point, ...]
    limits: Limits
    price: Text
    year: int
    options: int

    @property
    def deviation(self) -> float:
        """Distance of the linear form from full simulation, as a share."""
        return abs(self.best.linear - self.best.mean) / max(abs(self.best.mean), 1.0)

    @property
    def off(self) -> float:
        """The same in percent."""
        return 100 * self.deviation


def variants(measures: Sequence[Measure], limits: Limits, first: int = 2026) -> list[tuple[int, Measure]]:
    """Return (index of the measure, measure at one strength and start) for every option."""
    made = []
    for index, measure in enumerate(measures):
        begin = max(first, measure.timing.start)
        for dose in _doses(measure) if limits.vary else (measure.dose,):
            for start in range(begin, begin + STARTS) if limits.vary else (measure.timing.start,):
                if start <= BEGIN[1]:
                    made.append((index, measure.with_dose(dose).starting(start)))
    return made


def _doses(measure: Measure) -> Sequence[float]:
    """Return the strengths to choose from; an own cost belongs to the strength it was given for."""
    if measure.euro is not None or measure.days is not None:
        return (measure.dose,)
    usual = [getattr(measure.kind.dose, name) for name in STRENGTHS]
    return tuple(dict.fromkeys([*usual, measure.dose]))


def options(response: Response, measures: Sequence[Measure], question: Question, limits: Limits) -> Options:
    """Return what every option closes in each draw, costs and takes from its target group."""
    chosen = variants(measures, limits)
    at = list(response.base.years).index(question.year)
    rows = min(response.base.draws, (RISK_SCENARIOS if limits.risk else SCENARIOS) + 1)
    closing, share = np.zeros((len(chosen), rows)), np.zeros(len(chosen))
    scale = {i: _reference(response, m, question, at) for i, m in enumerate(measures)}
    for k, (index, option) in enumerate(chosen):
        effect = effects(response.place, [option], response.base.draws, response.seed)[0]
        measured = effect.stock if option.kind.flow else effect.gain
        amount = measured[:rows, at]
        closing[k] = amount * scale[index][:rows]
        share[k] = min(amount[0] / max(_potential(response, option, at), 1e-9), 0.95)
    years = response.base.years
    return Options(
        tuple(chosen), closing, share,
        np.array([m.euro_until(response.place, question.year) for _, m in chosen]),
        np.array([m.days_years(response.place) for _, m in chosen]),
        np.array([m.timing.running(years) for _, m in chosen]),
        years,
    )  # fmt: skip


def _reference(response: Response, measure: Measure, question: Question, at: int) -> Array:
    """Return persons of the gap closed per person won, from one full answer of the measure at its first start."""
    early = measure.with_dose(max(measure.kind.dose.central, measure.dose)).starting(2026)
    asked = question.asked
    samples = response.closing(
        response.answer((early,)), question.indicator, asked.qualification, asked.level, asked.occupation
    )
    effect = response.effects([early])[0]
    amount = (effect.stock if early.kind.flow else effect.gain)[:, at]
    central = samples[0, at] / amount[0] if amount[0] > 0 else 0.0
    return np.where(amount > 0, samples[:, at] / np.maximum(amount, 1e-12), central)


def _potential(response: Response, measure: Measure, at: int) -> float:
    """Return the whole target group until the year asked for: a stock, or the sum of a yearly flow."""
    from fachkraftwerk.model.measures import groups

    group = groups.size(measure.kind.group, response.place)
    return float(group[3 : at + 1].sum() if measure.kind.flow else group[at])


def curves(table: Options) -> list[Curve]:
    """Return the overlap curve of every target group that several measures draw on."""
    found = []
    names = [m.kind.group for _, m in table.chosen]
    for name in dict.fromkeys(names):
        inside = np.array([i for i, one in enumerate(names) if one == name])
        if len({table.chosen[i][0] for i in inside}) > 1 and table.share[inside].max() > 0:
            worth = np.divide(
                table.closing[inside, 0], table.share[inside], out=np.zeros(len(inside)), where=table.share[inside] > 0
            )
            found.append(
                Curve(inside, -np.log1p(-table.share[inside]), table.share[inside], float(worth.max(initial=0.0)))
            )
    return found


def optimise(
    response: Response, measures: Sequence[Measure], limits: Limits, question: Question | None = None
) -> Portfolio:
    """Return the best portfolio. Raises Refusal with all faults: negative costs or budgets, cyclic or unknown
    prerequisites, limits under which nothing is possible."""
    question, measures = question or Question(), [measure.at(response.place) for measure in measures]
    found = check(measures, limits)
    if found:
        raise Refusal(found)
    year_index(response.base, question.year)
    table = options(response, measures, question, limits)
    tight = too_tight(float(table.euro.min()), float(table.days.max(1).min()), limits)
    if tight:
        raise Refusal(tight)
    bends = curves(table)
    gap = simulate(response, (), question).without[
        : table.closing.shape[1], list(response.base.years).index(question.year)
    ]
    best = _point(response, question, table, solve(table, bends, limits, gap), limits.euro)
    if not best.measures:
        raise Refusal(nothing())
    frontier = _frontier(response, question, table, bends, limits, gap, best)
    smallest = _smallest(response, question, table, bends, limits, gap, best)
    price = _price(table, bends, limits, gap, best.linear)
    return Portfolio(best, smallest, tuple(frontier), limits, price, question.year, len(table.chosen))


def _point(
    response: Response, question: Question, table: Options, picked: tuple[NDArray[np.int64], float], budget: float
) -> Point:
    rows, linear = picked
    measures = tuple(table.chosen[i][1] for i in rows)
    done = Simulation(response, question, measures)
    samples = done.closing[:, done.at] if measures else np.zeros(response.base.draws)
    seen = samples[1 : table.closing.shape[1]] if len(samples) > 1 else samples
    euro, days = float(table.euro[rows].sum()), float(table.days[rows].sum(0).max(initial=0.0))
    return Point(budget, euro, days, summarise(samples), measures, float(seen.mean()), linear)


def _frontier(
    response: Response, question: Question, table: Options, bends: list[Curve], limits: Limits, gap: Array, best: Point
) -> list[Point]:  # fmt: skip
    """Return the best sets from no budget up to the one given; a point that closes less than a cheaper one is dropped."""
    top = best.euro if best.euro > 0 else limits.euro
    points = []
    for step in np.linspace(0, 1, FRONTIER)[1:-1]:
        smaller = replace(limits, euro=float(top * step))
        points.append(_point(response, question, table, solve(table, bends, smaller, gap), smaller.euro))
    kept: list[Point] = []
    for point in [*points, best]:
        if point.measures and (not kept or point.closing.central > kept[-1].closing.central + 1e-6):
            kept.append(point)
    return kept


def _smallest(
    response: Response, question: Question, table: Options, bends: list[Curve], limits: Limits, gap: Array, best: Point
) -> Point:  # fmt: skip
    """Return the set with the fewest measures whose effect is within noise of the best."""
    done = Simulation(response, question, best.measures)
    floor = best.linear - compare.noise(done.closing[:, done.at])
    return _point(response, question, table, solve(table, bends, limits, gap, fewest=floor), limits.euro)


def _price(table: Options, bends: list[Curve], limits: Limits, gap: Array, now: float) -> Text:
    """Say what a tenth more budget would close."""
    extra = 0.1 * limits.euro
    more = solve(table, bends, replace(limits, euro=limits.euro + extra), gap)[1] - now
    if more < 1:
        return Text(
            "Mehr Geld brächte hier fast nichts: Die Grenze setzen Personaltage, Zielgruppen oder die Zahl der Maßnahmen.",
            "More money would bring almost nothing here: person-days, target groups or the number of measures set the limit.",
        )
    rounded = significant(more / extra * 100_000)
    de, en = (number(rounded, lang, 1 if rounded < 10 else 0) for lang in ("de", "en"))
    return Text(
        f"Je weitere 100.000 Euro kämen etwa {de} Personen hinzu.",
        f"Every further 100,000 euros would bring about {en} persons more.",
    )


def document(portfolio: Portfolio, edition: str, region: str) -> dict[str, Any]:
    """Return the answer as the JSON document of command line and API."""
    return {
        "edition": edition, "region": region, "year": portfolio.year, "budget": portfolio.limits.euro,
        "days_per_year": portfolio.limits.days, "objective": "cvar80" if portfolio.limits.risk else "expected",
        "options": portfolio.options, "best": _as_dict(portfolio.best), "smallest": _as_dict(portfolio.smallest),
        "frontier": [_as_dict(p) for p in portfolio.frontier], "deviation_of_linear_form": portfolio.deviation,
        "shadow_price": portfolio.price._asdict(),
    }  # fmt: skip


def _as_dict(point: Point) -> dict[str, Any]:
    return {
        "budget": point.budget, "euro": point.euro, "person_days_per_year": point.days, "closing": point.closing.as_dict(),
        "measures": [
            {"id": m.id, "kind": m.kind.key, "name": relations.name(m)._asdict(), "dose": m.dose, "start": m.timing.start}
            for m in point.measures
        ],
    }  # fmt: skip
