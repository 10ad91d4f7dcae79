"""A Kreis written by hand: round numbers, so that every expected effect can be worked out on paper."""

from __future__ import annotations

import numpy as np
import pytest

from fachkraftwerk.model.measures.place import Place

YEARS = np.arange(2023, 2041)


def hand_place(**changes: object) -> Place:
    """100 residents of each sex and age, four fifths of those aged 20–64 in the labour force, 1 % of each cell."""
    people = np.full((2, 76, 18), 100.0)
    force = np.zeros_like(people)
    force[:, 20:65] = 80.0
    cells = np.full((36, 4), 10.0)
    moving = np.full((2, 76), 1 / 152)
    given = {
        "years": YEARS, "people": people, "force": force, "workforce": cells, "young": cells / 5, "residents": cells,
        "retiring": np.full((76, 18), 2.0), "disability": np.full(18, 30.0), "arrivals": np.full(18, 50.0),
        "moving": moving, "unemployed": 200.0, "students": 500.0, "surplus": np.full(18, 40.0),
        "commuters": {"06611": 600.0, "06634": 400.0},
    }  # fmt: skip
    return Place(**(given | changes))  # type: ignore[arg-type]


@pytest.fixture
def place() -> Place:
    """The Kreis written by hand."""
    return hand_place()
