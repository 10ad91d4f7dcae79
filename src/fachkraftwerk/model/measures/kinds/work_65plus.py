"""Work beyond 65: a larger share of residents aged 65–69 works on."""

from __future__ import annotations

from fachkraftwerk.model.measures.kind import Values
from fachkraftwerk.model.measures.place import Array, Place


def persons(place: Place, dose: float, values: Values) -> Array:
    """Return the extra persons at full strength, shape (draw, year) or (draw,)."""
    return place.at_ages(65, 69)[None] * (dose / 100 * values["reached"])[:, None]
