"""Employment in total: Kreise and the national path reconciled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def reconcile(levels: Array, national: Array, base: Array) -> Array:
    """Let the Kreise add up to the national path: trace-minimising with error variance in proportion to size.

    levels: [Kreis, year]; national: [year]; base: [Kreis] weights. With variances in proportion to size (structural
    scaling, Hyndman et al. 2011; Wickramasuriya et al. 2019) and the national path held, every Kreis takes a share of
    the gap that is in proportion to its size.
    """
    gap = national - levels.sum(0)
    return np.asarray(levels + base[:, None] / base.sum() * gap[None])
