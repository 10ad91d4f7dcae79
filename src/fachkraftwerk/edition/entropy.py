"""Bounded maximum entropy: the table closest to what is expected that meets bounds and margins.

Minimises Σ (x log(x/p) − x + p) / w + Σ s² / 2v subject to low ≤ x ≤ high and Σ x + s = margin, where s is the
rounding of a published margin (bounded, with variance v; none for exact margins). The solution has the form
x = clip(p · exp(w · Σ λ), low, high): iterative proportional fitting with bounds (Deming and Stephan 1940; Darroch
and Ratcliff 1972). The multipliers λ are found by Newton's method with line search on the concave dual (Bertsekas,
Nonlinear Programming, ch. 1.4 and 6), which needs some tens of steps where cyclic fitting needs thousands of rounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
_STEPS = 300
_HALVINGS = 40


@dataclass(frozen=True)
class Margin:
    """A family of disjoint sums: ``group`` of each cell (−1 = in none), bounds of each group's sum in persons."""

    name: str
    group: Integers
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Balanced:
    """Cells that meet the margins, steps needed, largest miss of each family in persons."""

    value: Floats
    steps: int
    misses: dict[str, float]


def balance(
    prior: Floats, weight: Floats, low: Floats, high: Floats, margins: Sequence[Margin], tolerance: float = 1e-4
) -> Balanced:
    """Return the cells (1-dimensional) closest to ``prior`` under bounds and margins.

    A cell with a large ``weight`` gives way more easily; weight = variance / prior makes it yield in proportion to its
    variance. Stops when every sum is met within ``tolerance`` persons; ``misses`` says if one could not be.
    """
    problem = _Problem(prior, weight, low, high, margins)
    multiplier, steps, damping = np.zeros(problem.size), 0, 1e-6
    state = problem.at(multiplier)
    while steps < _STEPS and np.abs(state.rest).max(initial=0.0) > tolerance:
        steps += 1
        better = _search(problem, multiplier, state, problem.step(state, damping))
        if better is None and damping > 1e6:
            break
        damping = min(damping * 10, 1e7) if better is None else max(damping / 10, 1e-9)
        multiplier, state = (multiplier, state) if better is None else better
    return Balanced(state.value, steps, {margin.name: miss(state.value, margin) for margin in margins})


def miss(value: Floats, margin: Margin) -> float:
    """Return by how many persons the worst sum of a family lies outside its bounds."""
    inside = margin.group >= 0
    total = _added(margin.group[inside], value[inside], len(margin.low))
    return float(np.maximum(np.maximum(margin.low - total, total - margin.high), 0.0).max(initial=0.0))


@dataclass(frozen=True)
class _State:
    value: Floats
    slope: Floats  # derivative of the cells by their tilt
    rest: Floats  # margin minus sums: gradient of the dual
    give: Floats  # derivative of the rounding by its multiplier
    dual: float


class _Problem:
    """The dual problem: one multiplier per sum."""

    def __init__(self, prior: Floats, weight: Floats, low: Floats, high: Floats, margins: Sequence[Margin]) -> None:
        sizes = [len(margin.low) for margin in margins]
        self.size, self.weight, self.low, self.high = sum(sizes), weight, low, high
        self.centre = np.log(np.maximum(prior, 1e-9))
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(int)
        #: Number of the sum each cell belongs to, one row per family; the last number stands for "in none".
        self.member = np.stack(
            [np.where(m.group >= 0, m.group + start, self.size) for m, start in zip(margins, starts, strict=True)]
        )
        bounds = np.concatenate([m.low for m in margins]), np.concatenate([m.high for m in margins])
        self.target = (bounds[0] + bounds[1]) / 2
        self.play = (bounds[1] - bounds[0]) / 2
        self.variance = self.play**2 / 3

    def at(self, multiplier: Floats) -> _State:
        """Return cells, gradient and value of the dual for these multipliers."""
        tilt = self.weight * np.append(multiplier, 0.0)[self.member].sum(axis=0)
        log = self.centre + tilt
        free = np.exp(np.minimum(log, 50.0))
        value = np.clip(free, self.low, self.high)
        slope = np.where(value == free, self.weight * value, 0.0)
        rounding = np.clip(self.variance * multiplier, -self.play, self.play)
        give = np.where(np.abs(self.variance * multiplier) <= self.play, self.variance, 0.0)
        sums = sum((_added(row, value, self.size + 1) for row in self.member), np.zeros(self.size + 1))
        return _State(
            value, slope, self.target - sums[:-1] - rounding, give, self._dual(multiplier, log, value, rounding)
        )

    def _dual(self, multiplier: Floats, log: Floats, value: Floats, rounding: Floats) -> float:
        at_bound = np.where(value > 0, value * (log - np.log(np.maximum(value, 1e-300))), 0.0)  # zero inside the bounds
        cells = ((value + at_bound) / self.weight).sum()
        half = _rounding_cost(multiplier, rounding, self.variance)
        return float(multiplier @ self.target - cells - half.sum())

    def step(self, state: _State, damping: float) -> Floats:
        """Return Newton's step: the curvature of the dual is (sums by sums), plus damping."""
        curvature = np.zeros((self.size + 1) ** 2)
        for first in self.member:
            for second in self.member:
                curvature += _added(first * (self.size + 1) + second, state.slope, curvature.size)
        square = curvature.reshape(self.size + 1, self.size + 1)[:-1, :-1]
        diagonal = np.diag(square) + state.give
        np.fill_diagonal(square, diagonal * (1 + damping) + damping)
        return np.asarray(np.linalg.solve(square, state.rest))


def _rounding_cost(multiplier: Floats, rounding: Floats, variance: Floats) -> Floats:
    """Conjugate of s² / 2v on the bounded rounding."""
    quadratic = np.divide(rounding**2, 2 * variance, out=np.zeros_like(rounding), where=variance > 0)
    return rounding * multiplier - quadratic


def _search(problem: _Problem, start: Floats, state: _State, step: Floats) -> tuple[Floats, _State] | None:
    """Halve the step until the dual has risen enough (Armijo); None if it never does."""
    gain, length = float(state.rest @ step), 1.0
    for _ in range(_HALVINGS):
        there = problem.at(start + length * step)
        if there.dual >= state.dual + 1e-4 * length * gain - 1e-9 * abs(state.dual):
            return start + length * step, there
        length /= 2
    return None


def _added(group: Integers, value: Floats, size: int) -> Floats:
    return np.bincount(group, value, minlength=size).astype(float)
