"""Qualification by occupation, level and age group."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def without_apprentices(shares: Array, apprentices: Array, level: int = 1) -> Array:
    """Count apprentices with the qualification they will have: move them from none to vocational.

    shares: [occupation, level, 3 qualifications]; apprentices: share among employees of the Fachkraft level
    [occupation].
    """
    moved = shares.copy()
    part = np.minimum(apprentices, 0.9 * shares[:, level, 0])
    moved[:, level, 0] -= part
    moved[:, level, 1] += part
    return moved


def by_age(shares: Array, workforce: Array, targets: Array, rounds: int = 20) -> Array:
    """Return shares [group, occupation, level, qualification] that meet the national mix of each age group.

    shares: all ages [occupation, level, qualification]; workforce: [group, occupation, level]; targets:
    [group, qualification]. Iterative proportional fitting: only the odds between qualifications move.
    """
    fitted = np.repeat(shares[None], len(targets), axis=0)
    weight = workforce / workforce.sum((1, 2), keepdims=True)
    for _ in range(rounds):
        reached = (weight[..., None] * fitted).sum((1, 2))
        fitted = fitted * (targets / np.maximum(reached, 1e-9))[:, None, None, :]
        fitted = fitted / fitted.sum(-1, keepdims=True)
    return fitted


def tilt(shares: Array, odds: Array) -> Array:
    """Multiply the odds of each qualification: shares [..., 3] with odds [..., 3], normalised."""
    tilted = shares * odds
    return np.asarray(tilted / tilted.sum(-1, keepdims=True))


def school_odds(leavers: Array, national: Array, weight: float) -> Array:
    """Return odds [Kreis, 3] of none, vocational, academic from school certificates.

    leavers: [Kreis, 3] shares of leavers without or with the lowest certificate, with a middle one, with Abitur;
    national: the same for Germany [3]; weight: share of the local difference that counts.
    """
    return np.asarray((leavers / national) ** weight)
