"""Academics in vocational posts: part of the surplus takes posts at Fachkraft level."""

from __future__ import annotations

from fachkraftwerk.model.measures.kind import Values
from fachkraftwerk.model.measures.place import Array, Place


def persons(place: Place, dose: float, values: Values) -> Array:
    """Return the extra persons at full strength, shape (draw, year) or (draw,)."""
    return place.surplus[None] * (dose / 100 * values["take"] / 100)[:, None]
