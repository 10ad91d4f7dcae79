"""Sums over cells that give a draw the same bits alone and in company.

Matrix products take other paths for one row than for many, and for arrays that lie otherwise in memory; the last bits then
depend on how many draws stand beside a draw. Here every number is one scalar product over adjacent numbers.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def products(rows: Array, weights: Array) -> Array:
    """Return the product of each row [..., c] with each weight [w, c]: [..., w]; with one weight [c]: [...]."""
    adjacent = np.ascontiguousarray(rows)
    return np.asarray(np.vecdot(adjacent if weights.ndim == 1 else adjacent[..., None, :], weights))


def picked(rows: Array, places: NDArray[np.int64]) -> Array:
    """Return columns of rows [draw, column], adjacent in memory for each draw."""
    return np.take(rows, places, axis=1)
