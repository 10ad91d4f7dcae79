"""Home and work: shares of the workforce of each Kreis by home, and the profile of those who live there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def home_shares(flows: Array, employed: Array, floor: float) -> Array:
    """Return the share of homes [home, work] among those who work in a Kreis; columns add up to one.

    flows: commuters [home, work], diagonal empty, of the year of ``employed`` [work]. Flows below ``floor`` are
    dropped (the publisher estimates them) and the others scaled to the same total of in-commuters.
    """
    kept = np.where(flows >= floor, flows, 0.0)
    incoming = np.minimum(flows.sum(0), 0.95 * employed)
    scale = incoming / np.maximum(kept.sum(0), 1e-9)
    shares = kept * scale / np.maximum(employed, 1e-9)
    np.fill_diagonal(shares, 1 - shares.sum(0))
    return np.asarray(shares)


def residents(shares: Array, workforce: Array) -> Array:
    """Bring workers home: residents in employment [home, group] from the workforce [work, group]."""
    return shares @ workforce


def workplaces(shares: Array, workforce: Array) -> Array:
    """Return where residents work: share [work, home, group]; adds up to one over work."""
    carried = np.swapaxes(shares[:, :, None] * workforce[None], 0, 1)
    return np.asarray(carried / np.maximum(carried.sum(0, keepdims=True), 1e-9))
