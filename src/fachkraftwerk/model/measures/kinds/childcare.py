"""Childcare places for under-threes: more of their mothers take part in the labour force."""

from __future__ import annotations

from fachkraftwerk.model.measures import groups
from fachkraftwerk.model.measures.kind import Values
from fachkraftwerk.model.measures.place import Array, Place


def persons(place: Place, dose: float, values: Values) -> Array:
    """Return the extra persons at full strength, shape (draw, year) or (draw,)."""
    return groups.mothers(place)[None] * (dose / 100 * values["effect"])[:, None]
