"""Laws every forecast obeys, for drawn people and assumptions."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.model.supply import oracle

from fachkraftwerk.model.demand.staffing import fit
from fachkraftwerk.model.population.projection import project
from fachkraftwerk.model.supply import commuting, kernel
from fachkraftwerk.model.supply.flows import AGES, Climate, Home, no_change

YEARS = 4
seeds = st.integers(0, 10_000)


def world(seed: int, draws: int = 3) -> tuple[Home, Climate]:
    rng = np.random.default_rng(seed)
    profile = np.zeros((2, AGES))
    profile[:, 15:75] = rng.uniform(0, 0.9, (2, 60))
    home = Home(
        rng.uniform(0, 3000, (2, AGES)), profile, rng.uniform(0, 0.3, (2, AGES, YEARS)),
        rng.normal(0, 20, (2, AGES, YEARS)), rng.uniform(0, 1e-5, (2, AGES)), rng.uniform(0, 10, (2, AGES)),
        rng.uniform(0, 900, (2, YEARS)),
    )  # fmt: skip
    ones = [np.concatenate([np.ones((draws, 1)), rng.uniform(0.7, 1.3, (draws, YEARS - 1))], axis=1) for _ in range(5)]
    trend = np.ones((2, AGES, YEARS))
    trend[..., 1:] = rng.uniform(0.95, 1.05, (2, AGES, YEARS - 1))
    climate = Climate(
        trend, rng.uniform(0, 0.6, (2, AGES, YEARS)), rng.uniform(0, 0.05, AGES), rng.normal(2e5, 1e5, (draws, YEARS)),
        rng.normal(0, 1, (draws, YEARS)), rng.uniform(0, 1, draws), *ones, 0.5,
    )  # fmt: skip
    return home, climate


@given(seeds)
def test_the_accounts_agree_with_a_second_opinion(seed: int) -> None:
    home, climate = world(seed)
    assert np.allclose(kernel.flows(home, climate), oracle.flows(home, climate, no_change(YEARS)), rtol=1e-9, atol=1e-7)


@given(seeds)
def test_nobody_retires_dies_or_falls_ill_backwards(seed: int) -> None:
    home, climate = world(seed)
    home = Home(**{**vars(home), "moves": np.abs(home.moves), "churn": home.churn * 0})
    climate = Climate(**{**vars(climate), "immigration": np.abs(climate.immigration)})
    assert (np.diff(kernel.flows(home, climate)[:, :3].sum(2), axis=-1) <= 1e-9).all()


@given(seeds)
def test_twice_the_people_make_twice_the_flows(seed: int) -> None:
    home, climate = world(seed)
    twice = Home(
        home.people * 2,
        home.profile,
        home.mortality,
        home.moves * 2,
        home.arrivals * 2,
        home.churn * 2,
        home.births * 2,
    )
    assert np.allclose(kernel.flows(twice, climate), 2 * kernel.flows(home, climate))


@given(seeds)
def test_two_kreise_with_equal_rates_are_projected_together_as_apart(seed: int) -> None:
    one, climate = world(seed)
    other, _ = world(seed + 1)
    other = Home(other.people, one.profile, one.mortality, other.moves, other.arrivals, other.churn, other.births)
    both = Home(
        one.people + other.people, one.profile, one.mortality, one.moves + other.moves, one.arrivals + other.arrivals,
        one.churn + other.churn, one.births + other.births,
    )  # fmt: skip
    apart = kernel.flows(one, climate) + kernel.flows(other, climate)
    assert np.allclose(kernel.flows(both, climate), apart, rtol=1e-9, atol=1e-7)


@given(seeds)
def test_people_are_conserved(seed: int) -> None:
    rng = np.random.default_rng(seed)
    start, death = rng.uniform(0, 100, (2, 2, 91)), rng.uniform(0, 0.4, (2, 2, 91, 4))
    moves, rates = rng.normal(0, 5, (2, 2, 91, 4)), rng.uniform(0, 0.1, 91)
    stocks, born = project(start, death, moves, rates, rng.uniform(0.5, 2, 2), 0.513)
    dead = (stocks[..., :-1] * death[..., 1:]).sum((1, 2))
    change = born[..., 1:].sum(1) + moves[..., 1:].sum((1, 2)) - dead
    assert np.allclose(np.diff(stocks.sum((1, 2)), axis=-1), change)


@given(seeds, st.floats(0, 200))
def test_every_worker_has_one_home(seed: int, floor: float) -> None:
    rng = np.random.default_rng(seed)
    travel = rng.exponential(50, (6, 6))
    np.fill_diagonal(travel, 0.0)
    shares = commuting.home_shares(travel, rng.uniform(100, 900, 6), floor)
    assert np.allclose(shares.sum(0), 1.0)
    assert (shares >= -1e-12).all()
    workers = rng.uniform(0, 900, (6, 5))
    assert np.isclose(commuting.residents(shares, workers).sum(), workers.sum())


@given(seeds)
def test_fitting_meets_the_cells_exactly(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = rng.uniform(1, 100, (3, 4))
    cells = rng.dirichlet(np.ones(9), 3) * rows.sum(1, keepdims=True)
    assert np.allclose(fit(rng.uniform(0.1, 1, (3, 4, 9)), rows, cells).sum(1), cells)
