"""Forecasts: exact sums, zones, draws."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from fachkraftwerk.core.classifications import LEVELS, OCCUPATIONS
from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.model.adjustments import Adjustments
from fachkraftwerk.runs import many
from fachkraftwerk.runs.draws import make
from fachkraftwerk.runs.ensemble import forecast
from fachkraftwerk.runs.inputs import Inputs
from fachkraftwerk.runs.listing import BREAKDOWNS, Asked
from fachkraftwerk.runs.regionforecast import COMPONENTS, RegionForecast

ONE = "99001"


@pytest.fixture(scope="module")
def drawn(muster: Inputs) -> dict[str, RegionForecast]:
    return forecast(muster, [*muster.ags, "99001+99002"], draws=20)


@pytest.mark.parametrize("qualification", ["skilled", "unskilled", "total"])
@pytest.mark.parametrize(("level", "occupation"), [("all", "all"), ("fachkraft", "all"), ("experte", "43")])
def test_components_add_up_to_the_gap(
    drawn: dict[str, RegionForecast], qualification: str, level: str, occupation: str
) -> None:
    one = drawn[ONE]
    parts = sum(one.select(name, qualification, level, occupation) for name in COMPONENTS)
    gap = one.select("gap_cumulated", qualification, level, occupation)
    assert np.allclose(parts, gap, atol=1e-6)
    closed = gap + one.select("commuting", qualification, level, occupation)
    assert np.allclose(closed, one.select("gap_commuting_closed", qualification, level, occupation), atol=1e-6)


@pytest.mark.parametrize("indicator", ["gap_cumulated", "gap_commuting_closed", "demand", "supply", "entrants"])
def test_aggregates_are_the_sums_of_their_parts(drawn: dict[str, RegionForecast], indicator: str) -> None:
    one = drawn[ONE]
    total = one.select(indicator, "total")
    assert np.allclose(sum(one.select(indicator, q) for q in ("unskilled", "vocational", "academic")), total)
    assert np.allclose(one.select(indicator, "vocational") + one.select(indicator, "academic"), one.select(indicator))
    assert np.allclose(sum(one.select(indicator, "total", level) for level in LEVELS), total)
    assert np.allclose(sum(one.select(indicator, "total", "all", name) for name in OCCUPATIONS), total)


@pytest.mark.parametrize("indicator", ["gap_cumulated", "gap_commuting_closed", "participation", "demand"])
@pytest.mark.parametrize("cell", [("helfer", "all"), ("fachkraft", "81"), ("all", "43")])
def test_the_qualifications_of_a_cell_are_its_people(
    drawn: dict[str, RegionForecast], indicator: str, cell: tuple[str, str]
) -> None:
    parts = sum(drawn[ONE].select(indicator, part, *cell) for part in ("unskilled", "vocational", "academic"))
    assert np.allclose(parts, drawn[ONE].select(indicator, "total", *cell), atol=1e-6)


def test_the_balance_is_the_change_of_the_closed_gap(drawn: dict[str, RegionForecast]) -> None:
    assert np.allclose(drawn[ONE].select("gap_balance").cumsum(1), drawn[ONE].select("gap_commuting_closed"))


def test_closing_stock_is_opening_plus_flows(drawn: dict[str, RegionForecast]) -> None:
    one = drawn[ONE]
    stock = one.select("demand") - one.select("supply")
    assert np.allclose(stock - stock[:, :1], one.select("gap_commuting_closed"), atol=1e-6)


def test_a_zone_is_the_sum_of_its_kreise_in_every_draw(drawn: dict[str, RegionForecast]) -> None:
    both = drawn["99001"].select("gap_cumulated") + drawn["99002"].select("gap_cumulated")
    assert np.allclose(drawn["99001+99002"].select("gap_cumulated"), both)


def test_both_readings_agree_over_the_whole_land(muster: Inputs) -> None:
    central = forecast(muster, muster.ags)
    for cell in (("all", "all"), ("helfer", "all"), ("fachkraft", "81")):
        a = sum(one.select("gap_cumulated", "total", *cell) for one in central.values())
        b = sum(one.select("gap_commuting_closed", "total", *cell) for one in central.values())
        assert np.allclose(a, b, atol=1e-6)


def test_the_base_year_has_no_gap(drawn: dict[str, RegionForecast]) -> None:
    assert np.allclose(drawn[ONE].select("gap_cumulated")[:, 0], 0.0)


def test_more_draws_leave_every_draw_as_it_was(muster: Inputs, drawn: dict[str, RegionForecast]) -> None:
    more = forecast(muster, [ONE], draws=33)[ONE].select("gap_commuting_closed")
    assert np.array_equal(more[:20], drawn[ONE].select("gap_commuting_closed"))


@pytest.mark.parametrize("only", [[13], [12, 13], [13, 14, 15]])
@pytest.mark.parametrize("cell", [("skilled", "all", "all"), ("total", "fachkraft", "all"), ("academic", "all", "43")])
def test_one_draw_alone_has_the_bits_it_has_in_company(
    muster: Inputs, drawn: dict[str, RegionForecast], only: list[int], cell: tuple[str, str, str]
) -> None:
    alone = forecast(muster, [ONE, "99001+99002"], draws=20, only=only)
    for key, indicator in product(alone, (*COMPONENTS, "gap_cumulated", "gap_commuting_closed", "demand", "supply")):
        assert np.array_equal(alone[key].select(indicator, *cell), drawn[key].select(indicator, *cell)[only]), indicator


def test_lists_of_one_draw_have_the_bits_of_lists_of_many(muster: Inputs, drawn: dict[str, RegionForecast]) -> None:
    alone, asked = forecast(muster, [ONE], draws=20, only=[13])[ONE], Asked("", 2030, BREAKDOWNS)
    figures = list(asked.figures(ONE))
    assert np.array_equal(many.samples(figures, alone)[0], many.samples(figures, drawn[ONE])[13])


def test_the_central_path_is_row_zero_and_stands_alone(muster: Inputs, drawn: dict[str, RegionForecast]) -> None:
    central = forecast(muster, [ONE])[ONE].select("gap_cumulated")
    assert central.shape == (1, 18)
    assert np.array_equal(central[0], drawn[ONE].select("gap_cumulated")[0])


def test_one_more_assumption_leaves_all_draws_bit_identical(muster: Inputs) -> None:
    from dataclasses import replace

    from fachkraftwerk.model.parameters import Parameters

    extra = Parameters(muster.parameters)
    extra["supply.a_new_assumption"] = muster.parameters["supply.retirement"]
    before = forecast(muster, [ONE], draws=5)[ONE].select("gap_cumulated")
    after = forecast(replace(muster, parameters=extra), [ONE], draws=5)[ONE].select("gap_cumulated")
    assert np.array_equal(before, after)


def test_ranges_of_sums_do_not_cancel(muster: Inputs) -> None:
    kreise = forecast(muster, muster.ags, draws=200)
    each = [one.select("gap_cumulated", "total")[1:, 7] for one in kreise.values()]
    independent = np.sqrt(sum(np.var(one) for one in each))
    assert 1.2 * independent < np.std(sum(each)) < 0.99 * sum(np.std(one) for one in each)


def test_deviations_of_migration_cancel_over_the_land(muster: Inputs) -> None:
    made = make(muster, 10)
    assert np.allclose(made.closed("population.regional_migration") @ muster.people.inhabitants, 0.0, atol=1e-6)


def test_the_table_of_draws_names_every_assumption(muster: Inputs) -> None:
    frame = make(muster, 3).frame()
    assert set(frame["assumption"]) >= {"population.net_migration", "supply.retirement", "demand.demand_total"}
    assert (frame.loc[frame["draw"] == 0, "value"] == 0).all()


@pytest.mark.parametrize("draws", [-1, 10**9])
def test_impossible_numbers_of_draws_are_refused(muster: Inputs, draws: int) -> None:
    with pytest.raises(Refusal):
        forecast(muster, [ONE], draws=draws)


def test_more_entrants_never_make_a_larger_gap(muster: Inputs) -> None:
    more = Adjustments(entrants=np.full((36, 4, 18), 1.0))
    before, after = (forecast(muster, [ONE], adjustments=given)[ONE] for given in (None, more))
    for indicator in ("gap_cumulated", "gap_commuting_closed"):
        closing = before.select(indicator, "total") - after.select(indicator, "total")
        assert np.allclose(closing[0], 144.0 * np.arange(18))


def test_measures_act_where_they_are_meant_to(muster: Inputs) -> None:
    before = forecast(muster, [ONE])[ONE].select("gap_cumulated", "total")[0, 7]
    later = np.full((91, 18), 0.9)
    healthier = np.full(18, 0.8)
    arrivals = np.zeros((2, 91, 18))
    arrivals[:, 30, 2:] = 10.0
    for given in (
        Adjustments(retirement=later), Adjustments(disability=healthier), Adjustments(migration=arrivals),
        Adjustments(participation=np.full((2, 91, 18), 0.01)), Adjustments(demand=np.array(0.99)),
        Adjustments(hours=np.full((36, 4, 18), 0.5)),
    ):  # fmt: skip
        assert forecast(muster, [ONE], adjustments=given)[ONE].select("gap_cumulated", "total")[0, 7] < before


def test_transfers_cancel_over_occupations(muster: Inputs) -> None:
    moved = np.zeros((3, 36, 4, 18))
    moved[1, 0, 1], moved[1, 1, 1] = -5.0, 5.0
    given = Adjustments(transfer=moved)
    before, after = (forecast(muster, [ONE], adjustments=one)[ONE] for one in (None, given))
    assert np.allclose(before.select("gap_cumulated", "total"), after.select("gap_cumulated", "total"))
    assert (
        after.select("gap_cumulated", "total", "all", "12")[0, 7]
        < before.select("gap_cumulated", "total", "all", "12")[0, 7]
    )


def test_workers_from_elsewhere_count_at_the_workplace_only(muster: Inputs) -> None:
    given = Adjustments(commuting=np.full((36, 4, 18), 1.0))
    before, after = (forecast(muster, [ONE], adjustments=one)[ONE] for one in (None, given))
    assert np.allclose(before.select("gap_cumulated"), after.select("gap_cumulated"))
    assert after.select("gap_commuting_closed")[0, 7] < before.select("gap_commuting_closed")[0, 7]


def test_quantities_are_split_over_a_zone(muster: Inputs) -> None:
    given = Adjustments(entrants=np.full((36, 4, 18), 1.0))
    key = "99001+99002"
    before, after = (forecast(muster, [key], adjustments=one)[key] for one in (None, given))
    closing = before.select("gap_cumulated", "total") - after.select("gap_cumulated", "total")
    assert np.allclose(closing[0], 144.0 * np.arange(18))


def test_estimated_share_is_a_share(drawn: dict[str, RegionForecast]) -> None:
    assert 0.0 <= drawn[ONE].estimated_share() <= 1.0
    assert 0.0 <= drawn[ONE].estimated_share("academic", "experte", "43") <= 1.0


def test_degrees_are_asked_for_more_and_nobody_is_counted_twice(drawn: dict[str, RegionForecast]) -> None:
    one = drawn[ONE]
    academic, total = one.select("demand", "academic"), one.select("demand", "total")
    skilled, unskilled = one.select("demand"), one.select("demand", "unskilled")
    assert np.allclose(skilled + unskilled, total)
    assert academic[0, 17] / skilled[0, 17] > academic[0, 0] / skilled[0, 0]


def test_jobs_and_arrivals_grow_together(muster: Inputs) -> None:
    made = make(muster, 4000)
    jobs, arrivals = made.national("demand.demand_total")[1:, -1], made.national("population.net_migration")[1:, -1]
    told = made.distribution("demand.demand_total").follows["population.net_migration"]
    assert abs(np.corrcoef(jobs, arrivals)[0, 1] - told) < 0.05
    assert (
        abs(jobs.std() / made.distribution("demand.demand_total").at("national", made.horizon("demand.x"))[-1] - 1)
        < 0.05
    )
