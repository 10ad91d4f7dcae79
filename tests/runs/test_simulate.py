"""Simulation: the quick answer equals the full run; size check for Landkreis Kassel; words, losses, strength needed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fachkraftwerk import edition
from fachkraftwerk.core.classifications import OCCUPATIONS
from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.model.measures import adjust
from fachkraftwerk.model.measures.measure import Measure, plan
from fachkraftwerk.model.measures.registry import kinds
from fachkraftwerk.runs import compare, ensemble, figures, simulate
from fachkraftwerk.runs.desk import Desk
from fachkraftwerk.runs.frames import FRAMES, forecasts
from fachkraftwerk.runs.inputs import Inputs
from fachkraftwerk.runs.needed import needed
from fachkraftwerk.runs.response import CLOSED, Response
from fachkraftwerk.runs.scenario import Scenario, adjustments_of
from fachkraftwerk.runs.simulate import Question

DRAWS = 12


@pytest.fixture(scope="module")
def small(musterland_path: Path, muster: Inputs) -> Desk:
    """The desk of Musterland."""
    desk = Desk(edition.open(musterland_path), draws=DRAWS)
    vars(desk)["inputs"] = muster
    return desk


@pytest.fixture(scope="module")
def kassel(germany: Inputs) -> Desk:
    """The desk of the edition that ships, with as many draws as the promise names."""
    desk = Desk(edition.open(None), draws=500)
    vars(desk)["inputs"] = germany
    return desk


def keys_of(desk: Desk) -> list[str]:
    ags = [region.ags for region in desk.edition.regions.regions]
    return [ags[0], f"{ags[0]}+{ags[1]}"]


def everything() -> list[Measure]:
    return [plan(key) for key in kinds()]


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("indicator", ["gap_cumulated", CLOSED])
def test_the_quick_answer_equals_the_full_run(small: Desk, which: int, indicator: str) -> None:
    key = keys_of(small)[which]
    response = simulate.response_of(small, key)
    chosen = everything()
    changed = adjust.adjustments(response.place, response.effects(chosen))
    full = ensemble.forecast(small.inputs, [key], DRAWS, adjustments=changed)[key]
    for part in (("skilled", "all", "all"), ("total", "fachkraft", "81"), ("academic", "all", "all")):
        expected = compare.difference(response.base.select(indicator, *part), full.select(indicator, *part))
        quick = response.closing(response.answer(tuple(chosen)), indicator, *part)
        assert quick == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("key", sorted(kinds()))
def test_each_kind_alone_equals_the_full_run(small: Desk, key: str) -> None:
    region = keys_of(small)[0]
    response = simulate.response_of(small, region)
    measure = plan(key)
    changed = adjust.adjustments(response.place, response.effects([measure]))
    full = ensemble.forecast(small.inputs, [region], DRAWS, adjustments=changed)[region]
    expected = compare.difference(response.base.select("gap_cumulated"), full.select("gap_cumulated"))
    assert response.closing(response.answer((measure,))) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("indicator", ["gap_cumulated", CLOSED])
@pytest.mark.parametrize("key", sorted(kinds()))
def test_narrowed_to_occupations_it_equals_the_full_run(small: Desk, key: str, indicator: str) -> None:
    region = keys_of(small)[0]
    response = simulate.response_of(small, region)
    measures = [plan(key, occupations=("81", "71", "25")), plan("automation", ident="more", occupations=("71",))]
    changed = adjust.adjustments(response.place, response.effects(measures))
    full = ensemble.forecast(small.inputs, [region], DRAWS, adjustments=changed)[region]
    for part in (("skilled", "all", "all"), ("total", "fachkraft", "71")):
        expected = compare.difference(response.base.select(indicator, *part), full.select(indicator, *part))
        quick = response.closing(response.answer(tuple(measures)), indicator, *part)
        assert quick == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("frame", [key for key in FRAMES if key != "baseline"])
def test_in_a_framework_the_quick_answer_equals_the_full_run(small: Desk, frame: str) -> None:
    key = keys_of(small)[1]
    chosen = (plan("later_retirement"), plan("automation"), plan("return_migration"))
    changed = adjustments_of(Scenario("test", key, frame=frame, measures=chosen), small.inputs, DRAWS)
    full = ensemble.forecast(small.inputs, [key], DRAWS, adjustments=changed)[key]
    base = forecasts(small.inputs, key, [frame], DRAWS)[frame]
    quick = Response(small.inputs, key, base, frame=frame)
    # Who is left to win is read from the expected world in both.
    quick.place = simulate.response_of(small, key).place
    expected = compare.difference(base.select("gap_cumulated"), full.select("gap_cumulated"))
    assert quick.closing(quick.answer(chosen)) == pytest.approx(expected, abs=1e-6)


def test_unpaired_runs_are_not_compared() -> None:
    with pytest.raises(ValueError, match="not paired"):
        compare.difference(np.zeros((3, 18)), np.zeros((4, 18)))


def test_sentences_fit_gap_surplus_and_language() -> None:
    gap, closed = (figures.summarise(np.full(5, v)) for v in (1000.0, 123.0))
    assert "rund 120 der 1.000 fehlenden Personen, das sind 12 %" in compare.sentence(closed, gap, 2030).de
    assert "about 120 of 1,000" in compare.sentence(closed, gap, 2030).en
    nobody = figures.summarise(np.full(5, 0.07))
    assert "weniger als eine" in compare.sentence(nobody, gap, 2030).de
    assert "0.0%" not in compare.sentence(nobody, gap, 2030).en
    surplus = figures.summarise(np.full(5, -50.0))
    assert "fehlt hier niemand" in compare.sentence(closed, surplus, 2030).de


def test_frameworks_move_the_gap_the_way_they_say(small: Desk) -> None:
    key = keys_of(small)[0]
    gaps = {name: f.select("gap_cumulated")[0, 7] for name, f in forecasts(small.inputs, key, list(FRAMES), 0).items()}
    assert gaps["migration_low"] > gaps["baseline"] > gaps["migration_high"]
    assert gaps["retirement_early"] > gaps["baseline"] > gaps["retirement_late"]
    assert gaps["digitalisation"] < gaps["baseline"]


def test_waterfall_and_interaction_add_up_in_every_draw(small: Desk) -> None:
    done = simulate.simulate(simulate.response_of(small, keys_of(small)[0]), everything())
    parts = np.sum([line.closing for line in done.lines], axis=0) + done.interaction
    assert parts == pytest.approx(done.closing, abs=1e-9)
    assert done.with_ == pytest.approx(done.without - done.closing)


def test_measures_for_one_group_take_from_each_other(small: Desk) -> None:
    response = simulate.response_of(small, keys_of(small)[0])
    twice = [plan("later_retirement", 10, f"m{i}", reason="test") for i in range(2)]
    done = simulate.simulate(response, twice)
    assert done.interaction[0, 7] < -1e-6


def test_another_measure_changes_nothing_of_the_first(small: Desk) -> None:
    response = simulate.response_of(small, keys_of(small)[0])
    alone = simulate.simulate(response, [plan("childcare")]).lines[0].closing
    beside = simulate.simulate(response, [plan("retention"), plan("childcare")]).lines[1].closing
    assert np.array_equal(alone, beside)


def test_commuters_won_are_lost_elsewhere(small: Desk) -> None:
    response = simulate.response_of(small, keys_of(small)[0])
    done = simulate.simulate(response, [plan("commuters", 100)], Question(indicator=CLOSED))
    won = done.effects[0].stock[0, done.at]
    assert sum(loss.value.central for loss in done.losses) == pytest.approx(won)
    reading_a = simulate.simulate(response, [plan("commuters", 100)])
    assert np.abs(reading_a.closing).max() == 0


def test_levels_and_occupations_add_up(small: Desk) -> None:
    done = simulate.simulate(simulate.response_of(small, keys_of(small)[0]), everything())
    total = done.closing[0, done.at]
    for by in ("level", "occupation"):
        assert sum(closed.central for _, _, closed in done.split(by)) == pytest.approx(total, rel=1e-6)


def test_double_ids_and_missing_reasons_are_refused_together(small: Desk) -> None:
    response = simulate.response_of(small, keys_of(small)[0])
    bold = plan("childcare", 30, reason="x").__class__(**{**vars(plan("childcare", 30, reason="x")), "reason": ""})
    with pytest.raises(Refusal) as refused:
        simulate.simulate(response, [bold, plan("childcare")])
    assert len(refused.value.faults) == 2


def test_words_of_the_command_line() -> None:
    found = simulate.parse_measures(["childcare:high", "M045", "retention:7"])
    assert [(m.id, m.kind.key, m.dose) for m in found] == [
        ("childcare", "childcare", 10),
        ("M045", "retraining", 50),
        ("retention", "retention", 7),
    ]
    with pytest.raises(Refusal) as refused:
        simulate.parse_measures(["magic", "childcare:much", "M006"])
    assert len(refused.value.faults) == 3


# --- Landkreis Kassel, from the data that ship ---------------------------------------------------------------------

ORDINARY = {
    "childcare": ("central", 20, 90), "later_retirement": ("central", 250, 450), "parttime_hours": ("central", 150, 300),
    "training_dissolution": ("1.5", 5, 75), "welcome_centre": ("1", 10, 250),
}  # fmt: skip


@pytest.mark.parametrize("key", sorted(ORDINARY))
def test_size_check_for_landkreis_kassel(kassel: Desk, key: str) -> None:
    dose, low, high = ORDINARY[key]
    done = simulate.simulate(simulate.response_of(kassel, "06633"), [plan(key, dose)])
    assert low <= done.closing[0, done.at] <= high
    assert done.closing[0, done.at] < 0.10 * done.without[0, done.at]


def test_no_ordinary_measure_closes_a_tenth_and_all_together_do_not_close_the_gap(kassel: Desk) -> None:
    for indicator in ("gap_cumulated", CLOSED):
        done = simulate.simulate(simulate.response_of(kassel, "06633"), everything(), Question(indicator=indicator))
        gap = done.without[0, done.at]
        assert max(line.value.central for line in done.lines) < 0.10 * gap
        assert min(line.value.central for line in done.lines) >= -0.5
        assert done.closing[0, done.at] < 0.5 * gap


def test_what_is_left_is_without_minus_closed(kassel: Desk) -> None:
    done = simulate.simulate(simulate.response_of(kassel, "06633"), [plan("work_65plus"), plan("retention")])
    without = done.value(done.without).value
    assert done.remaining.value == pytest.approx(without - done.closing[0, done.at])


def test_cost_has_a_range_until_somebody_enters_an_amount(kassel: Desk) -> None:
    response = simulate.response_of(kassel, "06633")
    estimated = simulate.simulate(response, [plan("retention")])
    assert estimated.cost.p10 < estimated.cost.central < estimated.cost.p90
    known = simulate.simulate(response, [plan("retention", euro=100_000.0)])
    assert known.cost.p10 == known.cost.p90 == known.euro == 500_000
    per_euro = estimated.lines[0].per_euro
    assert per_euro is not None and per_euro.p10 < per_euro.value < per_euro.p90


#: A rural Kreis, a city beside it, East German city and country, a metropolis, and the smallest of the countryside.
KREISE = ("06633", "06611", "14511", "13073", "09162", "03354")


@pytest.mark.parametrize("indicator", ["gap_cumulated", CLOSED])
@pytest.mark.parametrize("region", KREISE)
def test_every_lever_helps_or_does_nothing_everywhere(kassel: Desk, region: str, indicator: str) -> None:
    response = simulate.response_of(kassel, region, 0)
    done = simulate.simulate(response, everything(), Question(indicator=indicator))
    gap = abs(done.without[0, done.at])
    for line, effect in zip(done.lines, response.effects(everything()), strict=True):
        assert -0.5 <= line.value.central < 0.2 * gap
        assert (effect.gain <= effect.group + 1e-6).all() and line.group >= 0 and line.euro > 0
    assert 0 < done.closing[0, done.at] < 0.8 * gap
    if indicator == CLOSED:
        assert next(line for line in done.lines if line.measure.kind.key == "commuters").value.central > 0


def test_a_point_of_places_costs_more_where_more_children_live(kassel: Desk) -> None:
    costs = [
        plan("childcare", 5).euro_until(simulate.response_of(kassel, k, 0).place, 2030)
        for k in ("09162", "06633", "03354")
    ]
    assert costs == sorted(costs, reverse=True) and costs[0] > 10 * costs[2]


@pytest.mark.parametrize("key", [k for k in sorted(kinds()) if kinds()[k].choice == "who" and kinds()[k].cost.per])
def test_the_occupations_of_landkreis_kassel_add_up(kassel: Desk, key: str) -> None:
    """Half of the occupations and the other half together do what all of them do, up to who leaves early on the way."""
    half = [tuple(list(OCCUPATIONS)[start::2]) for start in (0, 1)]
    response = simulate.response_of(kassel, "06633")
    question = Question(indicator=CLOSED if kinds()[key].channel == "commuting" else "gap_cumulated")
    whole, *parts = (simulate.simulate(response, [plan(key, occupations=o)], question).lines[0] for o in ((), *half))
    assert sum(one.group for one in parts) == pytest.approx(whole.group)
    assert sum(one.value.central for one in parts) == pytest.approx(whole.value.central, rel=0.1, abs=0.5)


def test_it_says_honestly_that_one_measure_cannot_close_the_gap(kassel: Desk) -> None:
    measure = plan("childcare")
    done = simulate.simulate(simulate.response_of(kassel, "06633"), [measure])
    need = needed(done, measure)
    assert not need.possible
    assert "nicht möglich" in need.sentence(measure).de
    part = needed(done, measure, part=0.002)
    assert part.possible
    answer = simulate.simulate(done.response, [replace(measure, dose=part.dose, reason="small aim")])
    assert answer.closing[0, done.at] == pytest.approx(0.002 * done.without[0, done.at], rel=0.01)


def test_words_of_the_command_line_mean_what_is_usual_in_the_kreis(small: Desk) -> None:
    place = simulate.response_of(small, small.edition.regions.regions[0].ags, 0).place
    usual = kinds()["immigration_recruitment"].at(place).dose
    words = [f"immigration_recruitment:{name}" for name in ("low", "central", "high")]
    doses = [measure.dose for measure in simulate.parse_measures(words, place=place)]
    assert doses == [usual.low, usual.central, usual.high] and usual != usual.origin
