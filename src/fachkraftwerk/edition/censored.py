"""Log-linear model of a table of which small cells are hidden, fitted by expectation–maximisation.

Method: iterative proportional fitting for the main structure (Deming and Stephan 1940; Bishop, Fienberg and Holland
1975), expectation step for cells that are only known to lie below a threshold (Dempster, Laird and Rubin 1977),
with the mean of a truncated log-normal variable. Interactions of Kreis and occupation with level and age are log
means of the residuals, pulled towards none where few cells are published. The loop starts from the size of the Kreis
and the national profile and is stopped early, so that this start still speaks where nothing at all is published.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

#: Axes summed away for the margins (Kreis × occupation, occupation × level × age, Kreis × level, Kreis × age).
_MARGINS: tuple[tuple[int, ...], ...] = ((2, 3), (0,), (1, 3), (1, 2))
#: Axes over which residuals are averaged: what remains is Kreis × occupation × level, and × age.
_INTERACTIONS = (3, 2)


@dataclass(frozen=True)
class Censored:
    """Expected value and variance of each hidden cell (persons; zero elsewhere), and the last change made."""

    mean: Floats
    variance: Floats
    change: float


def fit(
    published: Floats, hidden: Flags, low: float, high: float, spread: float, hidden_weight: float, pull: float,
    rounds: int,
) -> Censored:  # fmt: skip
    """Return what is expected in the hidden cells of ``published`` (Kreis, occupation, level, age; persons).

    Hidden cells lie in [low, high]; cells that are neither published nor hidden are zero for certain.
    """
    filled = published.copy()
    filled[hidden] = truncated(profile(published, hidden)[hidden], spread, low, high)[0]
    fitted = (filled > 0).astype(float)
    weight = np.where(hidden, hidden_weight, (published > 0).astype(float))
    variance, change = np.zeros_like(filled), np.inf
    for _ in range(rounds):
        fitted = _proportional(filled, _proportional(filled, fitted))
        expected = _interactions(filled, fitted, weight, pull)
        mean, spread_sq = truncated(expected[hidden], spread, low, high)
        change = float(np.abs(mean - filled[hidden]).max(initial=0.0))
        filled[hidden], variance[hidden] = mean, spread_sq
    return Censored(np.where(hidden, filled, 0.0), variance, change)


def profile(published: Floats, hidden: Flags) -> Floats:
    """Return Kreis size × national profile of occupation, level and age, from the published cells alone."""
    shares = published.sum(0) / published.sum()
    seen = (shares[None] * ~hidden).sum((1, 2, 3))
    size = np.divide(published.sum((1, 2, 3)), seen, out=np.zeros_like(seen), where=seen > 0)
    return np.asarray(size[:, None, None, None] * shares)


def truncated(mean: Floats, spread: float, low: float, high: float) -> tuple[Floats, Floats]:
    """Return mean and variance of log-normal variables (``mean``, log standard deviation) within [low, high]."""
    centre = np.log(np.maximum(mean, 1e-9)) - spread**2 / 2
    below, above = (np.log(low) - centre) / spread, (np.log(high) - centre) / spread
    mass = ndtr(above) - ndtr(below)
    first = mean * (ndtr(above - spread) - ndtr(below - spread))
    second = mean**2 * np.exp(spread**2) * (ndtr(above - 2 * spread) - ndtr(below - 2 * spread))
    safe = mass > 1e-9
    edge = np.where(below > 0, low, high)
    inside = np.clip(np.divide(first, mass, out=edge.astype(float), where=safe), low, high)
    square = np.divide(second, mass, out=inside**2, where=safe)
    return inside, np.maximum(square - inside**2, 1.0)


def _proportional(target: Floats, fitted: Floats) -> Floats:
    for axes in _MARGINS:
        wanted, have = target.sum(axes, keepdims=True), fitted.sum(axes, keepdims=True)
        fitted = fitted * np.divide(wanted, have, out=np.zeros_like(wanted), where=have > 0)
    return fitted


def _interactions(filled: Floats, fitted: Floats, weight: Floats, pull: float) -> Floats:
    expected = fitted
    for axis in _INTERACTIONS:
        ratio = np.divide(filled, expected, out=np.ones_like(filled), where=(expected > 0) & (filled > 0))
        pulled = (np.log(np.maximum(ratio, 1e-3)) * weight).sum(axis, keepdims=True)
        expected = expected * np.exp(pulled / (weight.sum(axis, keepdims=True) + pull))
    return expected
