"""Dated figures behind the target groups, read from the YAML beside this file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from fachkraftwerk.core.text import Text


@dataclass(frozen=True)
class Constant:
    """One figure with unit, name, date, source, reason and grade of evidence."""

    key: str
    value: float
    unit: str
    name: Text
    date: str
    source: str
    reason: str
    grade: str


@cache
def constants() -> dict[str, Constant]:
    """Return all figures by key."""
    import yaml

    text = files(__package__).joinpath("constants.yaml").read_text(encoding="utf-8")
    return {key: _constant(key, entry) for key, entry in yaml.safe_load(text).items()}


def _constant(key: str, entry: dict[str, object]) -> Constant:
    words = {name: str(entry[name]) for name in ("unit", "date", "source", "reason", "grade")}
    return Constant(key, float(str(entry["value"])), name=Text(str(entry["de"]), str(entry["en"])), **words)


def constant(key: str) -> float:
    """Return the value of one figure."""
    return constants()[key].value
