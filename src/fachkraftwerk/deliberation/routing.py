"""Which statement to show next, so that few reactions say much.

    importance = (1 - p) (1 + E) a        p = (P + 1)/(S + 2) pass rate, a = (A + 1)/(S + 2) agree rate
    weight     = (importance * (1 + 8 * 2^(-S/5)))^2        S = seen by, E = length of the statement's projection

New statements get a push that halves every five reactions. Everybody gets an order of their own, drawn with these
weights: so every statement of a long wall gets reactions, also when nobody comes to the end of it.
References: C. Small et al., "Polis: Scaling Deliberation by Mapping High Dimensional Opinion Spaces" (2021);
P. Efraimidis, P. Spirakis, "Weighted random sampling with a reservoir" (2006).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from hashlib import blake2b

import numpy as np

from fachkraftwerk.deliberation.agreement import Agreement, Array
from fachkraftwerk.deliberation.projection import components


def weights(agreement: Agreement) -> Array:
    """Return the weight of each statement, shape (statements,); rejected statements get 0."""
    votes = agreement.votes
    known = ~np.isnan(votes)
    seen = known.sum(axis=0)
    passed, agreed = (votes == 0).sum(axis=0), (votes == 1).sum(axis=0)
    importance = (1 - (passed + 1) / (seen + 2)) * (1 + extremity(agreement)) * (agreed + 1) / (seen + 2)
    raw = (importance * (1 + 8 * 2 ** (-seen / 5))) ** 2
    return np.where(agreement.accepted, raw, 0.0)


def even_weights(agreement: Agreement) -> Array:
    """Return the weights divided by (1 + S)^2: a room of sixty cannot leave it to chance, as a crowd can, that every statement is seen."""
    seen = (~np.isnan(agreement.votes)).sum(axis=0)
    return np.asarray(weights(agreement) / (1 + seen) ** 2, dtype=np.float64)


def extremity(agreement: Agreement) -> Array:
    """Return how far from the centre somebody lies who only agreed to the one statement, shape (statements,)."""
    votes = agreement.counted()
    known = ~np.isnan(votes)
    means = np.where(known, votes, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    axes = components(np.where(known, votes - means, 0.0))
    reach = np.abs(1 - means) * np.linalg.norm(axes, axis=1) * np.sqrt(votes.shape[1])
    return np.asarray(reach, dtype=np.float64)


def _share(name: str) -> float:
    """Return a number above 0 and below 1 that belongs to a name: even, and the same on every machine."""
    return (int.from_bytes(blake2b(name.encode(), digest_size=6).digest()) + 0.5) / 2**48


def order(statements: Sequence[str], chances: Mapping[str, float], person: str, seed: int = 0) -> list[str]:
    """Return the statements in the order in which ``person`` meets them; chances of 0 come last.

    A weighted draw without putting back: key = -log(u) / weight, smallest first. ``u`` belongs to person and statement,
    so that a vote elsewhere moves little in an order somebody is reading.
    """

    def key(statement: str) -> float:
        chance = chances.get(statement, 0.0)
        if chance <= 0:
            return math.inf
        return -math.log(_share(f"{seed}/{person}/{statement}")) / chance

    return sorted(statements, key=key)
