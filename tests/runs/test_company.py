"""Sums over cells: the same bits alone and in company."""

from __future__ import annotations

import numpy as np
import pytest

from fachkraftwerk.runs.company import picked, products

ROWS = np.random.default_rng(4).random((300, 144))
WEIGHTS = np.random.default_rng(5).random((7, 144))


@pytest.mark.parametrize("size", [1, 2, 3, 15, 16, 17, 255])
@pytest.mark.parametrize("rows", [ROWS, np.asfortranarray(ROWS)])
def test_a_row_has_the_same_bits_beside_any_number_of_others(rows: np.ndarray, size: int) -> None:
    some = slice(17, 17 + size)
    assert np.array_equal(products(rows[some], WEIGHTS), products(ROWS, WEIGHTS)[some])
    assert np.array_equal(products(rows[some], WEIGHTS[0]), products(ROWS, WEIGHTS[0])[some])


def test_products_are_those_of_matrices() -> None:
    assert np.allclose(products(ROWS, WEIGHTS), ROWS @ WEIGHTS.T, rtol=1e-13)
    assert np.allclose(products(ROWS.reshape(30, 10, 144), WEIGHTS), ROWS.reshape(30, 10, 144) @ WEIGHTS.T, rtol=1e-13)


def test_picked_columns_lie_side_by_side() -> None:
    found = picked(ROWS, np.array([3, 3, 5]))
    assert np.array_equal(found, ROWS[:, [3, 3, 5]])
    assert found.flags.c_contiguous
