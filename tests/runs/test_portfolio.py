"""Portfolio: exact on small cases, limits kept, refusals, speed."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fachkraftwerk import edition
from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.model.measures.measure import Measure, plan
from fachkraftwerk.model.measures.registry import kinds
from fachkraftwerk.runs import portfolio, simulate
from fachkraftwerk.runs.desk import Desk
from fachkraftwerk.runs.inputs import Inputs
from fachkraftwerk.runs.portfolio_checks import Limits
from fachkraftwerk.runs.relations import cycle
from fachkraftwerk.runs.response import Response
from fachkraftwerk.runs.simulate import Question


@pytest.fixture(scope="module")
def response(musterland_path: Path, muster: Inputs) -> Response:
    """The first Kreis of Musterland."""
    desk = Desk(edition.open(musterland_path), draws=30)
    vars(desk)["inputs"] = muster
    return simulate.response_of(desk, desk.edition.regions.regions[0].ags)


def some(*keys: str) -> list[Measure]:
    return [plan(key) for key in keys]


FEW = ("childcare", "later_retirement", "work_65plus", "parttime_hours", "retention", "return_migration", "automation")


def test_the_best_set_is_the_best_of_all_sets(response: Response) -> None:
    measures, budget = some(*FEW), 3_000_000.0
    found = portfolio.optimise(response, measures, Limits(budget, vary=False))
    best = 0.0
    for size in range(len(measures) + 1):
        for chosen in itertools.combinations(measures, size):
            if sum(m.euro_until(response.place, 2030) for m in chosen) <= budget:
                samples = simulate.simulate(response, chosen).closing[1:, 7] if chosen else np.zeros(1)
                best = max(best, float(samples.mean()))
    assert found.best.mean == pytest.approx(best, rel=0.01)


def test_the_linear_form_agrees_with_full_simulation(response: Response) -> None:
    crowd = [*some(*kinds()), plan("later_retirement", ident="again"), plan("health_age", ident="more")]
    found = portfolio.optimise(response, crowd, Limits(20_000_000))
    assert found.deviation < 0.05


def test_limits_hold(response: Response) -> None:
    limits = Limits(2_000_000, days=300, capacity=2)
    best = portfolio.optimise(response, some(*FEW), limits).best
    assert best.euro <= 2_000_000 + 1e-6
    assert sum(m.days_years(response.place) for m in best.measures).max() <= 300 + 1e-6
    assert sum(m.timing.running(response.base.years).astype(int) for m in best.measures).max() <= 2


def test_of_exclusive_measures_one_is_chosen(response: Response) -> None:
    pair = [replace(m, excludes="team") for m in some("later_retirement", "work_65plus")]
    best = portfolio.optimise(response, pair, Limits(50_000_000)).best
    assert len(best.measures) == 1


def test_a_measure_waits_for_what_it_requires(response: Response) -> None:
    first, second = plan("childcare"), replace(plan("later_retirement"), requires=("childcare",))
    with pytest.raises(Refusal, match="closes any"):  # money for the second alone helps nothing without the first
        portfolio.optimise(response, [first, second], Limits(1_000_000))
    rich = portfolio.optimise(response, [first, second], Limits(90_000_000)).best
    starts = {m.id: m.timing.start for m in rich.measures}
    assert starts["childcare"] <= starts["later_retirement"]


def test_more_budget_never_closes_less(response: Response) -> None:
    found = portfolio.optimise(response, some(*FEW), Limits(5_000_000))
    closed = [point.closing.central for point in found.frontier]
    assert closed == sorted(closed)
    assert len(found.smallest.measures) <= len(found.best.measures)


def test_the_risk_form_serves_the_bad_draws(response: Response) -> None:
    measures, limits = some(*kinds()), Limits(2_000_000)
    mean, risk = (portfolio.optimise(response, measures, replace(limits, risk=r)).best for r in (False, True))

    def worst(measures: tuple[Measure, ...]) -> float:
        left = np.sort(simulate.simulate(response, measures).with_[1:, 7])
        return float(left[-max(1, len(left) // 5) :].mean())

    assert worst(risk.measures) <= worst(mean.measures) + 0.02 * abs(worst(mean.measures))


def test_the_price_of_money_is_said_in_words(response: Response) -> None:
    tight = portfolio.optimise(response, some(*FEW), Limits(1_000_000))
    assert "100.000 Euro" in tight.price.de and "100,000 euros" in tight.price.en
    plenty = portfolio.optimise(response, some("retention"), Limits(90_000_000))
    assert "fast nichts" in plenty.price.de


@pytest.mark.parametrize(
    ("limits", "count"), [(Limits(-1), 1), (Limits(float("nan")), 1), (Limits(1e6, days=-5, capacity=-1), 2)]
)
def test_impossible_limits_are_refused(response: Response, limits: Limits, count: int) -> None:
    with pytest.raises(Refusal) as refused:
        portfolio.optimise(response, some("childcare"), limits)
    assert len(refused.value.faults) == count


def test_a_budget_for_nothing_is_refused_with_the_cheapest(response: Response) -> None:
    with pytest.raises(Refusal, match="cheapest costs"):
        portfolio.optimise(response, some("childcare"), Limits(1000))


def test_rings_of_prerequisites_are_refused(response: Response) -> None:
    ring = [replace(plan("childcare"), requires=("retention",)), replace(plan("retention"), requires=("childcare",))]
    assert cycle(ring) == ["childcare", "retention", "childcare"]
    with pytest.raises(Refusal, match="circle"):
        portfolio.optimise(response, ring, Limits(1e6))


def test_unknown_prerequisites_and_negative_costs_are_refused_together(response: Response) -> None:
    wrong = [replace(plan("childcare"), requires=("moon",)), replace(plan("retention"), euro=-5.0)]
    with pytest.raises(Refusal) as refused:
        portfolio.optimise(response, wrong, Limits(1e6))
    assert len(refused.value.faults) == 2


def test_sixty_measures_at_three_strengths_and_five_starts(response: Response) -> None:
    keys = list(kinds())
    sixty = [plan(keys[i % len(keys)], ident=f"m{i}", place=response.place) for i in range(60)]
    found = portfolio.optimise(response, sixty, Limits(10_000_000, days=1500), Question())
    assert found.options == 60 * 3 * 5


@pytest.mark.parametrize(
    ("limits", "words"),
    [(Limits(2e6, days=0), "Personaltage im Jahr reichen für keine"), (Limits(2e6, capacity=0), "nichts wählen"),
     (Limits(0), "reicht für keine Maßnahme")],
)  # fmt: skip
def test_limits_under_which_nothing_fits_are_refused_in_words(response: Response, limits: Limits, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        portfolio.optimise(response, some(*FEW), limits)
    fault = refused.value.faults[0]
    assert words in fault.message("de") and fault.remedy.en


def test_all_limits_that_are_too_tight_are_named_at_once(response: Response) -> None:
    with pytest.raises(Refusal) as refused:
        portfolio.optimise(response, some(*FEW), Limits(0, days=0, capacity=0))
    assert len(refused.value.faults) == 3


def test_measures_that_close_nothing_are_not_called_the_best(response: Response) -> None:
    with pytest.raises(Refusal, match="closes any"):
        portfolio.optimise(response, [plan("career_change")], Limits(5e6))
