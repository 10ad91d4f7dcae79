"""Mortality: national life tables with improvement, and the level of the Kreis."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def mortality_trend(tables: Array, periods: Array) -> Array:
    """Return the yearly change of ln qx, least squares over ``periods``, smoothed over ages.

    tables: qx [period, sex, age]; periods: mid years. Returns [sex, age]; never a deterioration.
    """
    logs = np.log(np.maximum(tables, 1e-7))
    centred = periods - periods.mean()
    slope = np.tensordot(centred, logs - logs.mean(0), 1) / (centred**2).sum()
    kernel = np.hanning(13) / np.hanning(13).sum()
    padded = np.pad(slope, ((0, 0), (6, 6)), mode="edge")
    smooth = np.array([np.convolve(row, kernel, "valid") for row in padded])
    return np.asarray(np.minimum(smooth, 0.0))


def mortality_path(
    table: Array, trend: Array, years: NDArray[np.int64], origin: float, damping: float, pace: float
) -> Array:
    """Carry a life table on: qx [sex, age, year] with a damped log-linear improvement since ``origin``.

    table, trend: [sex, age].
    """
    ahead = np.maximum(years - origin, 0.0)
    steps = (1 - damping**ahead) / (1 - damping) if damping < 1 else ahead
    return np.asarray(np.clip(table[..., None] * np.exp(pace * trend[..., None] * steps), 0.0, 1.0))


def mortality_level(deaths: Array, expected: Array, land: NDArray[np.int64], prior: float) -> Array:
    """Return the mortality level of each Kreis relative to Germany, drawn towards its Land.

    deaths, expected: [Kreis]; land: index [Kreis]; prior: deaths at which Kreis and Land weigh the same.
    Gamma-Poisson shrinkage (Clayton and Kaldor 1987).
    """
    size = int(land.max()) + 1
    level = np.bincount(land, deaths, size) / np.maximum(np.bincount(land, expected, size), 1e-9)
    return (deaths + prior * level[land]) / (expected + prior)
