"""Rank intervals: how much a place depends on who happened to be in the room.

    draw n persons with replacement, R times; score_r = counts_r @ W; rank = 1 + better + (equal - 1) / 2
    interval = 5th to 95th percentile of the rank

Two measures whose intervals overlap are a tie for all practical purposes.
Reference: B. Efron, R. Tibshirani, "An Introduction to the Bootstrap" (1993), ch. 13 (percentile interval).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.streams import stream
from fachkraftwerk.deliberation.ballots import Ballot, Measure, natural

Array = NDArray[np.float64]


@dataclass(frozen=True)
class RankInterval:
    """Place in the room, and the places between which it moves in ``low``..``high`` (5 and 95 percent)."""

    measure: str
    rank: float
    low: float
    high: float


def rank_intervals(
    measures: Sequence[Measure], ballots: Sequence[Ballot], resamples: int = 1000, seed: int = 0
) -> list[RankInterval]:
    """Return one interval per measure, in order of rank, then natural id. The order of the ballots does not matter."""
    names = sorted((measure.id for measure in measures), key=natural)
    table = weight_matrix(names, ballots)
    ranks = mean_ranks(resample_counts(len(table), resamples, seed) @ table)
    low, high = np.percentile(ranks, [5, 95], axis=0) if len(table) else (np.ones(len(names)), np.ones(len(names)))
    here = mean_ranks(table.sum(axis=0, keepdims=True))[0]
    rows = [RankInterval(n, *map(float, v)) for n, *v in zip(names, here, low, high, strict=True)]
    return sorted(rows, key=lambda row: (row.rank, natural(row.measure)))


def weight_matrix(names: Sequence[str], ballots: Sequence[Ballot]) -> Array:
    """Return weights of shape (persons, measures), persons in natural order of their pseudonyms."""
    place = {name: column for column, name in enumerate(names)}
    table = np.zeros((len(ballots), len(names)))
    for row, ballot in enumerate(sorted(ballots, key=lambda ballot: natural(ballot.voter))):
        for name, weight in ballot.weights().items():
            table[row, place[name]] = weight
    return table


def resample_counts(persons: int, resamples: int, seed: int = 0) -> Array:
    """Return how often each person is drawn, shape (resamples, persons); every row sums to ``persons``."""
    if persons == 0:
        return np.zeros((resamples, 0))
    chances = np.full(persons, 1 / persons)
    return stream("rank bootstrap", seed).multinomial(persons, chances, size=resamples).astype(np.float64)


def mean_ranks(scores: Array) -> Array:
    """Return ranks along the last axis, 1 = highest score, equal scores share the mean rank. Shape (rows, items)."""
    better = (scores[:, None, :] > scores[:, :, None]).sum(axis=2)
    equal = (scores[:, None, :] == scores[:, :, None]).sum(axis=2)
    return np.asarray(1 + better + (equal - 1) / 2, dtype=np.float64)
