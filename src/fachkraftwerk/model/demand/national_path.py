"""Employment of Germany: residents of working age, and the share of them in employment.

The growth of the last years fades into what people and their share in employment allow: the share goes on rising as it
did, on the logit scale, so it never passes one; the number of residents follows the population step. Jobs per head of
working age and an outlook on heads are how the labour force drives total employment in official projections (BLS
Employment Projections). The same function makes the published forecast and is judged by the back-test.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Momentum:
    """What the years up to the origin show of Germany."""

    recent: float  # yearly log growth of employees over the last years
    rate: float  # employees per resident of working age at the origin
    trend: float  # yearly log growth of this rate


def momentum(employees: Array, growth: Array, residents: float, recent: int, window: int) -> Momentum:
    """Read the momentum off ``employees`` [year up to the origin].

    growth: log growth of residents of working age that leads to each year [year], free of census breaks; residents:
    their number at the origin; recent, window: years for the growth of employees and of the rate, fewer where the
    series is shorter.
    """
    logs = np.log(employees)
    short, long = (min(years, len(logs) - 1) for years in (recent, window))
    trend = (logs[-1] - logs[-1 - long] - growth[len(growth) - long :].sum()) / long
    rate = min(float(employees[-1] / residents), 0.99)
    return Momentum(float(logs[-1] - logs[-1 - short]) / short, rate, float(trend))


def growth_path(now: Momentum, people: Array, fading: float) -> Array:
    """Return the cumulated log growth of employment [years ahead + 1], 0 at the origin.

    people: log growth of residents of working age in each year ahead [years ahead]; fading: share of the recent growth
    that is still there a year later.
    """
    ahead = np.arange(len(people) + 1.0)
    logit = np.log(now.rate / (1 - now.rate)) + now.trend / (1 - now.rate) * ahead
    settled = np.diff(-np.log1p(np.exp(-logit))) + people
    weight = fading ** ahead[1:]
    return np.concatenate([[0.0], np.cumsum(weight * now.recent + (1 - weight) * settled)])


def national_spread(employees: Array, window: int, horizon: float, power: float) -> float:
    """Return the log spread ``horizon`` years ahead where the growth was read from ``window`` years.

    The mean growth of the seven years to come differs from that of the window as means of two windows of yearly growth
    do: s·√(2/window) a year, s the standard deviation of all yearly changes known at the origin. Booms and slumps last:
    the spread grows with time to ``power``.
    """
    yearly = np.diff(np.log(employees)).std(ddof=1)
    return float(yearly * np.sqrt(2 / window) * 7 * (horizon / 7) ** power)
