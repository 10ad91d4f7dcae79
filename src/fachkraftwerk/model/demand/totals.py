"""Employment in total: national path, deviation of the Kreis, reconciliation."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def growth_path(recent: float, long_run: float, weight: float, horizon: Array, damping: float) -> Array:
    """Return cumulated log growth: recent growth fades into the weighted long-run growth. horizon: [year]."""
    fading = damping * (1 - damping**horizon) / (1 - damping)
    settled = weight * long_run
    return np.asarray(settled * horizon + (recent - settled) * fading)


def deviation_path(deviation: Array, persistence: float, horizon: Array, damping: float) -> Array:
    """Return the cumulated log deviation [Kreis, year] of Kreise that grew faster or slower than the rest.

    deviation: yearly log growth above the national one in the past [Kreis].
    """
    fading = damping * (1 - damping**horizon) / (1 - damping)
    return persistence * deviation[:, None] * fading[None]


def reconcile(levels: Array, national: Array, base: Array) -> Array:
    """Let the Kreise add up to the national path: trace-minimising with error variance in proportion to size.

    levels: [Kreis, year]; national: [year]; base: [Kreis] weights. With variances in proportion to size (structural
    scaling, Hyndman et al. 2011; Wickramasuriya et al. 2019) and the national path held, every Kreis takes a share of
    the gap that is in proportion to its size.
    """
    gap = national - levels.sum(0)
    return np.asarray(levels + base[:, None] / base.sum() * gap[None])
