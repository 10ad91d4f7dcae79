"""Hours of part-timers: a regional programme wins part of the hours they would like to add."""

from __future__ import annotations

from fachkraftwerk.model.measures.kind import Values
from fachkraftwerk.model.measures.place import Array, Place


def persons(place: Place, dose: float, values: Values) -> Array:
    """Return the extra persons at full strength, shape (draw, year) or (draw,)."""
    reserve = place.working(15, 74)
    return reserve[None] * (values["reserve"] / 100 * values["won"] / 100 * dose / 100)[:, None]
