"""Employment of Germany: residents of working age, and the share of them in employment.

The growth of the last years fades into what people and their share in employment allow: the share goes on rising as it
did, on the logit scale, so it never passes one, or stays where it fell; the number of residents follows the population
step. Jobs per head of working age and an outlook on heads are how the labour force drives total employment in official
projections (BLS Employment Projections). The same function makes the published forecast and is judged by the back-test.
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
    rising = max(now.trend, 0.0)  # a share that fell is people out of work, no trend: the recent growth carries it
    logit = np.log(now.rate / (1 - now.rate)) + rising / (1 - now.rate) * ahead
    settled = np.diff(-np.log1p(np.exp(-logit))) + people
    weight = fading ** ahead[1:]
    return np.concatenate([[0.0], np.cumsum(weight * now.recent + (1 - weight) * settled)])


def national_spread(employees: Array, autocorrelation: float, persistence: float, horizon: int) -> float:
    """Return the log spread ``horizon`` years ahead, from the yearly changes in ``employees`` [year up to the origin].

    Their ``unrest`` times the error that a growth of unit variance piles up (``piled_up``).
    """
    return unrest(employees, autocorrelation) * piled_up(autocorrelation, persistence, horizon)


def unrest(employees: Array, autocorrelation: float) -> float:
    """Return the log standard deviation of yearly changes, widened for how little a few alike years tell (``sampled``)."""
    yearly = np.diff(np.log(employees))
    return float(yearly.std(ddof=1) * sampled(len(yearly), autocorrelation))


def piled_up(autocorrelation: float, persistence: float, horizon: int) -> float:
    """Return the standard deviation of the sum of ``horizon`` unforeseen yearly changes of unit variance.

    A change is a lasting part, first-order autoregressive with ``persistence``, and a passing one of its own in every
    year; the ``autocorrelation`` of a year with the next one tells how much of the variance is the lasting part
    (unobserved components, Harvey 1989).
    """
    lasting = min(autocorrelation / persistence, 1.0)
    ahead = np.arange(1.0, horizon + 1)
    swing = (1 - persistence**ahead) / (1 - persistence)
    variance = lasting * (1 - persistence**2) * (swing**2).sum() + (1 - lasting) * horizon
    return float(np.sqrt(variance))


def sampled(years: int, autocorrelation: float) -> float:
    """Return by how much a standard deviation from ``years`` autocorrelated changes has to be widened.

    Years that resemble each other show too little of the variance (exact expectation under first-order autoregression)
    and count for fewer than they are (Bartlett 1946: (1 − ρ²) / (1 + ρ²)); a variance from so few makes a Student
    distribution of the normal one, whose 80 % range is taken.
    """
    from scipy import special

    apart = np.arange(1, years)
    alike = 1 + 2 * float(((1 - apart / years) * autocorrelation**apart).sum())
    unseen = np.sqrt((years - 1) / (years - alike))
    freedom = max(years * (1 - autocorrelation**2) / (1 + autocorrelation**2) - 1, 1.0)
    return float(unseen * special.stdtrit(freedom, 0.9) / special.ndtri(0.9))


def memory(employees: Array) -> float:
    """Return the autocorrelation of the yearly changes: regression on the year before, Kendall's (1954) correction."""
    yearly = np.diff(np.log(employees))
    pairs = len(yearly) - 1
    slope = float(np.polyfit(yearly[:-1], yearly[1:], 1)[0])
    return float(np.clip((slope * pairs + 1) / (pairs - 3), 0.0, 0.95))
