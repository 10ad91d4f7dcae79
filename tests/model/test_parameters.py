"""Parameters are read, checked and dated."""

from __future__ import annotations

import numpy as np
import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.core.text import Text
from fachkraftwerk.model.parameters import Distribution, parameters, parse

BOTH = {"de": "x", "en": "y"}
ENTRY = {"value": 1, "unit": BOTH, "de": "a", "en": "b", "date": "2024-01-01", "source": "s", "reason": BOTH}


def test_every_parameter_names_unit_date_source_and_reason() -> None:
    for key, one in parameters().items():
        assert all((*one.unit, *one.name, one.date, *one.source, *one.reason)), key


def test_every_uncertain_assumption_says_where_its_spread_comes_from() -> None:
    uncertain = parameters().uncertain()
    assert len(uncertain) >= 11
    assert all(one.distribution is not None and all(one.distribution.source) for one in uncertain.values())


def test_dated_values_run_straight_between_their_dates_and_stay_constant_outside() -> None:
    series = parse({"a.b": ENTRY | {"value": {2024: 10.0, 2026: 30.0}}})["a.b"].series(np.array([2020, 2025, 2030]))
    assert series.tolist() == [10.0, 20.0, 30.0]


def test_spread_grows_with_the_horizon_and_is_as_stated_after_seven_years() -> None:
    spread = Distribution({"national": 0.4}, 0.5, False, Text("", ""))
    assert np.allclose(spread.at("national", np.array([-1.0, 0.0, 7.0, 28.0])), [0.0, 0.0, 0.4, 0.8])


def test_a_measured_course_takes_the_place_of_the_power() -> None:
    raw = {
        "spread": {"national": 0.4, "kreis": 0.2},
        "source": BOTH,
        "power": 1.0,
        "curve": {"national": [0.5, 0.6, 1.0]},
    }
    found = parse({"a.b": ENTRY | {"distribution": raw}})["a.b"].distribution
    assert found is not None
    years = np.array([-1.0, 0.0, 0.5, 1.0, 3.0, 9.0])
    assert np.allclose(found.at("national", years), 0.4 * np.array([0, 0, 0.25, 0.5, 1.0, 1.0]))
    assert np.allclose(found.at("kreis", np.array([3.5])), 0.1)


def test_large_places_stray_less_and_the_median_as_stated() -> None:
    raw = {"spread": {"kreis": 0.2}, "source": BOTH, "size": {"kreis": 0.5}}
    found = parse({"a.b": ENTRY | {"distribution": raw}})["a.b"].distribution
    assert found is not None
    assert np.allclose(found.by_size("kreis", np.array([25.0, 100.0, 400.0])), [2.0, 1.0, 0.5])
    assert np.allclose(found.by_size("land", np.array([25.0, 100.0, 400.0])), 1.0)


def test_all_faults_are_told_at_once() -> None:
    faulty = {
        "a.lacks": {"value": 1},
        "a.negative": ENTRY | {"distribution": {"spread": {"national": -1}}},
        "a.scope": ENTRY | {"distribution": {"spread": {"galaxy": 1}}},
    }
    with pytest.raises(Refusal) as refusal:
        parse(faulty)
    assert {fault.where for fault in refusal.value.faults} == {"a.lacks", "a.negative", "a.scope"}


@pytest.mark.parametrize(
    "lacking",
    [{"in dem es wirkt": None}, {"reason": "only one"}, {"unit": {"de": "Anteil"}}, {"source": {"en": "own"}}],
)
def test_a_text_in_one_language_or_torn_apart_is_refused(lacking: dict[str, object]) -> None:
    with pytest.raises(Refusal) as refusal:
        parse({"a.b": ENTRY | lacking})
    assert [fault.where for fault in refusal.value.faults] == ["a.b"]


def test_a_source_in_one_language_is_a_citation_not_a_sentence() -> None:
    shared = [one.source.de for one in parameters().values() if one.source.de == one.source.en]
    sentence = {"the", "of", "and", "own", "about", "der", "und", "eigene", "etwa"}
    assert not [source for source in shared if sentence & set(source.lower().split())]
