"""Drift between occupations and levels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def yearly_drift(before: Array, after: Array, years: float) -> Array:
    """Return the yearly log change of shares. before, after: employees by occupation (or level)."""
    return np.asarray(np.log(after / after.sum()) - np.log(before / before.sum())) / years


def drift_path(drift: Array, pace: float, horizon: Array, damping: float) -> Array:
    """Return the cumulated log drift [..., year], damped. drift: [...]; horizon: [year]."""
    fading = pace * damping * (1 - damping**horizon) / (1 - damping)
    return np.asarray(drift[..., None] * fading)


def odds_drift(before: tuple[float, float], after: tuple[float, float], years: float) -> float:
    """Return the yearly change of the log odds of the first against the second of two numbers."""
    return float(np.log(after[0] / after[1] * before[1] / before[0]) / years)


def explained_odds(cells: Array, moved: Array, first: Array, second: Array) -> float:
    """Return the yearly change of the log odds that the drift between cells makes by itself.

    cells: employees; moved: their yearly log drift; first, second: share of the two qualifications, all [cell].
    """
    grown = cells * moved
    return float(grown @ first / (cells @ first) - grown @ second / (cells @ second))


def demand_cells(sectors: Array, staff: Array, factor: Array) -> Array:
    """Return demand [..., year, cell]: sectors staffed, shifted between cells, totals kept.

    sectors: growth factor of each sector [..., year, sector] against the base year; staff: employees [sector, cell]
    in the base year; factor: [..., year, cell] relative drift.
    """
    plain = sectors @ staff
    shifted = plain * factor
    return np.asarray(shifted * (plain.sum(-1, keepdims=True) / shifted.sum(-1, keepdims=True)))
