"""Effort and impact: four quadrants, and how certain the room is of each.

    point = (median effort, median impact);  high = above the middle of the scale, the middle itself counts as low
    certainty = share of bootstrap resamples of the persons whose point lies in the same quadrant
    uncertain = certainty below 0.8: drawn as uncertain and put up for discussion

Order of discussion: largest disagreement first (sum of both interquartile ranges), then the least certain.
Reference: B. Efron, R. Tibshirani (1993); the matrix is common practice in quality management.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from fachkraftwerk.core.streams import stream
from fachkraftwerk.deliberation.agreement import Array, Labels
from fachkraftwerk.deliberation.ballots import natural

Quadrant = Literal["leave", "fill", "big", "quick"]
"""leave: much effort, little impact; fill: little, little; big: much, much; quick: little effort, much impact."""

_QUADRANTS: tuple[Quadrant, ...] = ("fill", "leave", "quick", "big")
LEAST_CERTAINTY = 0.8


@dataclass(frozen=True)
class Point:
    """A measure in the plane. ``spread`` is the sum of both interquartile ranges."""

    measure: str
    effort: float
    impact: float
    quadrant: Quadrant
    certainty: float
    spread: float
    n: int

    @property
    def uncertain(self) -> bool:
        """True if the room should talk about it."""
        return self.certainty < LEAST_CERTAINTY


def points(
    ratings: Mapping[str, Mapping[str, tuple[float, float]]],
    scale: tuple[float, float] = (1, 5),
    resamples: int = 1000,
    seed: int = 0,
) -> list[Point]:
    """Return one point per measure in natural order from measure -> person -> (effort, impact).

    The stream of each measure has its own name, so a new measure changes no other point. Without ratings: left out.
    """
    middle = (scale[0] + scale[1]) / 2
    return [
        _point(name, ratings[name], middle, resamples, seed) for name in sorted(ratings, key=natural) if ratings[name]
    ]


def discussion_order(found: list[Point]) -> list[Point]:
    """Return the points, most controversial first."""
    return sorted(found, key=lambda point: (-point.spread, point.certainty, natural(point.measure)))


def quadrants(effort: Array, impact: Array, middle: float) -> Labels:
    """Return the index into (fill, leave, quick, big) for arrays of equal shape."""
    return np.asarray((effort > middle) + 2 * (impact > middle), dtype=np.intp)


def _point(name: str, own: Mapping[str, tuple[float, float]], middle: float, resamples: int, seed: int) -> Point:
    values = np.array([own[person] for person in sorted(own, key=natural)], dtype=np.float64)
    n = len(values)
    q1, median, q3 = np.percentile(values, [25, 50, 75], axis=0)
    drawn = stream(f"effort impact {name}", seed).integers(0, n, size=(resamples, n))
    medians = np.median(values[drawn], axis=1)
    here = int(quadrants(median[0], median[1], middle))
    certainty = float((quadrants(medians[:, 0], medians[:, 1], middle) == here).mean())
    spread = float((q3 - q1).sum())
    return Point(name, float(median[0]), float(median[1]), _QUADRANTS[here], certainty, spread, n)
