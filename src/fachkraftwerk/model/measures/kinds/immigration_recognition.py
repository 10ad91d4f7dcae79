"""Faster recognition: qualified people already here reach their level earlier."""

from __future__ import annotations

import numpy as np

from fachkraftwerk.model.measures import groups
from fachkraftwerk.model.measures.kind import Values
from fachkraftwerk.model.measures.place import Array, Place


def persons(place: Place, dose: float, values: Values) -> Array:
    """Return the extra persons at full strength, shape (draw, year) or (draw,)."""
    won = np.minimum(dose, values["wait"]) / 12 * values["recognised"] / 100
    return groups.applicants(place)[None] * won[:, None]
