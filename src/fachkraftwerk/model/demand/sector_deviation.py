"""Sectors of Kreise: the sector's national path, and the Kreis's own deviation shrunk to what lasts.

The kept share is the regression of the deviation of one year on that of the year before, over all Kreise and sectors:
with three years of data it is the only thing they can say about staying power.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Names = NDArray[np.object_]
#: Bins of equal count by size, from which the spread is read.
BINS = 20


def sector_path(past: Array, sector: Names, horizon: int) -> tuple[Array, Array]:
    """Forecast log growth over ``horizon`` years of each series (Kreis × sector) and its log spread.

    Parameters: ``past`` persons (series, years), all positive; ``sector`` name of each series.
    The deviation decays geometrically: what is kept of it in year j is kept_share**j. A wrong path is wrong every year,
    so the spread grows in proportion to time.
    """
    years = past.shape[1] - 1
    drift = national_step(past, sector)
    deviation = np.log(past[:, -1] / past[:, 0]) / years - drift
    kept = kept_share(past, sector)
    decay = sum(kept**year for year in range(1, horizon + 1))
    return horizon * drift + decay * deviation, _spread(past, sector) * horizon


def kept_share(past: Array, sector: Names) -> float:
    """Return the share of a deviation that is still there a year later, 0 to 1; large series weigh more."""
    steps = np.diff(np.log(past), axis=1)
    steps = steps - np.stack([national_step(past[:, t : t + 2], sector) for t in range(steps.shape[1])], axis=1)
    weight = np.sqrt(past[:, :1])
    before, after = (steps[:, :-1] * weight).ravel(), (steps[:, 1:] * weight).ravel()
    return float(np.clip((before * after).sum() / (before**2).sum(), 0, 1))


def national_step(past: Array, sector: Names) -> Array:
    """Return the yearly log growth of each series' sector, summed over all series of that sector."""
    step = np.zeros(len(past))
    for name in np.unique(sector):
        mask = sector == name
        total = past[mask].sum(axis=0)
        step[mask] = np.log(total[-1] / total[0]) / (past.shape[1] - 1)
    return step


def _spread(past: Array, sector: Names) -> Array:
    """Yearly log spread of a series about its sector's path, by its size: small series jump more.

    Fitted as variance = a + b / persons over bins of equal count by size. Within a bin the spread is 1.4826 times the
    median absolute step: openings and closures of single plants are another matter and would widen every range.
    """
    steps = (np.diff(np.log(past), axis=1) - national_step(past, sector)[:, None]).ravel()
    inverse = 1 / past[:, :-1].ravel()
    bins = np.array_split(np.argsort(inverse), min(BINS, max(2, len(steps) // 10)))
    seen = np.array([(1.4826 * np.median(np.abs(steps[one]))) ** 2 for one in bins])
    weight = 1 / np.maximum(seen, 1e-9)  # relative errors of a variance are alike in every bin
    design = np.column_stack([np.ones(len(bins)), [inverse[one].mean() for one in bins]])
    a, b = np.maximum(np.linalg.lstsq(design * weight[:, None], seen * weight, rcond=None)[0], [1e-5, 0])
    spread: Array = np.sqrt(a + b / past[:, -1])
    return spread
