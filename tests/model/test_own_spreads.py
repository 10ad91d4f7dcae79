"""Own spreads take the place of measured ones; what cannot be is refused, all faults at once."""

from __future__ import annotations

import numpy as np
import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.model import own_spreads
from fachkraftwerk.model.parameters import parameters, parse

KEY = "supply.retirement"


def test_only_what_is_given_changes() -> None:
    known = parameters()
    found = own_spreads.overlay(known, {KEY: {"spread": {"national": 0.5}, "power": 2}})
    assert found[KEY].distribution is not None
    assert found[KEY].distribution.spread["national"] == 0.5
    assert found[KEY].distribution.growth("national") == 2.0
    assert not found[KEY].distribution.estimated
    assert all(found[key] is known[key] for key in known if key != KEY)


def test_all_faults_are_told_at_once() -> None:
    given = {
        "supply.retirment": {"spread": {"national": 0.1}},
        KEY: {"spread": {"national": -0.1, "galaxy": 1}, "power": "steep"},
        "demand.demand_total": {"mean": 3},
    }
    with pytest.raises(Refusal) as refusal:
        own_spreads.overlay(parameters(), given)
    told = [fault.message("en") for fault in refusal.value.faults]
    assert any("no assumption" in one and "supply.retirement" in one for one in told)
    assert any("spread of -0.1 is impossible" in one for one in told)
    assert any("growth of steep is impossible" in one for one in told)
    assert any('"mean" cannot stand here' in one for one in told)
    assert all(fault.message("de") for fault in refusal.value.faults)


@pytest.mark.parametrize("text", [b"- a list", b"just words", b"a: [", b"\xff\xfe", b"a.b: 3", b""])
def test_a_file_of_something_else_is_refused(text: bytes) -> None:
    with pytest.raises(Refusal, match="names no spreads"):
        own_spreads.read(text, "own.yaml")


def test_an_assumption_cannot_follow_one_that_does_not_exist() -> None:
    both = {"de": "x", "en": "y"}
    entry = {"value": 1, "unit": both, "de": "a", "en": "b", "date": "2024-01-01", "source": "s", "reason": both}
    with pytest.raises(Refusal, match="no assumption"):
        parse({"a.b": entry | {"distribution": {"spread": {"national": 1}, "follows": {"a.c": 0.2}}}})


def test_a_power_of_ones_own_takes_the_place_of_a_measured_course() -> None:
    key, known = "demand.demand_total", parameters()
    plain = known[key].distribution
    assert plain is not None and "national" in plain.curves
    for power in (0.5, {"national": 0.5}):
        found = own_spreads.overlay(known, {key: {"power": power}})[key].distribution
        assert found is not None
        near, seven = found.at("national", np.array([1.0, 7.0]))
        assert near == pytest.approx(seven * (1 / 7) ** 0.5)
    kept = own_spreads.overlay(known, {key: {"power": {"land": 0.5}}})[key].distribution
    assert kept is not None and kept.curves == plain.curves


def test_a_spread_far_beyond_the_shipped_one_is_refused() -> None:
    wide = {"supply.retirement": {"spread": {"national": 1e6, "kreis": 0.06}}}
    with pytest.raises(Refusal, match="not conceivable") as refusal:
        own_spreads.overlay(parameters(), wide)
    assert len(refusal.value.faults) == 1
    wide["supply.retirement"]["spread"]["national"] = 0.5
    assert own_spreads.overlay(parameters(), wide)
