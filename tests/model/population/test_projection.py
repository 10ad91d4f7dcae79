"""Cohort-component projection by hand."""

from __future__ import annotations

import numpy as np

from fachkraftwerk.model.population import projection


def test_a_step_by_hand() -> None:
    after = projection.step(
        np.array([100.0, 200.0, 50.0]), np.array([0.0, 0.1, 0.5]), np.array([10.0, 0.0, 0.0]), np.array(90.0)
    )
    assert after.tolist() == [90.0, 110.0, 180.0 + 25.0]


def test_births_by_hand() -> None:
    born = projection.births(np.array([100.0, 200.0]), np.array([0.1, 0.05]), np.array(1.5), 0.6)
    assert np.allclose(born, [18.0, 12.0])


def test_backcast_meets_the_published_groups() -> None:
    today = np.arange(1.0, 92.0)[None, None]
    groups = np.array([[[120.0, 4000.0]]])
    earlier = projection.backcast(today, groups, [(0, 9), (10, 90)], np.zeros((1, 1, 91)))
    assert np.isclose(earlier[0, 0, :10].sum(), 120.0)
    assert np.isclose(earlier[0, 0, 10:].sum(), 4000.0)


def test_nobody_is_lost() -> None:
    rng = np.random.default_rng(3)
    start, death = rng.uniform(50, 100, (3, 2, 91)), rng.uniform(0, 0.05, (3, 2, 91, 6))
    moves = rng.normal(0, 2, (3, 2, 91, 6))
    rates = np.where((np.arange(91) > 15) & (np.arange(91) < 50), 0.04, 0.0)
    stocks, born = projection.project(start, death, moves, rates, np.ones(3), 0.513)
    for year in range(1, 6):
        dead = (stocks[..., year - 1] * death[..., year]).sum((1, 2))
        expected = stocks[..., year - 1].sum((1, 2)) - dead + moves[..., year].sum((1, 2)) + born[..., year].sum(1)
        assert np.allclose(stocks[..., year].sum((1, 2)), expected)
