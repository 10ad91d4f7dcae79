"""All occupations × levels of one year at once: the same figures as ``select`` cell by cell, a hundred times faster."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import LEVELS, OCCUPATIONS, QUALIFICATION_PARTS

Array = NDArray[np.float64]
#: Cell number → (occupation, level).
CELLS: tuple[tuple[str, str], ...] = tuple((occupation, level) for occupation in OCCUPATIONS for level in LEVELS)
#: Figures that a forecast answers for all cells in one product; the others are asked one by one.
_AT_ONCE = {"gap_cumulated", "gap_commuting_closed", "demand", "structural_change"}


def samples(forecast: Any, indicator: str, qualification: str, at: int) -> Array:
    """Return a figure for every cell in one year [draw, cell]; ``at`` is the position of the year."""
    if hasattr(forecast, "cell_samples") and indicator in _AT_ONCE:
        return np.asarray(forecast.cell_samples(indicator, qualification, at))
    members = getattr(forecast, "members", None)
    if members is None or indicator not in _AT_ONCE:
        columns = [forecast.select(indicator, qualification, level, occupation)[:, at] for occupation, level in CELLS]
        return np.stack(columns, axis=1)
    parts = QUALIFICATION_PARTS[qualification]
    return np.asarray(sum(member.cells(indicator, parts, [at])[:, 0] for member in members))


def estimated(forecast: Any, qualification: str) -> Array:
    """Return the estimated share of the base workforce of every cell [cell]."""
    if hasattr(forecast, "cell_estimates"):
        return np.asarray(forecast.cell_estimates(qualification))
    return np.array([forecast.estimated_share(qualification, level, occupation) for occupation, level in CELLS])
