"""Opinion groups, and whether they exist at all.

Pipeline: who counts (``projection.included``), missing = column mean, two principal components, projection scaled for
unseen statements, k-means with k = 2..5, k by the highest mean silhouette.

Shuffled votes give silhouettes around 0.4 as well, so a silhouette alone proves nothing. Permutation test: shuffle
the votes of every statement among the persons who saw it (agreement per statement and gaps stay, camps vanish), run
the whole pipeline again, 200 times:

    p = (1 + #{shuffled >= real}) / (1 + 200),   line = 95th percentile of the shuffled silhouettes

Groups are reported only if: 25 or more persons with 15 or more votes, no group under five persons, silhouette above
the line. Otherwise: "no camps", with the reason. Nobody is placed on a map: persons get a group, no coordinates.
References: Small et al. (2021), see ``projection``; P. Good, "Permutation, Parametric and Bootstrap Tests" (2005).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fachkraftwerk.core.streams import stream
from fachkraftwerk.core.text import Text
from fachkraftwerk.deliberation.agreement import Agreement, Array, Flags, Labels
from fachkraftwerk.deliberation.benches import SMALLEST
from fachkraftwerk.deliberation.clusters import k_means, one_hot, pair_distances, silhouettes
from fachkraftwerk.deliberation.projection import included, project

MOST_GROUPS = 5
PERSONS, VOTES = 25, 15
NO_DATA = Text(
    f"Für Lager braucht es {PERSONS} Personen mit je {VOTES} Bewertungen.",
    f"Camps need {PERSONS} persons with {VOTES} reactions each.",
)
TOO_SMALL = Text("Jede Aufteilung enthielte eine Gruppe unter fünf.", "Every split would leave a group below five.")
CHANCE = Text("Keine Lager: Die Gruppen sind nicht deutlicher als bei Zufall.", "No camps: no clearer than by chance.")


@dataclass(frozen=True)
class Clustering:
    """Groups of all persons who count; ``labels`` of shape (persons,), -1 = does not count; 0 = largest group."""

    labels: Labels
    k: int
    silhouette: float


@dataclass(frozen=True)
class Camps:
    """``groups`` is empty unless camps are found; then one tuple of persons per group, largest first.

    ``line`` is the 95th percentile of the silhouettes of shuffled votes, ``p`` the share of them at or above the real.
    """

    groups: tuple[tuple[str, ...], ...]
    reason: Text | None
    persons: int
    silhouette: float = float("nan")
    line: float = float("nan")
    p: float = float("nan")

    @property
    def found(self) -> bool:
        """True if there are camps to show."""
        return bool(self.groups)

    def labels(self, agreement: Agreement) -> Labels:
        """Return the group of each person of ``agreement``, shape (persons,), -1 = none."""
        place = {person: group for group, members in enumerate(self.groups) for person in members}
        return np.array([place.get(person, -1) for person in agreement.persons], dtype=np.intp)


def cluster(agreement: Agreement, smallest: int = 1) -> Clustering:
    """Return the groups of the Polis pipeline, without asking whether they exist.

    Splits with a group below ``smallest`` are left out; k = 1 if none is left. ValueError below two persons.
    """
    inside = included(np.asarray(agreement.seen(), dtype=np.float64), len(agreement.statements))
    if inside.sum() < 2:
        raise ValueError("opinion groups need two persons with votes")
    labels, best, k = _best_split(project(agreement.keep(inside).counted())[None], smallest)
    everyone = np.full(len(agreement.persons), -1, dtype=np.intp)
    everyone[inside] = labels[0]
    return Clustering(everyone, int(k[0]), float(best[0]))


def camps(agreement: Agreement, permutations: int = 200, seed: int = 0) -> Camps:
    """Return the camps of a room or the reason why there are none to show."""
    active = int((agreement.seen() >= VOTES).sum())
    if active < PERSONS:
        return Camps((), NO_DATA, active)
    found = cluster(agreement, SMALLEST)
    inside = found.labels >= 0
    if found.k == 1:
        return Camps((), TOO_SMALL, int(inside.sum()))
    null = null_silhouettes(agreement.keep(inside).counted(), permutations, seed)
    line = float(np.percentile(null, 95))
    p = float((1 + (null >= found.silhouette).sum()) / (1 + permutations))
    real = found.silhouette > line
    groups = _members(agreement, found) if real else ()
    return Camps(groups, None if real else CHANCE, int(inside.sum()), found.silhouette, line, p)


def null_silhouettes(votes: Array, permutations: int, seed: int = 0, smallest: int = SMALLEST) -> Array:
    """Return the best silhouette of each shuffled table, shape (permutations,); votes of shape (persons, statements)."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    shuffled = shuffle(votes, permutations, seed)
    parts = np.array_split(shuffled, max(1, permutations // 25))  # small parts stay in the processor's cache
    with threadpool_limits(1, "blas"):  # thousands of tiny products: threads would only wait for each other
        return np.concatenate([_best_split(project(part), smallest)[1] for part in parts])


def shuffle(votes: Array, permutations: int, seed: int = 0) -> Array:
    """Return tables of shape (permutations, persons, statements), each statement shuffled among those who saw it."""
    chance = stream("opinion groups", seed)
    tables = np.repeat(votes[None], permutations, axis=0)
    for column in range(votes.shape[1]):
        seen = ~np.isnan(votes[:, column])
        tables[:, seen, column] = chance.permuted(tables[:, seen, column], axis=1)
    return tables


def _best_split(points: Array, smallest: int) -> tuple[Labels, Array, Labels]:
    """Return labels (batch, persons), silhouette (batch,) and k (batch,); k = 1 and -1.0 where no split is allowed."""
    distances = pair_distances(points)
    labels = np.zeros(points.shape[:2], dtype=np.intp)
    best, chosen = np.full(len(points), -1.0), np.ones(len(points), dtype=np.intp)
    for k in range(2, min(MOST_GROUPS, points.shape[1] // max(smallest, 1)) + 1):
        split = k_means(points, k)
        score = np.where(_allowed(split, k, smallest), silhouettes(points, split, k, distances), -1.0)
        better = score > best
        labels[better], best[better], chosen[better] = split[better], score[better], k
    return labels, best, chosen


def _allowed(labels: Labels, k: int, smallest: int) -> Flags:
    return np.asarray(one_hot(labels, k).sum(axis=1).min(axis=1) >= max(smallest, 1), dtype=np.bool_)


def _members(agreement: Agreement, found: Clustering) -> tuple[tuple[str, ...], ...]:
    names = np.array(agreement.persons, dtype=object)
    return tuple(tuple(names[found.labels == group]) for group in range(found.k))
