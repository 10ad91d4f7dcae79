"""International graduates: more of those who study here stay to work here."""

from __future__ import annotations

import numpy as np

from fachkraftwerk.model.measures import groups
from fachkraftwerk.model.measures.kind import Values
from fachkraftwerk.model.measures.place import Array, Place


def persons(place: Place, dose: float, values: Values) -> Array:
    """Return the extra persons per year at full strength, shape (draw, year) or (draw,)."""
    leaving = 1 - values["gap"] / 100  # more cannot be kept than would leave
    return groups.foreign_graduates(place)[None] * np.minimum(dose / 100, leaving)[:, None]
