"""Employment of Kreise: a national path, and each Kreis's own deviation shrunk to what the past shows of its staying power.

A Kreis that outgrew Germany in the last years keeps only a part of its lead. How large that part is, is estimated by
regressing later deviations on earlier ones over all origins of the past (empirical shrinkage, as in small-area
forecasting); nothing is typed in by taste. Deviations are logs of the ratio to Germany.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Persistence:
    """What the past says about deviations ``horizon`` years on: kept share and spread per Kreis (log)."""

    kept: float
    spread: Array


def deviations(employment: Array) -> Array:
    """Return log deviations from Germany, shape (Kreise, years), from persons of the same shape."""
    logs: Array = np.log(employment) - np.log(employment.sum(axis=0))
    return logs


def persistence(deviation: Array, window: int, horizon: int) -> Persistence | None:
    """Estimate kept share and spread over all origins inside ``deviation`` (Kreise, years); None if there is no origin.

    Kept share = regression of D(t+h) − D(t) on D(t) − D(t−w) through the origin; spread = root mean square of its
    residuals, half a Kreis's own and half the common one, because eight origins alone would be too sure of themselves.
    """
    origins = range(window, deviation.shape[1] - horizon)
    if len(origins) == 0:
        return None
    past = np.stack([deviation[:, t] - deviation[:, t - window] for t in origins])
    later = np.stack([deviation[:, t + horizon] - deviation[:, t] for t in origins])
    kept = float((past * later).sum() / (past**2).sum())
    squares = (later - kept * past) ** 2
    return Persistence(kept, np.sqrt((squares.mean(axis=0) + squares.mean()) / 2))


def persistence_beyond(deviation: Array, window: int, horizon: int, spread_growth: float) -> Persistence:
    """Return ``persistence``; where the series is too short for ``horizon``, extend the longest one it carries.

    The kept share grows in proportion to time, the spread with time to the power ``spread_growth``.
    """
    for known in range(horizon, 0, -1):
        found = persistence(deviation, window, known)
        if found is not None and (known == horizon or known <= max(1, deviation.shape[1] - window - 3)):
            stretch = horizon / known
            return Persistence(found.kept * stretch, found.spread * stretch**spread_growth)
    raise ValueError("the series is shorter than its window")


def national_drift(total: Array, window: int) -> float:
    """Return the yearly log growth of ``total`` (years) over the last ``window`` years."""
    return float(np.log(total[-1] / total[-1 - window]) / window)


def national_spread(total: Array, window: int, horizon: int, memory: int) -> float:
    """Return the log spread ``horizon`` years ahead where the drift was read from the last ``window`` years.

    The yearly standard deviation s is that of the last ``memory`` yearly changes. The mean growth of the years to come
    differs from that of the window as the means of two windows differ, s·√(2/window), and it does so every year: the
    spread grows in proportion to time. Booms and slumps last, so it is no random walk.
    """
    yearly = np.diff(np.log(total))[-memory:].std(ddof=1)
    return float(yearly * horizon * np.sqrt(2 / window))


def regional_path(employment: Array, window: int, horizon: int, spread_growth: float) -> tuple[Array, Array]:
    """Forecast log growth of each Kreis over ``horizon`` years and the spread of its deviation from Germany.

    Parameters: ``employment`` persons (Kreise, years up to the origin), ``window`` years of recent trend.
    Returns two arrays (Kreise,): log growth, log spread of the regional part (the national part is not in it).
    """
    deviation = deviations(employment)
    kept = persistence_beyond(deviation, window, horizon, spread_growth)
    drift = national_drift(employment.sum(axis=0), window)
    lead = deviation[:, -1] - deviation[:, -1 - window]
    return horizon * drift + kept.kept * lead, kept.spread
