"""Every number of the world the product uses, read from the parameter files that lie beside the functions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import fachkraftwerk
from fachkraftwerk.core.text import Text

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
    value: str
    unit: str
    spread: str
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
        name, Text(str(entry["de"]), str(entry["en"])), _written(value), str(entry.get("unit", "")),
        _written(entry.get("distribution", "")), str(entry.get("source", "")), str(entry.get("reason", "")), file,
    )  # fmt: skip


def _written(value: Any) -> str:
    """Return a value on one line; long tables are cut with their size."""
    if isinstance(value, dict):
        shown = "; ".join(f"{key}: {_written(one)}" for key, one in list(value.items())[:6])
        return shown + (f"; … ({len(value)})" if len(value) > 6 else "")
    if isinstance(value, list):
        return ", ".join(_written(one) for one in value[:8]) + (f", … ({len(value)})" if len(value) > 8 else "")
    return "" if value is None else str(value)
