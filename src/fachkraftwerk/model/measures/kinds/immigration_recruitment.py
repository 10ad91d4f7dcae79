"""Skilled immigration: people recruited abroad, of whom a part stays in the region."""

from __future__ import annotations

from fachkraftwerk.model.measures.kind import Values
from fachkraftwerk.model.measures.place import Array, Place


def persons(place: Place, dose: float, values: Values) -> Array:
    """Return the extra persons per year at full strength, shape (draw, year) or (draw,)."""
    return dose * values["arrives"] / 100
