"""Which statement to show next, so that few reactions say much.

    importance = (1 - p) (1 + E) a        p = (P + 1)/(S + 2) pass rate, a = (A + 1)/(S + 2) agree rate
    weight     = (importance * (1 + 8 * 2^(-S/5)))^2        S = seen by, E = length of the statement's projection

New statements get a push that halves every five reactions. A person gets a random statement among those not yet
seen, drawn with these weights.
Reference: C. Small et al., "Polis: Scaling Deliberation by Mapping High Dimensional Opinion Spaces" (2021).
"""

from __future__ import annotations

import numpy as np

from fachkraftwerk.core.streams import stream
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


def extremity(agreement: Agreement) -> Array:
    """Return how far from the centre somebody lies who only agreed to the one statement, shape (statements,)."""
    votes = agreement.counted()
    known = ~np.isnan(votes)
    means = np.where(known, votes, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    axes = components(np.where(known, votes - means, 0.0))
    reach = np.abs(1 - means) * np.linalg.norm(axes, axis=1) * np.sqrt(votes.shape[1])
    return np.asarray(reach, dtype=np.float64)


def next_statement(agreement: Agreement, person: str, seed: int = 0) -> str | None:
    """Return a statement ``person`` has not seen, or None. The draw depends on person, progress and ``seed`` only."""
    row = agreement.votes[agreement.persons.index(person)]
    chances = np.where(np.isnan(row), weights(agreement), 0.0)
    if chances.sum() <= 0:
        return None
    step = int((~np.isnan(row)).sum())
    place = stream(f"next statement {person} {step}", seed).choice(len(chances), p=chances / chances.sum())
    return agreement.statements[int(place)]
