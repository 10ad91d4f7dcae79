"""Bounded maximum entropy: the table closest to what is expected that meets bounds and margins.

Minimises Σ (x log(x/p) − x + p) / w subject to low ≤ x ≤ high and margins low_g ≤ Σ x ≤ high_g. Its solution has the
form x = clip(p · exp(w · Σ λ), low, high); the multipliers λ are found by cyclic ascent, margin by margin (iterative
proportional fitting with bounds: Darroch and Ratcliff 1972, Bregman 1967). A cell with a large weight ``w`` gives way
more easily; w = variance / p makes it yield in proportion to its variance.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
_REACH = 60.0  # no multiplier can matter beyond: every cell has met its bound long before
_STEPS = 60


@dataclass(frozen=True)
class Margin:
    """A family of disjoint sums: ``group`` of each cell (−1 = in none), bounds of each group's sum in persons."""

    name: str
    group: Integers
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Balanced:
    """Cells that meet the margins, sweeps needed, largest miss of each family in persons."""

    value: Floats
    sweeps: int
    misses: dict[str, float]


def balance(
    prior: Floats, weight: Floats, low: Floats, high: Floats, margins: Sequence[Margin], tolerance: float = 0.01,
    sweeps: int = 2000,
) -> Balanced:  # fmt: skip
    """Return the cells (1-dimensional) closest to ``prior`` under bounds and margins.

    Stops when every sum is met within ``tolerance`` persons, or after ``sweeps`` rounds (see ``misses``).
    """
    centre, value = np.log(np.maximum(prior, 1e-9)), np.clip(prior, low, high)
    multipliers = [np.zeros(len(margin.low)) for margin in margins]
    tilt = np.zeros_like(centre)
    done, misses = 0, {"": np.inf}
    while done < sweeps and max(misses.values(), default=0.0) > tolerance:
        done += 1
        for margin, multiplier in zip(margins, multipliers, strict=True):
            tilt -= _spread(multiplier, margin.group)
            multiplier[:] = _solve(centre, weight, low, high, tilt, margin, multiplier)
            tilt += _spread(multiplier, margin.group)
        value = np.clip(np.exp(centre + weight * tilt), low, high)
        misses = {margin.name: miss(value, margin) for margin in margins}
    return Balanced(value, done, misses)


def miss(value: Floats, margin: Margin) -> float:
    """Return by how many persons the worst sum of a family lies outside its bounds."""
    total = _sums(value, margin)
    return float(np.maximum(np.maximum(margin.low - total, total - margin.high), 0.0).max(initial=0.0))


def _sums(value: Floats, margin: Margin) -> Floats:
    inside = margin.group >= 0
    return _added(margin.group[inside], value[inside], len(margin.low))


def _added(group: Integers, value: Floats, size: int) -> Floats:
    return np.bincount(group, value, minlength=size).astype(float)


def _spread(multiplier: Floats, group: Integers) -> Floats:
    return np.where(group >= 0, multiplier[group], 0.0)


def _solve(
    centre: Floats, weight: Floats, low: Floats, high: Floats, tilt: Floats, margin: Margin, start: Floats
) -> Floats:
    """Return the multipliers that put every sum of a family inside its bounds (zero where it lies there anyway)."""
    cells = np.flatnonzero(margin.group >= 0)
    group = margin.group[cells]
    base, pace = centre[cells] + weight[cells] * tilt[cells], weight[cells]
    least, most = low[cells], high[cells]

    def sums(multiplier: Floats) -> tuple[Floats, Floats]:
        raw = np.exp(np.minimum(base + pace * multiplier[group], 30.0))
        value = np.clip(raw, least, most)
        slope = np.where(value == raw, pace * value, 0.0)
        return _added(group, value, len(margin.low)), _added(group, slope, len(margin.low))

    free, _ = sums(np.zeros(len(margin.low)))
    wanted = np.clip(free, margin.low, margin.high)
    return np.where(free == wanted, 0.0, _root(sums, wanted, start))


def _root(sums: Callable[[Floats], tuple[Floats, Floats]], wanted: Floats, start: Floats) -> Floats:
    """Newton's method kept inside a bracket, for all groups at once."""
    left, right = np.full_like(wanted, -_REACH), np.full_like(wanted, _REACH)
    point = start.copy()
    for _ in range(_STEPS):
        have, slope = sums(point)
        short = have < wanted
        left, right = np.where(short, point, left), np.where(short, right, point)
        step = point + np.divide(wanted - have, slope, out=np.full_like(wanted, np.inf), where=slope > 0)
        point = np.where((step > left) & (step < right), step, (left + right) / 2)
        if np.abs(wanted - have).max(initial=0.0) < 1e-6:
            break
    return point
