"""From votes to a plane: two principal components with missing votes at the column mean.

    x = votes, nan -> column mean;   C = (x - m)' (x - m);   v_1, v_2 = leading eigenvectors of C
    point_i = sqrt(s / n_i) * sum over seen statements of (x_ij - m_j) * v_kj     (s statements, n_i seen)

The factor moves persons who saw few statements out of the centre where the filling would put them.
All functions take leading batch axes, so that hundreds of shuffled tables run as one.
Reference: C. Small, M. Bjorkegren, T. Erkkilä, L. Shaw, C. Megill, "Polis: Scaling Deliberation by Mapping High
Dimensional Opinion Spaces" (2021).
"""

from __future__ import annotations

import numpy as np

from fachkraftwerk.deliberation.agreement import Array, Flags


def included(seen: Array, statements: int, least: int = 7, room: int = 15) -> Flags:
    """Return who counts: at least min(7, statements) votes; if fewer than 15 do, the most active up to 15.

    Equal activity at the edge: the earlier person of the table. ``seen`` has shape (persons,).
    """
    inside = seen >= min(least, statements)
    if inside.sum() < room:
        inside = inside.copy()
        inside[np.argsort(-seen, kind="stable")[:room]] = True
        inside &= seen > 0
    return np.asarray(inside, dtype=np.bool_)


def project(votes: Array) -> Array:
    """Return points of shape (..., persons, 2) for votes of shape (..., persons, statements) with nan for unseen."""
    seen = ~np.isnan(votes)
    counts = seen.sum(axis=-2, keepdims=True)
    means = np.where(seen, votes, 0.0).sum(axis=-2, keepdims=True) / np.maximum(counts, 1)
    centred = np.where(seen, votes - means, 0.0)
    scale = np.sqrt(votes.shape[-1] / np.maximum(seen.sum(axis=-1, keepdims=True), 1))
    return np.asarray(centred @ components(centred) * scale, dtype=np.float64)


def components(centred: Array) -> Array:
    """Return the two leading unit eigenvectors of C, shape (..., statements, 2).

    Sign: the largest absolute entry of each is positive. Works on the smaller of the two Gram matrices.
    """
    persons, statements = centred.shape[-2:]
    turned = np.swapaxes(centred, -1, -2)
    if statements <= persons:
        vectors = np.linalg.eigh(turned @ centred)[1][..., :, -1:-3:-1]
    else:
        vectors = turned @ np.linalg.eigh(centred @ turned)[1][..., :, -1:-3:-1]
        lengths = np.linalg.norm(vectors, axis=-2, keepdims=True)
        vectors = vectors / np.where(lengths > 1e-9, lengths, np.inf)
    peak = np.take_along_axis(vectors, np.abs(vectors).argmax(axis=-2, keepdims=True), axis=-2)
    return np.asarray(vectors * np.where(peak < 0, -1.0, 1.0), dtype=np.float64)
