"""Takeover after training: firms keep more of those they trained."""

from __future__ import annotations

from fachkraftwerk.model.measures import groups
from fachkraftwerk.model.measures.constants import constant
from fachkraftwerk.model.measures.kind import Values
from fachkraftwerk.model.measures.place import Array, Place


def persons(place: Place, dose: float, values: Values) -> Array:
    """Return the extra persons per year at full strength, shape (draw, year) or (draw,)."""
    passed = groups.training_contracts(place) * constant("exam_success")
    return passed[None] * (dose / 100 * values["leaves"] / 100)[:, None]
