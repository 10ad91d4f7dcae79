"""Kreise against Germany: a part of the lead is carried on, and the spread is read from past errors."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fachkraftwerk.model.demand import regional_path


@given(st.floats(0.5, 2.0))
def test_growth_of_all_kreise_alike_leaves_no_deviation(factor: float) -> None:
    employment = np.outer([1e4, 5e4, 2e5], factor ** np.arange(8.0))
    assert np.abs(np.diff(regional_path.deviations(employment), axis=1)).max() < 1e-9


def test_the_lead_is_yearly_and_bridges_years_without_a_table() -> None:
    employment = np.array([[100.0, 110.0, 150.0], [100.0, 110.0, 150.0]])
    employment[0] *= np.exp([0.0, 0.0, 0.10])
    got = regional_path.lead(employment, np.array([2010, 2013, 2023]), window=10)
    assert got[0] - got[1] == pytest.approx(0.01)


def test_a_share_of_the_lead_goes_on_and_fades() -> None:
    path = regional_path.deviation_path(np.array([0.02]), 0.5, np.array([0.0, 1.0, 2.0]), 0.9)
    assert path[0].tolist() == pytest.approx([0.0, 0.5 * 0.02 * 0.9, 0.5 * 0.02 * (0.9 + 0.81)])


def test_a_kreis_that_keeps_exactly_its_share_makes_no_error() -> None:
    employment = np.outer([1e4, 5e4, 2e5, 9e4], 1.01 ** np.arange(20.0))
    assert np.abs(regional_path.errors(employment, 10, 0.5, 7, 0.95)).max() < 1e-12


def test_errors_use_no_later_year() -> None:
    random = np.random.default_rng(5)
    employment = np.exp(random.normal(0, 0.01, (6, 20)).cumsum(axis=1)) * 1e5
    short = regional_path.errors(employment[:, :15], 10, 0.5, 3, 0.95)
    assert np.allclose(short, regional_path.errors(employment, 10, 0.5, 3, 0.95)[: len(short)])


def test_land_and_kreis_parts_add_up_to_the_spread_of_all() -> None:
    random = np.random.default_rng(1)
    land = np.repeat(np.arange(8), 30)
    common = 0.02 * random.standard_normal((40, 8))
    errors = common[:, land] + 0.03 * random.standard_normal((40, 240))
    upper, own = regional_path.spread(errors, land, np.ones(240))
    assert np.hypot(upper, own) == pytest.approx(regional_path.robust(errors))
    assert upper == pytest.approx(0.021, rel=0.15)


def test_the_power_with_which_errors_fall_with_size_is_found_again() -> None:
    random = np.random.default_rng(6)
    land, size = np.repeat(np.arange(10), 40), np.exp(random.normal(11, 0.8, 400))
    plain = 0.02 * random.standard_normal((10, 10))[:, land] + 0.03 * random.standard_normal((10, 400))
    assert regional_path.size_power(plain, land, size) == pytest.approx(0.0, abs=0.03)
    falling = 0.03 * random.standard_normal((10, 400)) * regional_path.by_size(size, 0.3)
    assert regional_path.size_power(falling, land, size) == pytest.approx(0.3, abs=0.03)
    assert np.median(regional_path.by_size(size, 0.3)) == pytest.approx(1.0, abs=0.01)


def test_what_a_land_shares_is_taken_out_before_size_is_looked_at() -> None:
    land = np.repeat([0, 1], 4)
    errors = np.where(land == 0, 0.03, -0.03)[None] * np.ones((3, 1))
    assert np.abs(regional_path.own(errors, land)).max() < 1e-12


def test_one_plant_that_closes_does_not_widen_the_range_of_all() -> None:
    random = np.random.default_rng(2)
    calm = 0.02 * random.standard_normal((20, 200))
    shaken = calm.copy()
    shaken[:, 0] -= 1.0
    assert regional_path.robust(shaken) < 1.05 * regional_path.robust(calm)


def test_restless_kreise_get_wider_ranges_and_squares_are_one_on_average() -> None:
    errors = np.array([[0.01, 0.05], [-0.01, -0.05]])
    found = regional_path.unrest(errors)
    assert found[1] > found[0]
    assert np.mean(found**2) == pytest.approx(1.0)
