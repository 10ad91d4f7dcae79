"""Sectors of Kreise: what lasts of a Kreis's own deviation from its sector in Germany, and how far such series spread.

The kept share is the regression of the deviation of one year on that of the year before, over all Kreise and sectors.
It is so small (docs/backtest.md) that the forecast lets a sector of a Kreis follow the sector in Germany and the Kreis
as a whole, and nothing else.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Names = NDArray[np.object_]
#: Half-widths of the central 50 % and 80 % of a normal distribution, in standard deviations.
HALF_50, HALF_80 = 0.6745, 1.2816
#: Bins of equal count by size, from which the spread is read.
BINS = 20


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


def spread(past: Array, sector: Names, horizon: int) -> Array:
    """Return the log spread of each series about its sector's path ``horizon`` years on, by its size [series].

    Small series jump more: the yearly variance is fitted as a + b / persons over bins of equal count by size. Within a
    bin the spread is the mean of what the middle 50 % and the middle 80 % of the steps say: tails are heavy, and single
    plants that open or close would rule a standard deviation. It grows with time as it did from one year to two.
    """
    steps = (np.diff(np.log(past), axis=1) - national_step(past, sector)[:, None]).ravel()
    inverse = 1 / past[:, :-1].ravel()
    bins = np.array_split(np.argsort(inverse), min(BINS, max(2, len(steps) // 10)))
    seen = np.array([_scale(steps[one]) ** 2 for one in bins])
    weight = 1 / np.maximum(seen, 1e-9)  # relative errors of a variance are alike in every bin
    design = np.column_stack([np.ones(len(bins)), [inverse[one].mean() for one in bins]])
    a, b = np.maximum(np.linalg.lstsq(design * weight[:, None], seen * weight, rcond=None)[0], [1e-5, 0])
    return np.asarray(np.sqrt(a + b / past[:, -1]) * horizon ** growth_of_spread(past, sector))


def growth_of_spread(past: Array, sector: Names) -> float:
    """Return the power with which the spread grows with the years, from steps of two years against steps of one."""
    steps = np.diff(np.log(past), axis=1)
    steps = steps - np.stack([national_step(past[:, t : t + 2], sector) for t in range(steps.shape[1])], axis=1)
    one, two = _scale(steps.ravel()), _scale((steps[:, 1:] + steps[:, :-1]).ravel())
    return float(np.log2(max(two, 1e-9) / max(one, 1e-9)))


def _scale(steps: Array) -> float:
    """Standard deviation of a normal distribution whose central 50 % and 80 % are, on average, as wide as these."""
    middle, most = np.quantile(np.abs(steps), [0.5, 0.8])
    return float((middle / HALF_50 + most / HALF_80) / 2)
