"""k-means and silhouette in the plane, many tables at once, without chance.

    silhouette_i = (b_i - a_i) / max(a_i, b_i): a = mean distance to the own group, b = to the nearest other group

Starts are fixed: slices of equal size along the first axis, along the second, and by angle around the centre; the
start with the smallest sum of squares wins. No random numbers, so the order of persons does not matter.
References: S. Lloyd (1982); P. Rousseeuw, "Silhouettes" (1987).
"""

from __future__ import annotations

import numpy as np

from fachkraftwerk.deliberation.agreement import Array, Labels


def k_means(points: Array, k: int, rounds: int = 30) -> Labels:
    """Return labels of shape (batch, persons) for points of shape (batch, persons, 2); group 0 is the largest."""
    starts = [_slices(key, k) for key in _keys(points)]
    runs = [_lloyd(points, start, k, rounds) for start in starts]
    best = np.argmin([spread for _, spread in runs], axis=0)
    stacked = np.stack([labels for labels, _ in runs])
    return _by_size(stacked[best, np.arange(len(points))], k)


def silhouettes(points: Array, labels: Labels, k: int, distances: Array | None = None) -> Array:
    """Return the mean silhouette per table, shape (batch,); persons alone in their group count 0."""
    apart = pair_distances(points) if distances is None else distances
    member = one_hot(labels, k)
    size = member.sum(axis=1)[:, None, :]
    sums = apart @ member
    own = np.take_along_axis(sums, labels[..., None], axis=2)[..., 0]
    own_size = np.take_along_axis(np.broadcast_to(size, member.shape), labels[..., None], axis=2)[..., 0]
    inside = own / np.maximum(own_size - 1, 1)
    outside = np.where((member > 0) | (size == 0), np.inf, sums / np.maximum(size, 1)).min(axis=2)
    usable = (own_size > 1) & np.isfinite(outside)
    outside = np.where(usable, outside, 0.0)
    score = (outside - inside) / np.maximum(np.maximum(inside, outside), 1e-12)
    return np.asarray(np.where(usable, score, 0.0).mean(axis=1), dtype=np.float64)


def pair_distances(points: Array) -> Array:
    """Return Euclidean distances, shape (batch, persons, persons)."""
    x, y = points[..., 0], points[..., 1]
    dx, dy = x[:, :, None] - x[:, None, :], y[:, :, None] - y[:, None, :]
    return np.asarray(np.sqrt(dx * dx + dy * dy), dtype=np.float64)


def one_hot(labels: Labels, k: int) -> Array:
    """Return membership as 0/1, shape (batch, persons, k)."""
    return np.asarray(labels[..., None] == np.arange(k), dtype=np.float64)


def _keys(points: Array) -> list[Array]:
    centred = points - points.mean(axis=1, keepdims=True)
    return [points[..., 0], points[..., 1], np.arctan2(centred[..., 1], centred[..., 0])]


def _slices(key: Array, k: int) -> Labels:
    order = key.argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")
    return np.asarray(order * k // key.shape[1], dtype=np.intp)


def _lloyd(points: Array, start: Labels, k: int, rounds: int) -> tuple[Labels, Array]:
    labels, active = start.copy(), np.arange(len(points))
    for _ in range(rounds):
        here = points[active]
        moved = _squares(here, _centres(here, labels[active], k)).argmin(axis=2)
        going = (moved != labels[active]).any(axis=1)  # settled tables drop out
        labels[active] = moved
        active = active[going]
        if active.size == 0:
            break
    nearest = _squares(points, _centres(points, labels, k)).min(axis=2)
    return labels, np.asarray(nearest.sum(axis=1), dtype=np.float64)


def _centres(points: Array, labels: Labels, k: int) -> Array:
    member = one_hot(labels, k)
    size = member.sum(axis=1)[..., None]
    centres = np.swapaxes(member, 1, 2) @ points / np.maximum(size, 1)
    return np.where(size > 0, centres, np.inf)  # an empty group stays empty


def _squares(points: Array, centres: Array) -> Array:
    dx = points[:, :, None, 0] - centres[:, None, :, 0]
    dy = points[:, :, None, 1] - centres[:, None, :, 1]
    return np.asarray(dx * dx + dy * dy, dtype=np.float64)


def _by_size(labels: Labels, k: int) -> Labels:
    """Number the groups by size, equal sizes by the first person."""
    size = one_hot(labels, k).sum(axis=1)
    first = np.where(size > 0, (labels[..., None] == np.arange(k)).argmax(axis=1), labels.shape[1])
    rank = np.lexsort((first, -size), axis=1).argsort(axis=1)
    return np.asarray(np.take_along_axis(rank, labels, axis=1), dtype=np.intp)
