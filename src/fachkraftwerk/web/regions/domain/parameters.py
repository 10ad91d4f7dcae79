"""Every number of the world the product uses, read from the parameter files that lie beside the functions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import fachkraftwerk
from fachkraftwerk.core.text import Text, number

#: Folder → heading; in the order of the method.
GROUPS = {
    "edition": Text("Daten vervollständigen", "Completing the data"),
    "model/population": Text("Bevölkerung", "Population"),
    "model/supply": Text("Arbeitskräfte, Abgänge und Nachwuchs", "Labour force, exits and entrants"),
    "model/demand": Text("Bedarf der Betriebe", "Demand of employers"),
    "model/balance": Text("Bilanz", "Balance"),
    "model/measures": Text("Maßnahmen", "Measures"),
    "runs": Text("Unsicherheit und Proben", "Uncertainty and tests"),
}


@dataclass(frozen=True)
class Parameter:
    """One dated assumption."""

    name: str
    title: Text
    value: Any
    unit: str
    spread: Any
    source: str
    reason: str
    file: str


@cache
def groups() -> list[tuple[Text, list[Parameter]]]:
    """Return the parameters of every step, in the order of the method."""
    root = Path(fachkraftwerk.__file__).parent
    found = []
    for folder, heading in GROUPS.items():
        paths = sorted((root / folder).rglob("*.yaml"))
        entries = [parameter for path in paths for parameter in _read(path, root)]
        if entries:
            found.append((heading, entries))
    return found


def _read(path: Path, root: Path) -> Iterator[Parameter]:
    import yaml

    document = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    for name, entry in (document or {}).items() if isinstance(document, dict) else ():
        if isinstance(entry, dict) and {"de", "en"} <= set(entry):
            yield _parameter(str(name), entry, path.relative_to(root).as_posix())


def _parameter(name: str, entry: dict[str, Any], file: str) -> Parameter:
    value = next((entry[key] for key in ("value", "dated", "values") if key in entry), "")
    return Parameter(
        name, Text(str(entry["de"]), str(entry["en"])), value, str(entry.get("unit", "")),
        _spread(entry.get("distribution")), str(entry.get("source", "")), str(entry.get("reason", "")), file,
    )  # fmt: skip


def _spread(distribution: Any) -> Any:
    """Return the spread of an assumption without its source, which stands beside the value's own."""
    if not isinstance(distribution, dict):
        return distribution or ""
    flat = distribution.get("spread", {})
    rest = {key: one for key, one in distribution.items() if key not in {"spread", "source", "reason"}}
    return {**flat, **rest} if isinstance(flat, dict) else distribution


def written(value: Any, lang: str) -> str:
    """Return a value on one line, numbers as the language writes them; long tables are cut with their size."""
    if isinstance(value, dict):
        shown = "; ".join(f"{key}: {written(one, lang)}" for key, one in list(value.items())[:6])
        return shown + (f"; … ({len(value)})" if len(value) > 6 else "")
    if isinstance(value, list | tuple):
        shown = ", ".join(written(one, lang) for one in value[:8])
        return shown + (f", … ({len(value)})" if len(value) > 8 else "")
    if isinstance(value, float):
        return number(value, lang, _decimals(value))
    return "" if value is None else str(value)


def _decimals(value: float) -> int:
    return next((n for n in range(6) if abs(value - round(value, n)) < 1e-9), 6)


#: Units of the parameter files in German; what is missing here stays as the file says it.
_UNITS = {
    "persons": "Personen", "share": "Anteil", "years": "Jahre", "rounds": "Runden", "cells": "Zellen", "deaths": "Sterbefälle",
    "factor per year": "Faktor je Jahr", "share per year": "Anteil je Jahr", "births per woman": "Geburten je Frau",
    "years of age": "Lebensjahre", "relative hazard": "relative Häufigkeit", "log odds": "Logit", "share of employees":
    "Anteil der Beschäftigten", "share of all employees": "Anteil aller Beschäftigten", "factor on the hazard":
    "Faktor auf die Häufigkeit", "years of age, by year of birth": "Lebensjahre, nach Geburtsjahr",
    "share of the total": "Anteil an der Summe", "log standard deviation": "logarithmische Standardabweichung",
    "persons per year, Germany, arrivals minus departures": "Personen im Jahr, Deutschland, Zuzüge minus Fortzüge",
}  # fmt: skip


def unit_in(words: str, lang: str) -> str:
    """Return a unit in the language of the reader."""
    if words == "1":
        return ""
    return words if lang.startswith("en") else _UNITS.get(words, words)
