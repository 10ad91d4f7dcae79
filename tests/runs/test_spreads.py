"""``model/spreads.yaml`` is what the command writes, and its rules hold."""

from importlib.resources import files

import numpy as np
import pytest
import yaml

from fachkraftwerk.core.classifications import BASE_YEAR, HORIZON
from fachkraftwerk.edition import open_edition
from fachkraftwerk.model.demand import national_path
from fachkraftwerk.model.parameters import parameters
from fachkraftwerk.runs import spreads
from fachkraftwerk.runs.backtest import outcomes
from fachkraftwerk.runs.backtest import rule as rules
from fachkraftwerk.runs.backtest import spreads as hindcast


def test_the_kept_spreads_are_what_the_command_finds_on_the_shipped_edition() -> None:
    kept = yaml.safe_load(files("fachkraftwerk.model").joinpath("spreads.yaml").read_text("utf-8"))
    assert spreads.estimate(open_edition(None)) == kept


def test_germanys_spread_is_that_of_the_rule_or_its_past_errors_whichever_is_wider() -> None:
    edition, values = open_edition(None), parameters()
    series, known = outcomes.series(edition.facts, values), values["demand.demand_total"].distribution
    band = hindcast.estimates(edition)["demand.demand_total", "national"][0]
    assert known is not None and band is not None
    told = rules.spread_of_germany(rules.rule(values), series.employees, 7)
    assert known.spread["national"] == pytest.approx(max(told, band.spread), rel=5e-3)


def test_a_slope_in_logs_is_the_power() -> None:
    assert spreads.slope({h: 0.03 * h**0.6 for h in range(1, 8)}) == pytest.approx(0.6)


def test_a_spread_may_grow_differently_by_scope() -> None:
    demand = parameters()["demand.demand_total"].distribution
    assert demand is not None
    horizon = np.array([0.0, 3.0, 7.0])
    for scope in demand.spread:
        now, near, seven = demand.at(scope, horizon)
        assert now == 0.0
        assert seven == pytest.approx(demand.spread[scope])
        course = demand.curves[scope][2] if scope in demand.curves else (3 / 7) ** demand.growth(scope)
        assert near == pytest.approx(seven * course)
    assert demand.growth("national") > demand.growth("kreis")


def test_memory_and_persistence_of_the_rule_are_what_the_command_finds() -> None:
    values, edition = parameters(), open_edition(None)
    series = outcomes.series(edition.facts, values)
    assert spreads.memory(series) == values["demand.growth_autocorrelation"].number
    assert spreads.persistence(edition, values) == values["demand.growth_persistence"].number


def test_the_course_of_the_spread_is_that_of_the_rule_and_reaches_the_end_of_the_forecast() -> None:
    values = parameters()
    curve = values["demand.demand_total"].distribution.curves["national"]  # type: ignore[union-attr]
    memory, lasting = (values[f"demand.growth_{name}"].number for name in ("autocorrelation", "persistence"))
    told = [national_path.piled_up(memory, lasting, h) for h in range(1, len(curve) + 1)]
    assert curve == pytest.approx([one / told[6] for one in told], abs=1e-3)
    assert len(curve) >= HORIZON - BASE_YEAR


def test_more_uncertain_arrivals_move_demand_more_but_never_fully() -> None:
    edition, values = open_edition(None), parameters()
    low, high = (spreads.people_bring_jobs(edition, values, 0.066, flow) for flow in (100_000.0, 200_000.0))
    assert 0 < low < high < 0.9
    assert high == pytest.approx(2 * low, rel=0.1)
    assert spreads.people_bring_jobs(edition, values, 0.066, 5e6) == 0.9
