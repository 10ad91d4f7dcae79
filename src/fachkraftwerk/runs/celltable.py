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
AT_ONCE = frozenset({"gap_cumulated", "gap_commuting_closed", "demand", "supply", "structural_change"})


def samples(forecast: Any, indicator: str, qualification: str, at: int) -> Array:
    """Return a figure for every cell in one year [draw, cell]; ``at`` is the position of the year."""
    if hasattr(forecast, "cell_samples") and indicator in AT_ONCE:
        return np.asarray(forecast.cell_samples(indicator, qualification, at))
    members = getattr(forecast, "members", None)
    if members is None or indicator not in AT_ONCE:
        columns = [forecast.select(indicator, qualification, level, occupation)[:, at] for occupation, level in CELLS]
        return np.stack(columns, axis=1)
    parts = QUALIFICATION_PARTS[qualification]
    return np.asarray(sum(member.cells(indicator, parts, [at])[:, 0] for member in members))


def estimated(forecast: Any, qualification: str) -> Array:
    """Return the estimated share of the base workforce of every cell [cell]."""
    if hasattr(forecast, "cell_estimates"):
        return np.asarray(forecast.cell_estimates(qualification))
    if getattr(forecast, "members", None) is None:
        return np.array([forecast.estimated_share(qualification, level, occupation) for occupation, level in CELLS])
    people, filled = workforce(forecast, qualification)
    return np.asarray(filled / np.maximum(people, 1e-9))


def workforce(forecast: Any, qualification: str) -> tuple[Array, Array]:
    """Return the employed of the base year by cell, and how many of them had to be estimated [cell]."""
    if hasattr(forecast, "cell_samples"):
        central = np.asarray(forecast.cell_samples("demand", qualification, 0))[0]
        return central, central * estimated(forecast, qualification)
    parts, every = QUALIFICATION_PARTS[qualification], np.ones(len(CELLS))
    people = [member.workforce.sum(0) * member.stock_weight(parts, every) for member in forecast.members]
    filled = [one * member.filled for one, member in zip(people, forecast.members, strict=True)]
    return np.sum(people, axis=0), np.sum(filled, axis=0)
