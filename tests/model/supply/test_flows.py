"""Accounts of the labour force: by hand, closed, and equal to a second opinion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from tests.model.supply import oracle

from fachkraftwerk.model.supply import kernel
from fachkraftwerk.model.supply.flows import AGES, CROSSED, FLOWS, Change, Climate, Home, no_change

YEARS = 6
Accounts = Callable[[Home, Climate, Change], np.ndarray]
BOTH = pytest.mark.parametrize("accounts", [kernel.flows, oracle.flows])


def make_home(seed: int = 1) -> Home:
    rng = np.random.default_rng(seed)
    profile = np.zeros((2, AGES))
    profile[:, 15:75] = rng.uniform(0.2, 0.8, (2, 60))
    return Home(
        rng.uniform(500, 2000, (2, AGES)), profile, rng.uniform(0, 0.02, (2, AGES, YEARS)),
        rng.normal(0, 10, (2, AGES, YEARS)), rng.uniform(0, 1e-5, (2, AGES)), rng.uniform(0, 10, (2, AGES)),
        rng.uniform(500, 900, (2, YEARS)),
    )  # fmt: skip


def make_climate(draws: int = 7, seed: int = 2) -> Climate:
    rng = np.random.default_rng(seed)

    def factor() -> np.ndarray:
        table = 1 + rng.normal(0, 0.05, (draws, YEARS))
        table[:, 0] = 1.0
        return table

    trend = 1 + rng.uniform(0, 0.01, (2, AGES, YEARS))
    trend[..., 0] = 1.0
    return Climate(
        trend, rng.uniform(0, 0.2, (2, AGES, YEARS)), rng.uniform(0, 0.01, AGES),
        rng.normal(250e3, 1e4, (draws, YEARS)), rng.normal(0, 1, (draws, YEARS)), rng.uniform(0.7, 0.9, draws),
        factor(), factor(), factor(), factor(), factor(), 0.3,
    )  # fmt: skip


def still(**changes: np.ndarray) -> tuple[Home, Climate]:
    """One hundred men of one age take part fully, nothing happens unless said."""
    zero, flat = np.zeros((2, AGES)), np.zeros((2, AGES, 2))
    one = np.ones((1, 2))
    home = Home(zero.copy(), zero.copy(), flat.copy(), flat.copy(), zero, zero, np.zeros((2, 2)))
    climate = Climate(
        np.ones((2, AGES, 2)), flat.copy(), np.zeros(AGES), one * 0, one * 0, np.ones(1), one, one, one, one, one
    )
    return home, climate


def of(name: str, table: np.ndarray) -> float:
    return float(table[0, FLOWS.index(name), :, 1].sum())


@BOTH
def test_retirement_by_hand(accounts: Accounts) -> None:
    home, climate = still()
    home.people[0, 64], home.profile[0, 64] = 100.0, 0.8
    climate.hazard[0, 64, 1] = 0.25
    table = accounts(home, climate, no_change(2))
    assert np.isclose(of("replacement", table), -20.0)
    assert np.isclose(table[0, : len(FLOWS), :, 1].sum(), -20.0)


@BOTH
def test_entrants_by_hand(accounts: Accounts) -> None:
    home, climate = still()
    home.people[0, 20], home.profile[0, 20], home.profile[0, 21] = 100.0, 0.5, 0.6
    assert np.isclose(of("entrants", accounts(home, climate, no_change(2))), 10.0)


@BOTH
def test_death_and_erwerbsminderung_by_hand(accounts: Accounts) -> None:
    home, climate = still()
    home.people[0, 60], home.profile[0, 60] = 100.0, 0.8
    home.mortality[0, 60, 1], climate.disability[60] = 0.1, 0.05
    table = accounts(home, climate, no_change(2))
    assert np.isclose(of("disability", table), -4.0)
    assert np.isclose(of("deaths", table), -0.1 * 100 * 0.8 * 0.95)


@BOTH
def test_arrivals_count_with_their_lower_participation(accounts: Accounts) -> None:
    home, climate = still()
    home.profile[0, 31] = 0.8
    home.arrivals[0, 30], climate.immigration[0, 1], climate.arrivals_work[0] = 0.1, 1000.0, 0.75
    assert np.isclose(of("migration", accounts(home, climate, no_change(2))), 0.1 * 1000 * 0.75 * 0.8)


def test_flows_add_up_to_the_change_of_the_labour_force() -> None:
    home, climate = make_home(), make_climate(1)
    table = oracle.flows(home, climate, no_change(YEARS))
    people, carried = home.people[None], home.profile[None]
    for year in range(1, YEARS):
        moved = oracle._migrants(home, climate, no_change(YEARS), year)
        death = np.minimum(home.mortality[None, ..., year] * climate.mortality[:, year, None, None], 1.0)
        carried, shown = oracle.participation(home, climate, no_change(YEARS), carried, year)
        people = oracle._older(people * (1 - death) + moved, home.births[None, :, year] * climate.fertility[0, year])
        change = (people * shown)[:, :, :75].sum() - (home.people * home.profile).sum()
        assert np.isclose(table[0, : len(FLOWS), :, year].sum(), change)


@pytest.mark.parametrize("draws", [1, 7, 40])
def test_the_compiled_form_gives_the_same(draws: int) -> None:
    home, climate = make_home(), make_climate(draws)
    plain = oracle.flows(home, climate, no_change(YEARS))
    assert np.allclose(kernel.flows(home, climate), plain, rtol=1e-11, atol=1e-8)


def test_the_compiled_form_gives_the_same_with_adjustments() -> None:
    rng = np.random.default_rng(5)
    home, climate = make_home(), make_climate()
    change = Change(
        rng.uniform(0, 0.02, (1, 2, AGES, YEARS)), rng.uniform(0.8, 1, (7, AGES, YEARS)),
        rng.uniform(0.8, 1, (1, YEARS)), rng.uniform(0, 9, (7, 2, AGES, YEARS)),
    )  # fmt: skip
    assert np.allclose(kernel.flows(home, climate, change), oracle.flows(home, climate, change), rtol=1e-11, atol=1e-8)


def test_a_draw_has_the_same_bits_alone_and_in_company() -> None:
    home, climate = make_home(), make_climate(40)
    together = kernel.flows(home, climate)
    for row in (0, 17, 39):
        assert np.array_equal(kernel.flows(home, climate.only(np.array([row])))[0], together[row])


def test_an_adjustment_that_changes_nothing_leaves_every_bit() -> None:
    home, climate = make_home(), make_climate()
    assert np.array_equal(kernel.flows(home, climate, no_change(YEARS)), kernel.flows(home, climate))


@BOTH
def test_the_course_of_life_moves_people_between_groups_and_loses_nobody(accounts: Accounts) -> None:
    home, climate = still()
    home.people[0, 44], home.profile[0, 44:46] = 100.0, 0.5
    table = accounts(home, replace(climate, life_course=0.4), no_change(2))
    moved = table[0, FLOWS.index("participation"), :, 1]
    assert np.allclose(moved, [0, 0, -20.0, 20.0, 0])
    assert np.isclose(table[0, CROSSED, 2, 1], 50.0)


def test_leavers_are_split_between_their_old_and_their_present_group() -> None:
    home, climate = still()
    long = Climate(
        **{
            **vars(climate),
            "hazard": np.full((2, AGES, 4), 0.1),
            "trend": np.ones((2, AGES, 4)),
            "life_course": 0.5,
            **{
                name: np.repeat(getattr(climate, name)[:, :1], 4, axis=1)
                for name in (
                    "immigration",
                    "deviation",
                    "mortality",
                    "fertility",
                    "participation",
                    "retirement",
                    "frailty",
                )
            },
        }
    )
    home = Home(
        home.people,
        home.profile,
        np.zeros((2, AGES, 4)),
        np.zeros((2, AGES, 4)),
        home.arrivals,
        home.churn,
        np.zeros((2, 4)),
    )
    home.people[0, 53], home.profile[0, 53:60] = 100.0, 1.0
    left = oracle.flows(home, long, no_change(4))[0, FLOWS.index("replacement"), :, 3]
    assert left[3] < 0 and left[4] < 0
    assert np.allclose(kernel.flows(home, long)[0, 0, :, 3], left)


def test_the_young_carry_the_profile_of_25_to_34_and_groups_follow_age() -> None:
    assert [oracle.group_of(age) for age in (16, 24, 34, 35, 54, 55, 74)] == [1, 1, 1, 2, 3, 4, 4]


def test_every_step_of_the_compiled_form_is_in_the_file_whose_change_renews_the_cache() -> None:
    steps = [one for one in vars(kernel).values() if hasattr(one, "py_func")]
    assert len(steps) > 8
    assert {one.py_func.__module__ for one in steps} == {kernel.__name__}
