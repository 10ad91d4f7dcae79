"""Time path of a measure: start, ramp-up, full effect, fade-out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.model.measures.place import Array


@dataclass(frozen=True)
class Timing:
    """``start`` year of the first effect, ``ramp`` years until full effect, ``duration`` years it runs, ``fade`` years out."""

    start: int
    ramp: int = 2
    duration: int = 10
    fade: int = 2

    def path(self, years: NDArray[np.int64]) -> Array:
        """Return the share of the full effect in each year, 0 to 1."""
        since = years - self.start + 1.0
        rise = np.clip(since / max(self.ramp, 1), 0.0, 1.0)
        over = years - (self.start + self.duration) + 1.0
        fall = np.clip(1 - over / (self.fade + 1), 0.0, 1.0)
        return np.asarray(rise * np.where(over > 0, fall, 1.0))

    def running(self, years: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell in which years the measure is paid for."""
        return np.asarray((years >= self.start) & (years < self.start + self.duration))


def accumulate(flow: Array, stay: Array) -> Array:
    """Add yearly flows [draw, year] up to a stock of which the share ``stay`` [draw] remains from year to year."""
    stock = np.zeros_like(flow)
    stock[:, 0] = flow[:, 0]
    for year in range(1, flow.shape[1]):
        stock[:, year] = stock[:, year - 1] * stay + flow[:, year]
    return stock


def delay(flow: Array, years: Array) -> Array:
    """Shift flows [draw, year] by ``years`` [draw]; parts of a year split between two."""
    whole = np.floor(years).astype(int)
    part = years - whole
    position = np.arange(flow.shape[1])[None, :] - whole[:, None]
    rows = np.arange(len(flow))[:, None]
    early = np.where(position >= 0, flow[rows, np.maximum(position, 0)], 0.0)
    late = np.where(position >= 1, flow[rows, np.maximum(position - 1, 0)], 0.0)
    return np.asarray(early * (1 - part[:, None]) + late * part[:, None])
