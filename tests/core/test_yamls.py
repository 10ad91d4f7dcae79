"""YAML in which every name stands once."""

from __future__ import annotations

from contextlib import suppress

import pytest
import yaml

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.core.yamls import load


def test_texts_are_read_as_ever() -> None:
    text = "a: {b: [1, 2, {c: x}], d: &e {f: 1}}\ng: *e\n1: .nan\n"
    assert str(load(text)) == str(yaml.safe_load(text))
    assert load("") is None


def test_names_given_twice_are_told_with_their_lines() -> None:
    with pytest.raises(Refusal) as refusal:
        load("a: 1\nb: {c: 1,\n  c: 2}\na: 3\n", "own.yaml")
    told = sorted(fault.message("en") for fault in refusal.value.faults)
    assert ['"a" stands in line 4' in told[0], '"c" stands in line 3' in told[1]] == [True, True]
    assert all(one.startswith("own.yaml: ") for one in told)


@pytest.mark.parametrize("text", ["a: [", "- &x", "\x00"])
def test_other_texts_are_errors_of_yaml_or_nothing(text: str) -> None:
    with suppress(yaml.YAMLError):
        assert load(text) in ([None], None)


def test_a_text_that_holds_itself_is_read_without_end() -> None:
    found = load("&a [*a]")
    assert found[0] is found
