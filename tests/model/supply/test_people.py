"""Participation, retirement, commuting and qualification by hand."""

from __future__ import annotations

import numpy as np

from fachkraftwerk.model.supply import commuting, participation, qualification, retirement

LIMITS = {1946: 65.0, 1947: 65.083, 1958: 66.0, 1964: 67.0, 2030: 67.0}


def test_the_pension_age_follows_the_cohort() -> None:
    ages = retirement.pension_age(np.array([1940, 1958, 1961, 1964, 1980]), LIMITS)
    assert np.allclose(ages, [65.0, 66.0, 66.5, 67.0, 67.0])


def test_hazards_move_with_the_pension_age() -> None:
    ages, years = np.arange(60, 70), np.array([2023, 2031])
    hazard = np.zeros((2, 10))
    hazard[:, 6] = 0.6  # at 66, the limit of the cohort of 1957
    moved = retirement.cohort_hazard(hazard, ages, years, LIMITS, (61, 69), 2023)
    assert np.allclose(moved[..., 0], hazard)
    assert moved[0, 7, 1] > moved[0, 6, 1]  # the cohort of 1964 leaves at 67


def test_hazards_reproduce_the_survival_of_cohorts() -> None:
    ages = np.arange(50, 75)
    hazard = retirement.hazards_from_cohorts(np.full((1, 4), 0.8), np.array([50, 55, 60, 65]), np.ones(25), ages)
    inside = np.prod(1 - hazard[0, 2:7])
    assert abs(inside - 0.8) < 0.02


def test_the_profile_keeps_the_means_of_the_groups() -> None:
    starts, ages = np.arange(15, 75, 5), np.arange(15, 75)
    rates = np.array([[0.3, 0.7, 0.85, 0.88, 0.88, 0.88, 0.88, 0.87, 0.83, 0.65, 0.2, 0.08]])
    profile = participation.single_age_profile(rates, starts, ages)
    assert np.allclose(profile.reshape(12, 5).mean(1), rates[0], atol=0.02)
    assert (np.diff(profile[0, :10]) > 0).all()


def test_the_trend_is_damped_and_starts_at_one() -> None:
    factor = participation.trend_factor(
        np.full((1, 1), 0.5), np.full((1, 1), 0.1), np.array([0.0, 1.0, 99.0]), 0.5, 1.0
    )
    assert factor[0, 0, 0] == 1.0
    assert np.isclose(factor[0, 0, 1], 2 / (1 + np.exp(-0.05)))
    assert np.isclose(factor[0, 0, 2], 2 / (1 + np.exp(-0.1)))


def test_the_level_of_employment_meets_every_group() -> None:
    ages = np.arange(15, 75)
    bins = np.minimum((ages - 15) // 10, 5)
    people, target = np.full((1, 60), 100.0), np.array([[500.0, 850.0, 900.0, 880.0, 700.0, 90.0]])
    ratio = participation.employment_level(people, target, np.array([20.0, 29.5, 39.5, 49.5, 62.0, 67.0]), ages, bins)
    assert np.allclose((people * ratio) @ np.eye(6)[bins], target, rtol=0.02)


def test_workers_come_home_and_nobody_is_lost() -> None:
    shares = commuting.home_shares(np.array([[0.0, 40.0], [5.0, 0.0]]), np.array([100.0, 200.0]), floor=10)
    assert np.allclose(shares, [[1.0, 0.2], [0.0, 0.8]])
    home = commuting.residents(shares, np.array([[100.0], [200.0]]))
    assert home[:, 0].tolist() == [140.0, 160.0]


def test_small_flows_are_dropped_and_the_others_take_their_place() -> None:
    flows = np.array([[0.0, 0.0, 30.0], [0.0, 0.0, 6.0], [0.0, 0.0, 0.0]])
    shares = commuting.home_shares(flows, np.array([1.0, 1.0, 100.0]), floor=10)
    assert np.isclose(shares[0, 2], 0.36) and shares[1, 2] == 0.0


def test_places_of_work_add_up_to_one_for_every_home() -> None:
    rng = np.random.default_rng(1)
    shares = rng.dirichlet(np.ones(4), 4).T
    works = commuting.workplaces(shares, rng.uniform(10, 20, (4, 5)))
    assert np.allclose(works.sum(0), 1.0)


def test_apprentices_count_as_vocational() -> None:
    shares = np.array([[[0.5, 0.5, 0.0], [0.3, 0.6, 0.1], [0.0, 0.5, 0.5], [0.0, 0.0, 1.0]]])
    moved = qualification.without_apprentices(shares, np.array([0.1]))
    assert np.allclose(moved[0, 1], [0.2, 0.7, 0.1])
    assert np.allclose(moved[0, 0], shares[0, 0])


def test_qualification_by_age_meets_the_national_mix() -> None:
    rng = np.random.default_rng(2)
    shares, staff = rng.dirichlet(np.ones(3), (6, 4)), rng.uniform(1, 9, (5, 6, 4))
    targets = np.array([[0.2, 0.5, 0.3]] * 5)
    fitted = qualification.by_age(shares, staff, targets, 200)
    reached = (staff[..., None] * fitted).sum((1, 2)) / staff.sum((1, 2))[:, None]
    assert np.allclose(reached, targets, atol=1e-4)
    assert np.allclose(fitted.sum(-1), 1.0)
