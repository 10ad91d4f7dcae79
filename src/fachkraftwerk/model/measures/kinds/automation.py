"""Digitalisation and automation: the same output with fewer hours."""

from __future__ import annotations

from fachkraftwerk.model.measures import groups
from fachkraftwerk.model.measures.kind import Values
from fachkraftwerk.model.measures.place import Array, Place


def persons(place: Place, dose: float, values: Values) -> Array:
    """Return the extra persons at full strength, shape (draw, year) or (draw,)."""
    return groups.demand(place)[None] * (dose / 100 * values["saves"] / 100)[:, None]
