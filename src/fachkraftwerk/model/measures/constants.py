"""Dated figures behind the target groups, read from the YAML beside this file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from fachkraftwerk.core.text import Text, both


@dataclass(frozen=True)
class Constant:
    """One figure with unit, name, date, source, reason and grade of evidence."""

    key: str
    value: float
    unit: Text
    name: Text
    date: str
    source: Text
    reason: Text
    grade: str


@cache
def constants() -> dict[str, Constant]:
    """Return all figures by key."""
    import yaml

    text = files(__package__).joinpath("constants.yaml").read_text(encoding="utf-8")
    return {key: _constant(key, entry) for key, entry in yaml.safe_load(text).items()}


def _constant(key: str, entry: dict[str, object]) -> Constant:
    unit, source, reason = (both(entry[name]) for name in ("unit", "source", "reason"))
    name, value = Text(str(entry["de"]), str(entry["en"])), float(str(entry["value"]))
    return Constant(key, value, unit, name, str(entry["date"]), source, reason, str(entry["grade"]))


def constant(key: str) -> float:
    """Return the value of one figure."""
    return constants()[key].value
