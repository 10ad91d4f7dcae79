"""Adjustments broadcast, refuse wrong shapes and split over a zone."""

from __future__ import annotations

import numpy as np
import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.model.adjustments import Adjustments


def test_a_plain_number_fills_the_whole_array() -> None:
    full = Adjustments(migration=np.array(2.0)).full("migration")
    assert full.shape == (1, 2, 91, 18)
    assert (full == 2.0).all()


def test_a_leading_axis_of_draws_is_kept() -> None:
    assert Adjustments(entrants=np.ones((5, 36, 4, 18))).full("entrants").shape == (5, 36, 4, 18)


def test_absent_fields_change_nothing() -> None:
    assert (Adjustments().full("retirement") == 1.0).all()
    assert (Adjustments().full("hours") == 0.0).all()


def test_all_wrong_shapes_are_told_at_once() -> None:
    with pytest.raises(Refusal) as refusal:
        Adjustments(migration=np.ones((3, 91, 18)), demand=np.array(np.nan))
    assert {fault.where for fault in refusal.value.faults} == {"Adjustments.migration", "Adjustments.demand"}


def test_absolute_quantities_are_split_and_rates_are_not() -> None:
    part = Adjustments(entrants=np.full((36, 4, 18), 10.0), retirement=np.full((91, 18), 0.9)).share(0.25)
    assert part.entrants is not None and part.retirement is not None
    assert part.entrants[0, 0, 0] == 2.5
    assert part.retirement[0, 0] == 0.9
