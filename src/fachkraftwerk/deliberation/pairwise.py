"""Pairwise comparison: Bradley-Terry strengths by the MM algorithm.

    P(i beats j) = pi_i / (pi_i + pi_j)        pi_i <- W_i / sum_j n_ij / (pi_i + pi_j), then normalise

Every item gets 0.1 virtual wins and losses against a dummy, so that an unbeaten item stays finite and items that
never met stay comparable. Strengths are scaled to a geometric mean of 1.
References: R. Bradley, M. Terry (1952); D. Hunter, "MM algorithms for generalized Bradley-Terry models" (2004).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from fachkraftwerk.deliberation.agreement import Array
from fachkraftwerk.deliberation.ballots import natural

VIRTUAL = 0.1
TOLERANCE = 1e-12


@dataclass(frozen=True)
class Strength:
    """An item: strength, chance to beat an average item, number of comparisons it took part in."""

    item: str
    strength: float
    chance: float
    met: int


def strengths(items: Sequence[str], duels: Iterable[tuple[str, str]]) -> list[Strength]:
    """Return items, strongest first (ties: natural order), from (winner, loser) pairs. KeyError on unknown items."""
    names = sorted(items, key=natural)
    wins = count_wins(names, duels)
    values = bradley_terry(wins)
    met = (wins + wins.T).sum(axis=1)
    rows = [Strength(n, float(v), float(v / (v + 1)), int(m)) for n, v, m in zip(names, values, met, strict=True)]
    return sorted(rows, key=lambda row: (-round(row.strength, 9), natural(row.item)))


def count_wins(names: Sequence[str], duels: Iterable[tuple[str, str]]) -> Array:
    """Return wins of row over column, shape (items, items)."""
    place = {name: i for i, name in enumerate(names)}
    wins = np.zeros((len(names), len(names)))
    for winner, loser in duels:
        wins[place[winner], place[loser]] += 1
    return wins


def bradley_terry(wins: Array, virtual: float = VIRTUAL, rounds: int = 10_000) -> Array:
    """Return strengths of shape (items,), geometric mean 1, for wins of shape (items, items)."""
    n = len(wins)
    padded = np.full((n + 1, n + 1), virtual)
    padded[:n, :n] = wins
    np.fill_diagonal(padded, 0.0)
    met, won = padded + padded.T, padded.sum(axis=1)
    pi = np.ones(n + 1)
    for _ in range(rounds):
        new = won / (met / (pi[:, None] + pi[None, :])).sum(axis=1)
        new = new / np.exp(np.log(new).mean())
        close = np.abs(new - pi).max() < TOLERANCE
        pi = new
        if close:
            break
    return np.asarray(pi[:n] / np.exp(np.log(pi[:n]).mean()), dtype=np.float64) if n else pi[:0]
