"""What cannot be an assumption is refused by name, with what would be possible."""

from __future__ import annotations

from typing import Any

import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.model.parameters import parameters, parse

BOTH = {"de": "x", "en": "y"}
SHAPE = {"spread": {"national": 0.1, "kreis": 0.2}, "power": 1, "source": BOTH}
ENTRY = {
    "value": 1.0, "unit": BOTH, "de": "a", "en": "b", "date": "2026-01-01", "source": BOTH, "reason": BOTH,
    "low": 0.5, "high": 2, "distribution": SHAPE,
}  # fmt: skip


def refusal(entry: object, more: dict[str, Any] | None = None) -> str:
    with pytest.raises(Refusal) as found:
        parse({"a.b": entry} | (more or {}))  # type: ignore[dict-item]
    assert all(fault.message("de") and "a.b" in fault.message("de") for fault in found.value.faults)
    return found.value.message("en")


def test_a_whole_entry_is_taken() -> None:
    assert parse({"a.b": ENTRY})["a.b"].number == 1.0


@pytest.mark.parametrize("name", ["value", "unit", "de", "en", "date", "source", "reason"])
@pytest.mark.parametrize("empty", [None, "", {}])
def test_an_entry_without_one_of_its_statements_is_refused(name: str, empty: object) -> None:
    lacking = {key: value for key, value in ENTRY.items() if key != name}
    assert f'"{name}" is missing' in refusal(lacking)
    assert f'"{name}" is missing' in refusal(ENTRY | {name: empty})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), [1, float("nan")], {2024: None}])
def test_a_value_that_is_no_number_is_refused(value: object) -> None:
    assert "is not a number" in refusal(ENTRY | {"value": value})


@pytest.mark.parametrize("bounds", [{"low": 3}, {"value": 9}, {"high": 0.1}, {"low": float("nan")}, {"high": "x"}])
def test_bounds_out_of_order_are_refused(bounds: dict[str, object]) -> None:
    assert "not in this order" in refusal(ENTRY | bounds)


@pytest.mark.parametrize("value", [-0.1, float("nan"), float("inf"), "x", None, True, [1]])
@pytest.mark.parametrize(("place", "told"), [("spread", "spread of"), ("power", "growth of"), ("size", "course of")])
def test_impossible_numbers_are_refused(value: object, place: str, told: str) -> None:
    said = refusal(ENTRY | {"distribution": SHAPE | {place: {"kreis": value}}})
    assert told in said and "impossible" in said


@pytest.mark.parametrize(
    ("shape", "told"),
    [
        ("normal", "no distribution"),
        ([1], "no distribution"),
        (SHAPE | {"kind": "cauchy"}, '"kind" cannot stand here'),
        ({"power": 1, "source": BOTH}, '"distribution.spread" is missing'),
        (SHAPE | {"spread": {}}, '"distribution.spread" is missing'),
        (SHAPE | {"source": ""}, '"distribution.source" is missing'),
        (SHAPE | {"spread": 0.1}, '"spread" gives no numbers'),
        (SHAPE | {"spread": {"galaxy": 1}}, 'scope "galaxy" is unknown'),
        (SHAPE | {"power": {"land": 1}}, 'scope "land" is unknown'),
        (SHAPE | {"power": 4}, "growth of 4 is impossible"),
        (SHAPE | {"curve": {"kreis": 1}}, "is not a list"),
        (SHAPE | {"curve": {"kreis": [0.5, "steep"]}}, "course of steep"),
        (SHAPE | {"follows": ["a.c"]}, '"follows" gives no numbers'),
        (SHAPE | {"follows": {"a.b": 0.2}}, "cannot follow itself"),
    ],
)
def test_an_impossible_distribution_is_refused(shape: object, told: str) -> None:
    assert told in refusal(ENTRY | {"distribution": shape})


@pytest.mark.parametrize("share", [1.2, -1.2, "x", float("nan")])
def test_impossible_correlations_are_refused(share: object) -> None:
    other = {"a.c": ENTRY | {"unit": {"de": "a.b", "en": "a.b"}}}
    assert "correlations are impossible" in refusal(
        ENTRY | {"distribution": SHAPE | {"follows": {"a.c": share}}}, other
    )


def test_one_who_follows_is_not_followed() -> None:
    chain = {key: ENTRY | {"distribution": SHAPE | {"follows": {other: 0.3}}} for key, other in (("a.b", "a.c"),)}
    known = chain | {"a.c": chain["a.b"] | {"distribution": SHAPE | {"follows": {"a.d": 0.3}}}, "a.d": ENTRY}
    with pytest.raises(Refusal, match="itself follows"):
        parse(known)


@pytest.mark.parametrize("entry", [None, [1], "x", 3])
def test_what_is_no_entry_is_refused(entry: object) -> None:
    assert "no assumption" in refusal(entry)


def test_all_that_ships_is_sound() -> None:
    assert len(parameters().uncertain()) >= 14
