"""Parameters are read, checked and dated."""

from __future__ import annotations

import numpy as np
import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.model.parameters import Distribution, parameters, parse

ENTRY = {"value": 1, "unit": "share", "de": "a", "en": "b", "date": "2024-01-01", "source": "s", "reason": "r"}


def test_every_parameter_names_unit_date_source_and_reason() -> None:
    for key, one in parameters().items():
        assert all((one.unit, one.name.de, one.name.en, one.date, one.source, one.reason)), key


def test_every_uncertain_assumption_says_where_its_spread_comes_from() -> None:
    uncertain = parameters().uncertain()
    assert len(uncertain) >= 11
    assert all(one.distribution is not None and one.distribution.source for one in uncertain.values())


def test_dated_values_run_straight_between_their_dates_and_stay_constant_outside() -> None:
    series = parse({"a.b": ENTRY | {"value": {2024: 10.0, 2026: 30.0}}})["a.b"].series(np.array([2020, 2025, 2030]))
    assert series.tolist() == [10.0, 20.0, 30.0]


def test_spread_grows_with_the_horizon_and_is_as_stated_after_seven_years() -> None:
    spread = Distribution({"national": 0.4}, 0.5, False, "")
    assert np.allclose(spread.at("national", np.array([-1.0, 0.0, 7.0, 28.0])), [0.0, 0.0, 0.4, 0.8])


def test_all_faults_are_told_at_once() -> None:
    faulty = {
        "a.lacks": {"value": 1},
        "a.negative": ENTRY | {"distribution": {"spread": {"national": -1}}},
        "a.scope": ENTRY | {"distribution": {"spread": {"galaxy": 1}}},
    }
    with pytest.raises(Refusal) as refusal:
        parse(faulty)
    assert {fault.where for fault in refusal.value.faults} == {"a.lacks", "a.negative", "a.scope"}


def test_impossible_correlations_are_refused() -> None:
    with pytest.raises(Refusal):
        parse({"a.b": ENTRY | {"distribution": {"spread": {"national": 1}, "follows": {"a.c": 1.2}}}})
