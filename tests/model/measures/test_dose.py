"""The usual strength of a lever counted in people fits the size of the Kreis; all others stay."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.model.measures import groups
from fachkraftwerk.model.measures.kind import Kind
from fachkraftwerk.model.measures.measure import faults, plan
from fachkraftwerk.model.measures.place import Place
from fachkraftwerk.model.measures.registry import kinds

GROWING = [kind for kind in kinds().values() if kind.dose.reference]


def sized(kind: Kind, place: Place, times: float) -> Place:
    """Return the place with so many times the people the lever refers to."""
    assert kind.dose.reference
    here = float(groups.size(kind.dose.reference.base, place)[0])
    return place.scaled(times * kind.dose.reference.size / here)


@pytest.mark.parametrize("kind", GROWING, ids=lambda kind: kind.key)
def test_a_kreis_of_the_size_referred_to_has_the_figures_of_the_file(kind: Kind, place: Place) -> None:
    here, file = kind.at(sized(kind, place, 1.004)).dose, kind.dose
    assert (here.low, here.central, here.high, here.step) == (file.low, file.central, file.high, file.step)


@pytest.mark.parametrize("kind", GROWING, ids=lambda kind: kind.key)
@pytest.mark.parametrize("times", [0.02, 0.25, 0.6, 1.8, 12.3, 450])
def test_the_range_grows_with_the_kreis_in_whole_even_numbers(kind: Kind, place: Place, times: float) -> None:
    here, file = kind.at(sized(kind, place, times)).dose, kind.dose
    assert 1 <= here.low <= here.central <= here.high <= here.limit
    for value, told in ((here.low, file.low), (here.central, file.central), (here.high, file.high)):
        assert value == int(value) and (value - here.low) % here.step == 0
        assert abs(value - told * times) <= max(here.step / 2, 1)
    assert here.limit >= file.limit


def test_who_counts_in_percent_is_the_same_everywhere(place: Place) -> None:
    for kind in kinds().values():
        if kind not in GROWING:
            assert kind.at(place.scaled(12)).dose == kind.dose


def test_fitting_twice_is_fitting_to_the_last_place(place: Place) -> None:
    kind = kinds()["immigration_recruitment"]
    small, large = sized(kind, place, 0.25), sized(kind, place, 12)
    assert kind.at(large).at(small) == kind.at(small)


def test_a_metropolis_is_asked_later_and_a_small_kreis_earlier(place: Place) -> None:
    kind = kinds()["immigration_recruitment"]
    small, large = sized(kind, place, 0.25), sized(kind, place, 12)
    assert plan(kind.key, 500, place=large).dose == 500
    for where, dose in ((small, 40), (large, 900), (large, 40)):
        with pytest.raises(Refusal, match="reason"):
            plan(kind.key, dose, place=where)
    assert plan(kind.key, "high", place=small).dose == 15


def test_what_was_saved_with_the_range_of_the_file_is_not_asked_again(place: Place) -> None:
    kind = kinds()["immigration_recruitment"]
    small = sized(kind, place, 0.25)
    saved = plan(kind.key, 40).at(small)
    assert faults(saved) and not faults(saved, saved=True)
    assert faults(replace(saved, dose=80.0), saved=True)
    assert faults(replace(saved, dose=1e6, reason="all"), saved=True)
