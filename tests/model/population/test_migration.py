"""Migration: residual method, single ages, closing."""

from __future__ import annotations

import numpy as np

from fachkraftwerk.model.population import migration


def test_who_is_there_minus_who_would_have_survived() -> None:
    start, end = np.zeros((1, 1, 18)), np.zeros((1, 1, 18))
    start[0, 0, 4], end[0, 0, 5] = 1000.0, 1050.0
    moved = migration.residual(start, end, np.full((1, 18), 0.99))
    assert np.isclose(moved[0, 0, 4], 60.0)
    assert np.count_nonzero(np.round(moved, 9)) == 1


def test_five_years_of_a_cohort_make_a_fifth_in_one_year() -> None:
    moved = np.zeros(18)
    moved[4] = 500.0
    single = migration.single_ages(moved, 91)
    assert np.isclose(single.sum(), 100.0)
    assert single[20] > 0 and single[28] > 0 and single[29] == 0 and single[24] == single.max()


def test_the_total_of_a_kreis_survives_the_pull_to_the_pattern_of_the_land() -> None:
    rng = np.random.default_rng(1)
    flows, people = rng.normal(0, 10, (3, 2, 20)), rng.uniform(50, 100, (3, 2, 20))
    mixed = migration.shrink_pattern(flows, people, np.array([0, 0, 1]), 0.4)
    assert np.allclose(mixed.sum((1, 2)), flows.sum((1, 2)))


def test_shares_of_immigration_add_up_to_one_and_migration_inside_to_zero() -> None:
    rng = np.random.default_rng(2)
    flows, people = rng.normal(5, 10, (4, 2, 20)), rng.uniform(50, 100, (4, 2, 20))
    shares = migration.international_shares(flows, people, np.array([1.0, 2.0, 3.0, 4.0]), 0.5)
    assert np.isclose(shares.sum(), 1.0)
    inside = migration.internal_balance(flows, shares, people)
    assert np.allclose(inside.sum(0), 0.0)
