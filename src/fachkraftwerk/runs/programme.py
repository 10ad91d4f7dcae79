"""The mixed-integer programme of the portfolio, solved exactly with HiGHS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.errors import refuse
from fachkraftwerk.model.measures.measure import Measure
from fachkraftwerk.runs.portfolio_checks import Limits

Array = NDArray[np.float64]
TANGENTS = 12
WORST = 0.2  # share of draws in the risk form: the worst fifth
GAP = 1e-3
SECONDS = 20.0


@dataclass(frozen=True)
class Options:
    """Choices (k option, n draw): what each closes, its share of the target group, cost and the years it runs."""

    chosen: tuple[tuple[int, Measure], ...]
    closing: Array  # [k,n], row of draws: 0 central
    share: Array  # [k]
    euro: Array  # [k]
    days: Array  # [k,y], 0 while an option does not run
    running: NDArray[np.bool_]  # [k,y]
    years: NDArray[np.int64]


@dataclass(frozen=True)
class Curve:
    """Overlap in one target group: options inside, their −log(1 − e), e itself, and persons per unit of share."""

    inside: NDArray[np.int64]
    log: Array
    share: Array
    worth: float


def solve(
    table: Options, curves: list[Curve], limits: Limits, gap: Array, fewest: float | None = None
) -> tuple[NDArray[np.int64], float]:  # fmt: skip
    """Return the options chosen and what the piecewise linear form says they close on the central path.

    Minimises the mean gap, or with ``limits.risk`` the mean of the worst fifth; with ``fewest`` the number of measures
    whose mean effect is at least that. Raises Refusal where no choice is possible.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    form = _Form(table, curves, limits, gap, fewest)
    rows, low, high = form.constraints()
    bounds = Bounds(form.lower, form.upper)
    found = milp(
        form.objective,
        constraints=LinearConstraint(rows, low, high),
        bounds=bounds,
        integrality=form.whole,
        options={"time_limit": SECONDS, "mip_rel_gap": GAP},
    )
    if found.x is None:
        raise refuse(
            "Unter diesen Grenzen ist keine Auswahl möglich.", "No choice is possible within these limits.",
            "Erhöhen Sie Budget, Personaltage oder die Zahl der Maßnahmen, oder lösen Sie Voraussetzungen.",
            "Raise the budget, the person-days or the number of measures, or drop prerequisites.", "portfolio",
        )  # fmt: skip
    picked = np.flatnonzero(found.x[: len(table.chosen)] > 0.5)
    return picked, form.linear(picked)


class _Form:
    """Variables: one binary per option; one loss per curve; for risk the threshold and one excess per draw."""

    def __init__(self, table: Options, curves: list[Curve], limits: Limits, gap: Array, fewest: float | None) -> None:
        self.table, self.curves, self.limits, self.fewest = table, curves, limits, fewest
        self.options, self.losses = len(table.chosen), len(curves)
        self.draws = np.arange(1, table.closing.shape[1]) if table.closing.shape[1] > 1 else np.arange(1)
        self.risky = limits.risk and fewest is None
        self.gap = gap
        self.size = self.options + self.losses + (1 + len(self.draws) if self.risky else 0)
        self.whole = np.r_[np.ones(self.options), np.zeros(self.size - self.options)]
        self.lower = np.zeros(self.size)
        self.upper = np.r_[np.ones(self.options), np.full(self.size - self.options, np.inf)]
        if self.risky:
            self.lower[self.options + self.losses] = -np.inf
        self.objective = self._objective()

    def _effect(self) -> Array:
        """Mean persons closed per variable, losses counted against."""
        row = np.zeros(self.size)
        row[: self.options] = self.table.closing[:, self.draws].mean(1)
        row[self.options : self.options + self.losses] = -1.0
        return row

    def _objective(self) -> Array:
        if self.fewest is not None:
            count = np.zeros(self.size)
            count[: self.options] = 1.0
            return count - 1e-6 * self._effect()
        if not self.risky:
            # A tiny price keeps options out that close nothing.
            price = np.zeros(self.size)
            price[: self.options] = 1e-7 * self.table.euro + 1e-3
            return price - self._effect()
        row = np.zeros(self.size)
        start = self.options + self.losses
        row[start] = 1.0
        row[start + 1 :] = 1 / (WORST * len(self.draws))
        row[: self.options] = 1e-7 * self.table.euro
        return row

    def linear(self, picked: NDArray[np.int64]) -> float:
        """Return what the form says a set closes on the mean of the draws, with the exact overlap curve."""
        total = float(self.table.closing[picked][:, self.draws].mean(1).sum())
        for curve in self.curves:
            inside = np.isin(curve.inside, picked)
            total -= curve.worth * (curve.share[inside].sum() + np.expm1(-curve.log[inside].sum()))
        return total

    # --- constraints ---------------------------------------------------------------------------------------------

    def constraints(self) -> tuple[Any, Array, Array]:
        """Return the sparse matrix and its two bounds."""
        from scipy.sparse import csr_array

        blocks = [self._choice(), self._money(), self._exclusive(), self._required(), self._overlap()]
        if self.fewest is not None:
            blocks.append((self._effect()[None], np.array([self.fewest]), np.array([np.inf])))
        if self.risky:
            blocks.append(self._worst())
        rows = np.concatenate([b[0] for b in blocks])
        return csr_array(rows), np.concatenate([b[1] for b in blocks]), np.concatenate([b[2] for b in blocks])

    def _choice(self) -> tuple[Array, Array, Array]:
        """At most one strength and start of each measure."""
        owners = np.array([index for index, _ in self.table.chosen])
        rows = self._wide(np.array([owners == index for index in np.unique(owners)], dtype=float))
        return rows, np.full(len(rows), -np.inf), np.ones(len(rows))

    def _money(self) -> tuple[Array, Array, Array]:
        """Euros in total; person-days and number of measures in each year."""
        limits, table = self.limits, self.table
        rows, high = [table.euro], [limits.euro]
        years = np.flatnonzero(table.running.any(0))
        if limits.days is not None:
            rows += [table.days[:, y] for y in years]
            high += [limits.days] * len(years)
        if limits.capacity is not None:
            rows += [table.running[:, y].astype(float) for y in years]
            high += [float(limits.capacity)] * len(years)
        return self._wide(np.array(rows)), np.full(len(rows), -np.inf), np.array(high)

    def _exclusive(self) -> tuple[Array, Array, Array]:
        names = [m.excludes for _, m in self.table.chosen]
        groups = [name for name in dict.fromkeys(names) if name]
        rows = self._wide(
            np.array([[one == name for one in names] for name in groups], dtype=float).reshape(
                len(groups), self.options
            )
        )
        return rows, np.full(len(rows), -np.inf), np.ones(len(rows))

    def _required(self) -> tuple[Array, Array, Array]:
        """A measure may run only if what it requires is chosen and has begun no later."""
        rows = []
        for k, (_, measure) in enumerate(self.table.chosen):
            for need in measure.requires:
                row = np.zeros(self.options)
                row[k] = 1.0
                for j, (_, other) in enumerate(self.table.chosen):
                    if other.id == need and other.timing.start <= measure.timing.start:
                        row[j] = -1.0
                rows.append(row)
        wide = self._wide(np.array(rows).reshape(len(rows), self.options))
        return wide, np.full(len(rows), -np.inf), np.zeros(len(rows))

    def _overlap(self) -> tuple[Array, Array, Array]:
        """loss ≥ worth · (Σe − tangent of 1 − exp(−L)) at points of L: the curve from above."""
        rows, low = [], []
        for number, curve in enumerate(self.curves):
            most = _largest(curve, [self.table.chosen[i][0] for i in curve.inside])
            for point in np.linspace(0.0, most, TANGENTS):
                row = np.zeros(self.size)
                slope, height = np.exp(-point), 1 - np.exp(-point) * (1 + point)
                row[self.options + number] = 1.0
                row[curve.inside] = -curve.worth * (curve.share - slope * curve.log)
                rows.append(row)
                low.append(-curve.worth * height)
        return np.array(rows).reshape(len(rows), self.size), np.array(low), np.full(len(rows), np.inf)

    def _worst(self) -> tuple[Array, Array, Array]:
        """excess ≥ gap − closing + losses − threshold, one row per draw (Rockafellar and Uryasev 2000)."""
        rows = np.zeros((len(self.draws), self.size))
        rows[:, : self.options] = self.table.closing[:, self.draws].T
        rows[:, self.options : self.options + self.losses] = -1.0
        start = self.options + self.losses
        rows[:, start] = 1.0
        rows[np.arange(len(self.draws)), start + 1 + np.arange(len(self.draws))] = 1.0
        return rows, self.gap[self.draws], np.full(len(rows), np.inf)

    def _wide(self, rows: Array) -> Array:
        return np.pad(rows, ((0, 0), (0, self.size - self.options)))


def _largest(curve: Curve, owners: list[int]) -> float:
    """Return the largest L a choice of one option per measure can reach."""
    best: dict[int, float] = {}
    for owner, value in zip(owners, curve.log, strict=True):
        best[owner] = max(best.get(owner, 0.0), float(value))
    return max(sum(best.values()), 1e-6)
