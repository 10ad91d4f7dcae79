"""Childcare places for under-threes: employed mothers agree on longer hours."""

from __future__ import annotations

from fachkraftwerk.model.measures import groups
from fachkraftwerk.model.measures.constants import constant
from fachkraftwerk.model.measures.kind import Values
from fachkraftwerk.model.measures.place import Array, Place


def persons(place: Place, dose: float, values: Values) -> Array:
    """Return the extra persons at full strength, shape (draw, year) or (draw,)."""
    treated = groups.mothers(place) * dose / 100
    return treated[None] * (values["hours"] / 100 * constant("mothers_hours"))[:, None]
