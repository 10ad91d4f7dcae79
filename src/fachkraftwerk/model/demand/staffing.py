"""Staffing matrix: which occupations and levels a sector employs, estimated from the cross-section of Kreise."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def estimate(sectors: Array, cells: Array) -> Array:
    """Return the share of each cell in the staff of a sector [sector, cell]; rows add up to one.

    sectors: employees [Kreis, sector]; cells: employees [Kreis, cell]. Non-negative least squares over Kreise,
    weighted by 1/√size so that large cities do not rule, then iterative proportional fitting to the national sectors
    and cells.
    """
    from scipy.optimize import nnls

    weight = 1 / np.sqrt(sectors.sum(1))
    left = sectors * weight[:, None]
    found = np.stack([nnls(left, cells[:, cell] * weight)[0] for cell in range(cells.shape[1])], axis=1)
    start = (found + 1e-5) * sectors.sum(0)[:, None]
    fitted = fit(start[None], sectors.sum(0)[None], cells.sum(0)[None] * sectors.sum() / cells.sum(), 300)[0]
    return np.asarray(fitted / fitted.sum(1, keepdims=True))


def fit(start: Array, rows: Array, columns: Array, rounds: int = 40) -> Array:
    """Fit matrices [Kreis, sector, cell] to row sums [Kreis, sector] and column sums [Kreis, cell].

    Iterative proportional fitting (Deming and Stephan 1940); the columns are met exactly.
    """
    matrix = start.copy()
    for _ in range(rounds):
        matrix *= (rows / np.maximum(matrix.sum(2), 1e-12))[:, :, None]
        matrix *= (columns / np.maximum(matrix.sum(1), 1e-12))[:, None, :]
    return matrix


def explained(sectors: Array, cells: Array, staffing: Array) -> Array:
    """Return R² by cell of the prediction sectors @ staffing, on shares of employment [cell]."""
    size = cells.sum(1, keepdims=True)
    seen, said = cells / size, sectors @ staffing / sectors.sum(1, keepdims=True)
    varied = ((seen - seen.mean(0)) ** 2).sum(0)
    return np.asarray(np.where(varied > 0, 1 - ((seen - said) ** 2).sum(0) / np.maximum(varied, 1e-30), 0.0))
