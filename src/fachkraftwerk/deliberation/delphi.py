"""Delphi: what the room thinks of a figure, how far it agrees, and whether another round would change anything.

    consensus      IQR = Q3 - Q1 <= 2 on a scale 1..9, <= 1 on 1..5 (a quarter of the scale's length)
    disagreement   RAND: IPR(30-70) > 2.35 + 1.5 |5 - (P30 + P70)/2| on 1..9; other scales are stretched to 1..9
    Kendall        W = 12 S / (m^2 (n^3 - n) - m sum T_j), S = sum (R_i - mean R)^2, T_j = sum (t^3 - t)
                   chi2 = m (n - 1) W with n - 1 degrees of freedom; m raters, n items
    stability      share of persons who changed; Wilcoxon signed rank; weighted kappa; stop below 15 % change

    strength of W  below 0.3 weak, below 0.5 some, below 0.7 fair, from 0.7 strong agreement

Percentiles interpolate linearly between order statistics (type 7).
References: K. Fitch et al., "The RAND/UCLA Appropriateness Method User's Manual" (2001); M. Kendall, B. Babington
Smith (1939); F. Wilcoxon (1945); J. Cohen, "Weighted kappa" (1968); H. von der Gracht, "Consensus measurement in
Delphi studies" (2012) for the stopping rule; R. Schmidt, "Managing Delphi surveys using nonparametric statistical
techniques" (1997) for the words for W.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from fachkraftwerk.deliberation import benches
from fachkraftwerk.deliberation.agreement import Array
from fachkraftwerk.deliberation.ranks import mean_ranks

Scale = tuple[float, float]
Ratings = Mapping[str, Mapping[str, float]]
"""person -> item -> rating"""

MOST_CHANGE = 0.15
SOME, FAIR, STRONG = 0.3, 0.5, 0.7
Strength = Literal["weak", "some", "fair", "strong"]


@dataclass(frozen=True)
class Opinion:
    """One item: count, median, quartiles, IQR, and both verdicts. nan and False without ratings."""

    n: int
    median: float
    q1: float
    q3: float
    iqr: float
    consensus: bool
    disagreement: bool


@dataclass(frozen=True)
class Concordance:
    """Kendall's W with ties: 0 = everybody ranks differently, 1 = all alike; nan where it is not defined."""

    w: float
    chi2: float
    p: float
    raters: int
    items: int


@dataclass(frozen=True)
class Stability:
    """Two rounds by the same persons: who changed, Wilcoxon (z, p), weighted kappa, whether to stop."""

    n: int
    changed: float
    z: float
    p: float
    kappa: float
    stop: bool


def opinion(ratings: Sequence[float], scale: Scale = (1, 9)) -> Opinion:
    """Return the statistics of one item on a scale from ``scale[0]`` to ``scale[1]``."""
    values = np.asarray(ratings, dtype=np.float64)
    if values.size == 0:
        return Opinion(0, math.nan, math.nan, math.nan, math.nan, False, False)
    q1, median, q3 = (float(value) for value in np.percentile(values, [25, 50, 75]))
    consensus = q3 - q1 <= (scale[1] - scale[0]) / 4
    return Opinion(values.size, median, q1, q3, q3 - q1, bool(consensus), disagreement(values, scale))


def disagreement(ratings: Sequence[float] | Array, scale: Scale = (1, 9)) -> bool:
    """Return True if the room is split in the sense of RAND."""
    stretched = 1 + 8 * (np.asarray(ratings, dtype=np.float64) - scale[0]) / (scale[1] - scale[0])
    low, high = np.percentile(stretched, [30, 70])
    return bool(high - low > 2.35 + 1.5 * abs(5 - (low + high) / 2))


def kendall_w(table: Array) -> Concordance:
    """Return Kendall's W for a complete table of ratings, shape (raters, items); equal ratings share a rank."""
    raters, items = table.shape
    if raters < 2 or items < 2:
        return Concordance(math.nan, math.nan, math.nan, raters, items)
    ranks = mean_ranks(-table)
    sums = ranks.sum(axis=0)
    spread = float(((sums - sums.mean()) ** 2).sum())
    possible = raters**2 * (items**3 - items) - raters * sum(_ties(row) for row in table)
    w = min(12 * spread / possible, 1.0) if possible > 0 else math.nan
    chi2 = raters * (items - 1) * w
    return Concordance(w, chi2, _chi2_tail(chi2, items - 1), raters, items)


def concordance(ratings: Ratings) -> Concordance:
    """Return W over the persons who rated every item; who left gaps does not count."""
    return kendall_w(_complete(ratings))


def concordance_by_bench(ratings: Ratings, seats: Mapping[str, str]) -> dict[str, Concordance]:
    """Return W per bench of at least five such persons: high here and low overall = the benches disagree."""
    items = {item for own in ratings.values() for item in own}
    complete = {person: seats.get(person, "") for person, own in ratings.items() if set(own) == items}
    shown = benches.pooled(complete)
    return {
        bench: concordance({person: ratings[person] for person in shown if shown[person] == bench})
        for bench in benches.sizes(shown)
        if bench != benches.POOL
    }


def strength(w: float) -> Strength:
    """Return the word for W."""
    return "strong" if w >= STRONG else "fair" if w >= FAIR else "some" if w >= SOME else "weak"


def divided(room: Concordance, by_bench: Mapping[str, Concordance]) -> bool:
    """Return True if at least two benches are fairly of one mind each, and the room as a whole is not."""
    agreed = [each for each in by_bench.values() if each.w >= FAIR]
    return room.w < FAIR and len(agreed) > 1


def stability(before: Mapping[str, float], after: Mapping[str, float], categories: Sequence[float]) -> Stability:
    """Compare two rounds over the persons who answered both; ``categories`` is the ordered scale."""
    both = sorted(before.keys() & after.keys())
    first = np.array([before[person] for person in both], dtype=np.float64)
    second = np.array([after[person] for person in both], dtype=np.float64)
    changed = float((first != second).mean()) if both else math.nan
    z, p = wilcoxon(second - first)
    kappa = weighted_kappa(first, second, categories)
    return Stability(len(both), changed, z, p, kappa, bool(both) and changed < MOST_CHANGE)


def wilcoxon(differences: Array) -> tuple[float, float]:
    """Return (z, two-sided p) of the signed rank test: zeros dropped, normal approximation, corrected for ties."""
    moved = differences[differences != 0]
    n = moved.size
    if n == 0:
        return 0.0, 1.0
    ranks = mean_ranks(-np.abs(moved)[None])[0]
    variance = n * (n + 1) * (2 * n + 1) / 24 - _ties(np.abs(moved)) / 48
    z = float((ranks[moved > 0].sum() - n * (n + 1) / 4) / math.sqrt(variance))
    return z, math.erfc(abs(z) / math.sqrt(2))


def weighted_kappa(first: Array, second: Array, categories: Sequence[float]) -> float:
    """Return kappa with linear weights: 1 = no change, 0 = as by chance; nan if everybody always says the same."""
    place = {value: i for i, value in enumerate(categories)}
    joint = np.zeros((len(place), len(place)))
    for a, b in zip(first.tolist(), second.tolist(), strict=True):
        joint[place[a], place[b]] += 1
    steps = np.abs(np.subtract.outer(np.arange(len(place)), np.arange(len(place))))
    chance = np.outer(joint.sum(axis=1), joint.sum(axis=0)) / max(first.size, 1)
    expected = float((steps * chance).sum())
    return 1 - float((steps * joint).sum()) / expected if expected > 0 else math.nan


def _complete(ratings: Ratings) -> Array:
    items = sorted({item for own in ratings.values() for item in own})
    rows = [[own[item] for item in items] for own in ratings.values() if len(own) == len(items)]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(items))


def _ties(values: Array) -> float:
    counts = np.unique(values, return_counts=True)[1].astype(np.float64)
    return float((counts**3 - counts).sum())


def _chi2_tail(chi2: float, freedom: int) -> float:
    from scipy.special import gammaincc

    return float(gammaincc(freedom / 2, chi2 / 2))
