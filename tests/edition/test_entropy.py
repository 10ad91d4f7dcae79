"""Bounded maximum entropy: bounds, margins, and the known answer where nothing is bounded."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fachkraftwerk.edition.entropy import Margin, balance

INF = np.inf


def _exact(name: str, group: list[int], sums: list[float]) -> Margin:
    return Margin(name, np.array(group), np.array(sums), np.array(sums))


def _table(prior: list[float], margins: list[Margin], low: float = 0, high: float = INF) -> np.ndarray:
    cells = np.array(prior)
    return balance(cells, np.ones(len(cells)), np.full(len(cells), low), np.full(len(cells), high), margins).value


def test_one_margin_is_met_by_scaling() -> None:
    value = _table([1.0, 2.0, 3.0], [_exact("sum", [0, 0, 0], [12.0])])
    np.testing.assert_allclose(value, [2, 4, 6], atol=1e-4)


def test_two_margins_agree_with_classical_proportional_fitting() -> None:
    prior = np.array([[4.0, 1.0], [2.0, 3.0]])
    fitted = prior.copy()
    for _ in range(500):
        fitted *= (np.array([6.0, 4.0]) / fitted.sum(1))[:, None]
        fitted *= np.array([7.0, 3.0]) / fitted.sum(0)
    value = _table(prior.ravel().tolist(), [_exact("r", [0, 0, 1, 1], [6, 4]), _exact("c", [0, 1, 0, 1], [7, 3])])
    np.testing.assert_allclose(value.reshape(2, 2), fitted, atol=1e-3)


def test_a_cell_at_its_bound_leaves_the_rest_to_the_others() -> None:
    value = _table([1.0, 1.0, 8.0], [_exact("sum", [0, 0, 0], [16.0])], high=10.0)
    np.testing.assert_allclose(value, [3, 3, 10], atol=1e-3)


def test_a_sum_within_its_bounds_is_hardly_moved() -> None:
    margin = Margin("wide", np.array([0, 0]), np.array([0.0]), np.array([1e6]))
    value = balance(np.array([3.0, 4.0]), np.ones(2), np.zeros(2), np.full(2, 10.0), [margin]).value
    assert ((value >= 0) & (value <= 10)).all()


def test_a_cell_of_small_variance_moves_less() -> None:
    margin = _exact("sum", [0, 0], [22.0])
    value = balance(np.array([10.0, 10.0]), np.array([0.1, 1.0]), np.zeros(2), np.full(2, 99.0), [margin]).value
    assert value[0] - 10 < (value[1] - 10) / 5
    assert value.sum() == pytest.approx(22, abs=1e-3)


def test_an_impossible_sum_is_reported_not_hidden() -> None:
    found = balance(np.array([5.0]), np.ones(1), np.zeros(1), np.array([9.0]), [_exact("sum", [0], [20.0])])
    assert found.value[0] == pytest.approx(9)
    assert found.misses["sum"] == pytest.approx(11)


@given(st.integers(0, 10_000), st.integers(2, 5), st.integers(2, 6))
def test_margins_of_any_feasible_table_are_met_within_bounds(seed: int, rows: int, columns: int) -> None:
    random = np.random.default_rng(seed)
    truth = random.uniform(1, 39, (rows, columns))
    row, column = (index.ravel() for index in np.indices(truth.shape))
    margins = [
        Margin("rows", row, truth.sum(1), truth.sum(1)),
        Margin("columns", column, truth.sum(0) - 5, truth.sum(0) + 4),
    ]
    prior = random.uniform(1, 39, truth.size)
    found = balance(prior, np.ones(truth.size), np.ones(truth.size), np.full(truth.size, 39.0), margins)
    assert max(found.misses.values()) < 0.01
    assert (found.value >= 1).all() and (found.value <= 39).all()
