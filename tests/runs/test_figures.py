"""Figures from samples checked on paper."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from tests.runs.samples import HandForecast

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.core.figure import Figure
from fachkraftwerk.runs import figures

GAP = Figure("t", "06633", 2030)


def test_the_central_path_is_no_draw() -> None:
    value = figures.summarise(np.array([1000.0, 1.0, 2.0, 3.0]))
    assert value.central == 1000.0
    assert value.value == 2.0


def test_one_path_alone_has_no_range() -> None:
    value = figures.summarise(np.array([-4.0]))
    assert (value.value, value.p10, value.p90, value.p_shortage) == (-4.0, -4.0, -4.0, 0.0)
    assert not value.ranged


def test_quantiles_agree_with_numpy() -> None:
    samples = np.random.default_rng(1).normal(size=(37, 5))
    assert_allclose(figures.quantiles(samples, (0.1, 0.5, 0.9)), np.quantile(samples, (0.1, 0.5, 0.9), axis=0))


def test_resolve_takes_year_and_estimated_share_from_the_forecast() -> None:
    value = figures.resolve(GAP, HandForecast())
    assert value.central == pytest.approx(400.0)
    assert value.value == pytest.approx((780.0 + 20.0) / 2)
    assert value.estimated_share == 0.1
    assert figures.resolve(GAP.at(year=2024), HandForecast()).central == pytest.approx(200.0)


def test_a_year_outside_is_refused_with_the_years_that_exist() -> None:
    with pytest.raises(Refusal) as refusal:
        figures.resolve(GAP.at(year=2051), HandForecast())
    assert "2051" in refusal.value.message("de")
    assert "2023 bis 2030" in refusal.value.message("de")


def test_cells_add_up_and_small_ones_are_pooled() -> None:
    rows = figures.cells(GAP, HandForecast())
    assert [(row.occupation, row.members) for row in rows] == [("81", 1), ("", 143)]
    assert sum(row.value.central for row in rows) == pytest.approx(400.0)
    assert rows[-1].employed == pytest.approx(40.0)


def test_large_cells_stand_alone_widest_gap_first() -> None:
    rows = figures.cells(GAP, HandForecast(people=4000.0))
    assert [row.occupation for row in rows] == ["81", "43", ""]
    assert rows[1].value.estimated


def test_cells_of_fewer_than_fifty_people_are_withheld() -> None:
    assert figures.withheld(GAP.at(occupation="43"), HandForecast())
    assert not figures.withheld(GAP.at(occupation="81"), HandForecast())
    assert not figures.withheld(GAP, HandForecast(people=10.0))


def test_the_path_starts_at_nothing() -> None:
    years = figures.path(GAP, HandForecast())
    assert [year for year, _ in years] == [2023, 2024, 2030]
    assert years[0][1].value == 0.0
