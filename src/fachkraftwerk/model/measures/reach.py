"""Which part of its target group a measure reaches: all of it, or those in chosen occupations and levels.

A kind says what a choice means. ``who``: it says who is reached, so the group, the effect and the cost count those people
only. ``where``: people without an occupation here are won for the chosen ones, so the group stays whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fachkraftwerk.core.classifications import LEVELS, OCCUPATIONS
from fachkraftwerk.model.measures import groups, spread
from fachkraftwerk.model.measures.place import Array, Place

if TYPE_CHECKING:
    from fachkraftwerk.model.measures.kind import Kind
    from fachkraftwerk.model.measures.measure import Measure

WHO, WHERE = "who", "where"


def narrowed(measure: Measure) -> bool:
    """Tell whether a choice of occupations or levels says who is reached."""
    return measure.kind.choice == WHO and bool(measure.occupations or levels(measure))


def levels(measure: Measure) -> tuple[str, ...]:
    """Return the levels chosen; none where they are all that the kind touches, because then nothing is left out."""
    return () if set(measure.levels) >= set(touched(measure.kind)) else measure.levels


def touched(kind: Kind) -> tuple[str, ...]:
    """Return the requirement levels a kind of measure reaches or leads to."""
    where = kind.where.get("to", kind.where)
    return tuple(where.get("levels", ())) or tuple(LEVELS)


def mask(measure: Measure) -> Array:
    """Return 1 for occupations and levels chosen, 0 for the others [o,l]; all where nothing is chosen."""
    rows = np.array([not measure.occupations or key in measure.occupations for key in OCCUPATIONS], dtype=float)
    chosen = levels(measure)
    columns = np.array([not chosen or key in chosen for key in LEVELS], dtype=float)
    return np.asarray(rows[:, None] * columns[None])


def part(place: Place, measure: Measure) -> float:
    """Return the share of the target group a measure reaches, 0 to 1."""
    if not narrowed(measure):
        return 1.0
    return float((spread.table(measure.kind.group, place) * mask(measure)).sum())


def near(place: Place, measure: Measure) -> Place:
    """Return the place as far as the people go whom a measure reaches."""
    return place.scaled(part(place, measure))


def size(place: Place, measure: Measure) -> Array:
    """Return the people a measure can reach, by year."""
    return groups.size(measure.kind.group, near(place, measure))
