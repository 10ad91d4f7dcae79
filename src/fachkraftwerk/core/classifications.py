"""Closed vocabularies: levels, qualifications, occupations (KldB 2010, 2 digits), sectors, ages, indicators."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from fachkraftwerk.core.text import Text


@cache
def _words() -> dict[str, dict[str, dict[str, str]]]:
    import yaml

    text = files("fachkraftwerk.core").joinpath("classifications.yaml").read_text(encoding="utf-8")
    words: dict[str, dict[str, dict[str, str]]] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return words


def _texts(name: str) -> dict[str, Text]:
    return {key: Text(entry["de"], entry["en"]) for key, entry in _words()[name].items()}


#: Requirement levels, KldB 5th digit: key → name.
LEVELS: dict[str, Text] = _texts("levels")
#: The three qualifications a person can have.
QUALIFICATIONS: dict[str, Text] = _texts("qualifications")
#: What a figure can be asked for: the three, their sums, and everything.
QUALIFICATION_GROUPS: dict[str, Text] = _texts("qualification_groups")
#: Which qualifications make up a group.
QUALIFICATION_PARTS: dict[str, tuple[str, ...]] = {
    "unskilled": ("none",),
    "vocational": ("vocational",),
    "academic": ("academic",),
    "skilled": ("vocational", "academic"),
    "total": ("none", "vocational", "academic"),
}
#: The 36 civilian Berufshauptgruppen: key → short name people use.
OCCUPATIONS: dict[str, Text] = _texts("occupations")
#: WZ 2008 section groups of table 13111-07-05-4 that add up to the total.
SECTORS: dict[str, Text] = _texts("sectors")
#: Indicators of a forecast; positive = shortage.
INDICATORS: dict[str, Text] = _texts("indicators")
#: Ten-year ages of the workforce table.
AGES10: tuple[str, ...] = ("15-24", "25-34", "35-44", "45-54", "55-64")
SEXES: tuple[str, ...] = ("m", "f")
BASE_YEAR = 2023
HORIZON = 2040


def label(name: str, key: str) -> Text:
    """Return the reader-facing name of ``key`` in vocabulary ``name`` (e.g. "occupations")."""
    entry: dict[str, Any] = _words()[name][key]
    return Text(entry["de"], entry["en"])


def note(name: str, key: str) -> Text:
    """Return the explanation of ``key``; empty where none is needed."""
    entry = _words()[name][key]
    return Text(entry.get("note_de", ""), entry.get("note_en", ""))
