"""Kept runs as the page lists and compares them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.core.text import Text
from fachkraftwerk.runs import runstore, vintages
from fachkraftwerk.runs.changes import Change
from fachkraftwerk.runs.desk import Desk
from fachkraftwerk.runs.vintages import Comparison, Moved

#: How many Kreise and changes the page shows.
SHOWN = 25
KINDS = {
    "edition": Text("Ausgabe", "edition"),
    "table": Text("Tabelle", "table"),
    "parameter": Text("Annahme", "assumption"),
    "spread": Text("Spanne", "spread"),
    "code": Text("Programm", "code"),
    "draws": Text("Ziehungen", "draws"),
}


@dataclass(frozen=True)
class Row:
    """One Kreis in two runs."""

    name: Text
    moved: Moved


def runs() -> list[dict[str, Any]]:
    """Return the kept runs that are whole, newest first: name, edition, version, draws, seed, made."""
    found = []
    for name in runstore.listed():
        try:
            run = dict(runstore.load(runstore.folder() / name).manifest)
            found.append(run | {"when": _moment(str(run.get("made", "")))})
        except Refusal:
            continue  # a damaged run is none; the command line says what is wrong with it
    return sorted(found, key=lambda run: str(run.get("made", "")), reverse=True)


def _moment(made: str) -> Text:
    """Return day and time of a run (UTC) as both languages write them."""
    try:
        at = datetime.fromisoformat(made)
    except ValueError:
        return Text(made, made)
    return Text(f"{at:%d.%m.%Y, %H:%M} UTC", f"{at:%Y-%m-%d, %H:%M} UTC")


def states(change: Change) -> tuple[Text, Text]:
    """Return both states with the decimal sign of the language."""
    if change.kind not in ("parameter", "spread"):
        return Text(change.before, change.before), Text(change.after, change.after)
    before, after = (Text(re.sub(r"(\d)\.(\d)", r"\1,\2", one), one) for one in (change.before, change.after))
    return before, after


def compare(before: str, after: str) -> Comparison | None:
    """Return the comparison of two runs by name; None where one of them is not kept here. Raises Refusal."""
    if not {before, after} <= set(runstore.listed()):
        return None
    return vintages.compare(*(runstore.load(runstore.folder() / name) for name in (before, after)))


def rows(desk: Desk, found: Comparison, year: int) -> list[Row]:
    """Return the Kreise whose gap moved most."""
    regions = desk.edition.regions
    return [
        Row(desk.title(regions[one.region]) if one.region in regions else Text(one.region, one.region), one)
        for one in found.largest(year)[:SHOWN]
    ]


def total(found: Comparison, year: int) -> tuple[float, float]:
    """Return the sum over all Kreise before and after."""
    chosen = found.largest(year)
    return sum(one.before for one in chosen), sum(one.after for one in chosen)
