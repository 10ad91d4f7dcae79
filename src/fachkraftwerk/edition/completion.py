"""Completion of the suppressed cells of Kreis × occupation × level × age (employees at the workplace, 30.06.2023).

Two steps: what is expected in each hidden cell (``censored``), then the closest table that meets all known margins
and bounds (``entropy``). Known margins: for the Kreise of a Land with its own tables the sums by occupation (rounded,
all ages) and the exact totals by broad age; elsewhere the total of the Land, and what the former teach about occupations of which
little is published. People whom the table leaves out (65 and
older, without known occupation) are unknowns of their own, so that the margins, which count them, can hold exactly.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.edition import censored, entropy
from fachkraftwerk.edition.parameters import parameters

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
#: Age totals of the Kreise with exact totals; "ra" is the standard pension age.
TOTAL_AGES = ("15-24", "25-54", "55-ra", "ra+")
_TOTAL_OF_AGE = np.array([0, 1, 1, 1, 2])  # which total each ten-year age belongs to


@dataclass(frozen=True)
class Known:
    """Margins besides the table: ``land`` index of each Kreis, its total (nan = unknown), and Kreis sums.

    ``occupations`` (Kreis, occupation; all ages, rounded) and ``totals`` (Kreis, TOTAL_AGES; exact) are nan where
    not published. ``old`` = relative frequency of ages 65+ by occupation (1 = average).
    """

    land: NDArray[np.int64]
    land_total: Floats
    occupations: Floats
    totals: Floats
    old: Floats

    @property
    def exact(self) -> Flags:
        """Kreise whose totals by age are known exactly."""
        return np.asarray(np.isfinite(self.totals).all(axis=1))


@dataclass(frozen=True)
class Completed:
    """The table without gaps. ``value``, ``low``, ``high`` shape (Kreis, occupation, level, age), persons.

    ``old`` (Kreis, occupation, below/above pension age) and ``unknown`` (Kreis, TOTAL_AGES) are nan where the margins
    do not tell; ``report`` says how well everything is met.
    """

    value: Floats
    low: Floats
    high: Floats
    old: Floats
    unknown: Floats
    report: dict[str, Any] = field(default_factory=dict)


def complete(published: Floats, known: Known, progress: Callable[[str], None] = lambda _: None) -> Completed:
    """Fill the nan cells of ``published`` (Kreis, occupation, level, age; persons; 0 = nobody)."""
    hidden = np.isnan(published)
    shown = np.where(hidden, 0.0, published)
    low, high = bounds(shown, hidden)
    progress("expected values of suppressed cells")
    estimate = expectation(shown, hidden)
    prior = np.where(hidden, estimate.mean, np.clip(shown, low, high))
    variance = np.where(hidden, estimate.variance, parameters("completion")["rounding"] ** 2 / 12)
    progress("margins")
    return balanced(prior, variance, low, high, hidden, known, estimate.change)


def expectation(shown: Floats, hidden: Flags, threshold: float | None = None) -> censored.Censored:
    """Return what is expected in the hidden cells, known to lie below ``threshold`` persons."""
    p = parameters("completion")
    top = (p["threshold"] if threshold is None else threshold) - 1
    return censored.fit(
        shown, hidden, p["smallest"], top, p["spread"], p["hidden_weight"], p["pull"], p["rounds"]
    )  # fmt: skip


def bounds(shown: Floats, hidden: Flags, threshold: float | None = None) -> tuple[Floats, Floats]:
    """Return least and largest whole number of persons of each cell: rounding, suppression, or nobody."""
    p = parameters("completion")
    top = (p["threshold"] if threshold is None else threshold) - 1
    half = p["rounding"] / 2
    least = np.where(shown > 0, np.maximum(shown - half, p["threshold"]), 0.0)
    most = np.where(shown > 0, shown + half - 1, 0.0)
    return np.where(hidden, p["smallest"], least), np.where(hidden, top, most)


def balanced(
    prior: Floats, variance: Floats, low: Floats, high: Floats, hidden: Flags, known: Known, change: float = 0.0
) -> Completed:
    """Meet the margins: first the Kreise with their own tables, then the other Länder by their totals."""
    value = prior.copy()
    old, unknown = np.full((*prior.shape[:2], 2), np.nan), np.full((len(prior), len(TOTAL_AGES)), np.nan)
    report: dict[str, Any] = {"suppressed": int(hidden.sum()), "cells": int((high > 0).sum()), "last_change": change}
    inside_share, rows = 1 - parameters("completion")["old_share"], np.flatnonzero(known.exact)
    if len(rows):
        part = _own_tables(prior[rows], variance[rows], low[rows], high[rows], known, rows)
        value[rows], old[rows], unknown[rows], report["own_tables"] = part
        inside_share = float(value[rows].sum() / known.totals[rows].sum())
        others = ~known.exact
        factor = lesson(prior[rows], value[rows], hidden[rows])[None, :, None, None]
        taught = np.where(hidden, prior * factor, prior)[others]
        value[others] = np.clip(taught, low[others], high[others])
    value, report["laender"] = _laender(value, variance, low, high, known, inside_share)
    report |= {"inside_share": inside_share, "persons": float(value.sum()), "estimated": float(value[hidden].sum())}
    report["estimated_share"] = report["estimated"] / report["persons"]
    return Completed(value, low, high, old, unknown, report)


def lesson(expected: Floats, found: Floats, hidden: Flags) -> Floats:
    """Return by which factor hidden cells of an occupation turned out larger than expected where margins tell.

    Applied to the Kreise without tables of their own, to the power of parameter ``lesson``: 0 = do not learn.
    """
    before, after = (np.where(hidden, part, 0.0).sum((0, 2, 3)) for part in (expected, found))
    ratio = np.divide(after, before, out=np.ones_like(after), where=(before > 0) & (after > 0))
    return np.asarray(ratio ** parameters("completion")["lesson"])


def _own_tables(
    prior: Floats, variance: Floats, low: Floats, high: Floats, known: Known, rows: NDArray[np.int64]
) -> tuple[Floats, Floats, Floats, dict[str, Any]]:
    """Balance Kreise with margins by occupation and exact totals; returns cells, old, unknown, report."""
    share, kreise, jobs = parameters("completion")["old_share"], len(rows), prior.shape[1]
    ages = known.totals[rows]
    above = ages[:, 3] / ages.sum(axis=1)  # beyond pension age: known per Kreis
    below = np.full(kreise, max(share - ages[:, 3].sum() / ages.sum(), share / 10))
    old = prior.sum((2, 3))[:, :, None] * known.old[:, None] * np.stack([below, above], 1)[:, None, :] + 0.01
    unknown = ages * 0.004 + 0.01
    cells = np.concatenate([prior.ravel(), old.ravel(), unknown.ravel()])
    spread = np.concatenate([variance.ravel(), (0.5 * old.ravel()) ** 2, unknown.ravel() ** 2 * 4])
    least = np.concatenate([low.ravel(), np.zeros(old.size + unknown.size)])
    most = np.concatenate([high.ravel(), np.full(old.size + unknown.size, np.inf)])
    margins = [_by_occupation(known.occupations[rows], prior.shape), _by_age(ages, prior.shape)]
    found = entropy.balance(cells, _weight(cells, spread), least, most, margins)
    first, second = np.split(found.value, [prior.size, prior.size + old.size])[:2]
    report = {"steps": found.steps, "misses": found.misses, "old": float(second.sum())}
    return (
        first.reshape(prior.shape),
        second.reshape(kreise, jobs, 2),
        found.value[-unknown.size :].reshape(kreise, 4),
        report,
    )


def _by_occupation(sums: Floats, shape: tuple[int, ...]) -> entropy.Margin:
    """Sums over level and age, 65+ included; an unpublished sum lies below the threshold itself."""
    p = parameters("completion")
    index = np.arange(sums.size).reshape(sums.shape)
    core = np.broadcast_to(index[:, :, None, None], shape).ravel()
    group = np.concatenate([core, np.repeat(index.ravel(), 2), np.full(len(sums) * len(TOTAL_AGES), -1)])
    shown, half = np.isfinite(sums).ravel(), p["rounding"] / 2
    low = np.where(shown, sums.ravel() - half, 0.0)
    return entropy.Margin("occupation", group, low, np.where(shown, sums.ravel() + half - 1, p["threshold"] - 1))


def _by_age(totals: Floats, shape: tuple[int, ...]) -> entropy.Margin:
    """Exact totals by broad age, people without known occupation included."""
    index = np.arange(totals.size).reshape(totals.shape)
    core = np.broadcast_to(index[:, None, None, _TOTAL_OF_AGE], shape).ravel()
    old = np.broadcast_to(index[:, None, 2:], (len(totals), shape[1], 2)).ravel()
    return entropy.Margin("age", np.concatenate([core, old, index.ravel()]), totals.ravel(), totals.ravel())


def _laender(
    value: Floats, variance: Floats, low: Floats, high: Floats, known: Known, inside_share: float
) -> tuple[Floats, dict[str, Any]]:
    """Balance the Kreise without tables of their own so that each Land adds up to its total."""
    free = ~known.exact & np.isfinite(known.land_total[known.land])
    if not free.any():
        return value, {"steps": 0, "misses": {}}
    rest = np.bincount(known.land[~free], value[~free].sum((1, 2, 3)), minlength=len(known.land_total))
    wanted = known.land_total * inside_share - rest
    play = known.land_total * parameters("completion")["land_tolerance"]
    used, index = np.unique(known.land[free], return_inverse=True)
    group = np.broadcast_to(index[:, None, None, None], value[free].shape).ravel()
    margin = entropy.Margin("land", group, (wanted - play)[used], (wanted + play)[used])
    cells = value[free].ravel()
    found = entropy.balance(
        cells, _weight(cells, variance[free].ravel()), low[free].ravel(), high[free].ravel(), [margin]
    )
    value = value.copy()
    value[free] = found.value.reshape(value[free].shape)
    return value, {"steps": found.steps, "misses": found.misses}


def _weight(cells: Floats, variance: Floats) -> Floats:
    """Yield in proportion to the variance; capped, because a few very soft cells make the ascent crawl."""
    return np.clip(np.where(cells > 0, variance / np.maximum(cells, 1e-9), 1.0), 1e-6, 5.0)
