"""Sector paths of each Kreis inside its total."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def relative_trend(history: Array, years: Array) -> Array:
    """Return the yearly log growth of sectors above the total. history: national employees [year, sector]."""
    logs = np.log(history / history.sum(1, keepdims=True))
    centred = years - years.mean()
    return np.asarray((centred[:, None] * (logs - logs.mean(0))).sum(0) / (centred**2).sum())


def paths(shares: Array, trend: Array, totals: Array, horizon: Array, damping: float, pace: float) -> Array:
    """Return employees [Kreis, sector, year]: shares drift with the national trend, totals are met.

    shares: of sectors in the base year [Kreis, sector]; trend: [sector]; totals: [Kreis, year]; horizon: [year].
    """
    fading = pace * damping * (1 - damping**horizon) / (1 - damping)
    drifted = shares[:, :, None] * np.exp(trend[:, None] * fading[None])[None]
    return np.asarray(drifted / drifted.sum(1, keepdims=True) * totals[:, None, :])


def fill_secret(values: Array, totals: Array, national: Array) -> Array:
    """Fill suppressed sectors (nan) of a Kreis with what its total leaves, split as in Germany.

    values: [Kreis, sector]; totals: [Kreis]; national: [sector].
    """
    secret = np.isnan(values)
    left = np.maximum(totals - np.where(secret, 0.0, values).sum(1), 0.0)
    split = np.where(secret, national, 0.0)
    return np.where(secret, left[:, None] * split / np.maximum(split.sum(1, keepdims=True), 1e-9), values)
