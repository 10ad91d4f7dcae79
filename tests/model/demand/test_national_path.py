"""Germany's path: recent growth fades into what people and their share in employment allow."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fachkraftwerk.model.demand.national_path import (
    Momentum,
    growth_path,
    memory,
    momentum,
    national_spread,
    piled_up,
    sampled,
)


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


def test_a_share_that_fell_stays_where_it_is_and_one_that_rose_goes_on() -> None:
    people = np.full(10, -0.002)
    fell, still, rose = (growth_path(Momentum(-0.01, 0.5, trend), people, 0.8) for trend in (-0.01, 0.0, 0.01))
    assert fell == pytest.approx(still)
    assert np.diff(fell)[0] == pytest.approx(0.8 * -0.01 + 0.2 * -0.002)  # the slump goes on and fades
    assert (np.diff(rose) > np.diff(still)).all()


@given(st.floats(0.3, 0.95), st.floats(0.0, 0.05))
def test_the_share_in_employment_never_passes_one(rate: float, trend: float) -> None:
    path = growth_path(Momentum(0.0, rate, trend), np.zeros(200), fading=0.0)
    assert rate * np.exp(path[-1]) <= 1 + 1e-9
    assert (np.diff(path) >= -1e-12).all()


def test_spread_of_a_steady_series_is_nothing_and_grows_with_time() -> None:
    assert national_spread(1000 * 1.01 ** np.arange(12.0), 0.7, 0.9, 7) == pytest.approx(0.0, abs=1e-12)
    restless = 1000 * np.exp(np.cumsum([0.0, 0.01, -0.01, 0.02, 0.0, 0.01]))
    near, far = (national_spread(restless, 0.7, 0.9, h) for h in (7, 10))
    assert far > 10 / 7 * near  # what lasts piles up faster than time


@pytest.mark.parametrize(("memory", "lasting"), [(0.0, 0.9), (0.6, 0.6), (0.74, 0.95)])
def test_unforeseen_changes_pile_up_as_simulated_ones_do(memory: float, lasting: float) -> None:
    """A lasting part, autoregressive and not yet begun, and a passing one; their sum over ten years."""
    random = np.random.default_rng(9)
    share = min(memory / lasting, 1.0)
    draws, swing, total = 200_000, 0.0, 0.0
    for _ in range(10):
        swing = lasting * swing + np.sqrt(share * (1 - lasting**2)) * random.standard_normal(draws)
        total = total + swing + np.sqrt(1 - share) * random.standard_normal(draws)
    assert piled_up(memory, lasting, 10) == pytest.approx(np.std(total), rel=0.01)


def test_few_years_that_resemble_each_other_widen_the_range() -> None:
    assert sampled(5000, 0.7) == pytest.approx(1.0, abs=0.01)
    assert sampled(8, 0.7) > sampled(20, 0.7) > sampled(20, 0.0) > 1.0


def test_a_standard_deviation_from_a_few_alike_years_is_too_small_by_the_factor_told() -> None:
    """Only the part that the sample does not see; the Student part is divided out again."""
    from scipy import special

    random, memory, years = np.random.default_rng(11), 0.7, 12
    noise = np.sqrt(1 - memory**2) * random.standard_normal((40_000, 200))
    series = np.zeros((40_000, 200))
    for t in range(1, 200):
        series[:, t] = memory * series[:, t - 1] + noise[:, t]
    seen = float(np.sqrt(series[:, -years:].var(axis=1, ddof=1).mean()))
    freedom = max(years * (1 - memory**2) / (1 + memory**2) - 1, 1.0)
    student = special.stdtrit(freedom, 0.9) / special.ndtri(0.9)
    assert sampled(years, memory) / student == pytest.approx(1 / seen, rel=0.01)


def test_the_likeness_of_successive_years_is_found_again_without_bias() -> None:
    random = np.random.default_rng(13)
    found = []
    for _ in range(400):
        growth = np.zeros(60)
        for t in range(1, 60):
            growth[t] = 0.7 * growth[t - 1] + 0.01 * random.standard_normal()
        found.append(memory(np.exp(np.cumsum(growth[20:]))))
    assert np.mean(found) == pytest.approx(0.7, abs=0.03)
