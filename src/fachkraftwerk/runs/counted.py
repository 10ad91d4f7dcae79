"""Counted people as arrays over the Kreise in the order of the edition: what pages ask again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import AGES10, LEVELS, OCCUPATIONS
from fachkraftwerk.runs.arrays import cube

if TYPE_CHECKING:
    from fachkraftwerk.edition import Edition

Array = NDArray[np.float64]


def _keys(edition: Edition) -> tuple[str, ...]:
    return tuple(region.ags for region in edition.regions.regions)


def exchange(edition: Edition) -> dict[str, Array]:
    """Return "people", commuters between two Kreise, both ways added up [Kreis, Kreis]."""
    keys = _keys(edition)
    flows = cube(edition.facts("commuting"), {"home": keys, "work": keys}, fill=0.0)
    np.fill_diagonal(flows, 0.0)
    return {"people": flows + flows.T}


def workforce(edition: Edition) -> dict[str, Array]:
    """Return "value" and "estimated", employees and how many of them are estimated [Kreis, occupation, level, age]."""
    rows = edition.facts("workforce")
    dims = {"ags": _keys(edition), "occupation": tuple(OCCUPATIONS), "level": tuple(LEVELS), "age": AGES10}
    estimated = rows.assign(value=rows["value"] * rows["estimated"])
    return {"value": cube(rows, dims, fill=0.0), "estimated": cube(estimated, dims, fill=0.0)}
