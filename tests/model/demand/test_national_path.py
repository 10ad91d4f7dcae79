"""Germany's path: recent growth fades into what people and their share in employment allow."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fachkraftwerk.model.demand.national_path import Momentum, growth_path, momentum, national_spread


def test_momentum_by_hand() -> None:
    employees = 1000 * np.exp([0.0, 0.01, 0.03, 0.06])
    now = momentum(employees, np.array([0.0, 0.0, 0.01, 0.01]), residents=2000.0, recent=1, window=3)
    assert now.recent == pytest.approx(0.03)
    assert now.trend == pytest.approx((0.06 - 0.02) / 3)
    assert now.rate == pytest.approx(employees[-1] / 2000)


def test_short_series_use_the_years_there_are() -> None:
    now = momentum(np.array([100.0, 110.0]), np.zeros(2), residents=200.0, recent=3, window=5)
    assert now.recent == pytest.approx(np.log(1.1))


def test_recent_growth_counts_first_and_people_later() -> None:
    path = growth_path(Momentum(0.02, 0.6, 0.0), np.full(60, -0.01), fading=0.5)
    steps = np.diff(path)
    assert steps[0] == pytest.approx(0.5 * 0.02 - 0.5 * 0.01)
    assert steps[-1] == pytest.approx(-0.01)


def test_fewer_people_of_working_age_mean_fewer_jobs() -> None:
    now = Momentum(0.005, 0.68, 0.008)
    less, same = (growth_path(now, np.full(15, step), 0.8) for step in (-0.008, 0.0))
    assert (np.diff(less) < np.diff(same)).all()


@given(st.floats(0.3, 0.95), st.floats(0.0, 0.05))
def test_the_share_in_employment_never_passes_one(rate: float, trend: float) -> None:
    path = growth_path(Momentum(0.0, rate, trend), np.zeros(200), fading=0.0)
    assert rate * np.exp(path[-1]) <= 1 + 1e-9
    assert (np.diff(path) >= -1e-12).all()


def test_spread_of_a_steady_series_is_nothing_and_grows_with_time() -> None:
    assert national_spread(1000 * 1.01 ** np.arange(12.0), 5, 7, 1.3) == pytest.approx(0.0, abs=1e-12)
    restless = 1000 * np.exp(np.cumsum([0.0, 0.01, -0.01, 0.02, 0.0, 0.01]))
    assert national_spread(restless, 5, 10, 1.0) == pytest.approx(10 / 7 * national_spread(restless, 5, 7, 1.0))
