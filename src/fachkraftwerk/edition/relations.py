"""Sums that must hold inside an edition: declared in ``relations.yaml``, computed here."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from fachkraftwerk.core.errors import Fault
from fachkraftwerk.core.text import Text, number
from fachkraftwerk.edition.store import Edition

if TYPE_CHECKING:
    import pandas as pd


@cache
def declared() -> list[dict[str, Any]]:
    """Return the declared relations: table, column, whole, parts, tolerance; or two tables over common keys."""
    import yaml

    text = files("fachkraftwerk.edition").joinpath("relations.yaml").read_text(encoding="utf-8")
    entries: list[dict[str, Any]] = yaml.safe_load(text)
    return entries


def relations(edition: Edition) -> list[Fault]:
    """Return every declared sum that does not hold; relations over tables the edition lacks are not asked."""
    faults: list[Fault] = []
    for entry in declared():
        tables = [entry["table"], *([entry["equals"]] if "equals" in entry else [])]
        if all(table in edition for table in tables):
            faults.extend(_between(edition, entry) if "equals" in entry else _within(edition, entry))
    return [*faults, *_completion(edition)]


def _within(edition: Edition, entry: dict[str, Any]) -> Iterator[Fault]:
    """Parts of one column add up to the whole, for every other key."""
    facts = edition.facts(entry["table"])
    for column, label in entry.get("where", {}).items():
        facts = facts[facts[column] == label]
    column = entry["column"]
    others = [c for c in edition.tables[entry["table"]]["keys"] if c != column]
    wide = facts.pivot(index=others, columns=column, values="value")
    parts = [part for part in entry["parts"] if part in wide] if "parts" in entry else list(wide.columns)
    if entry["whole"] not in wide:
        return
    parts = [part for part in parts if part != entry["whole"]]
    yield from _compare(wide[parts].sum(axis=1, skipna=False), wide[entry["whole"]], entry)


def _between(edition: Edition, entry: dict[str, Any]) -> Iterator[Fault]:
    """A table summed over its other keys equals another one."""
    left, right = _summed(edition, entry["table"], entry), _summed(edition, entry["equals"], entry)
    left, right = left.align(right, join="inner")
    yield from _compare(left, right, entry)


def _summed(edition: Edition, table: str, entry: dict[str, Any]) -> pd.Series[float]:
    facts = edition.facts(table)
    for column, label in entry.get(f"where_{table}", {}).items():
        facts = facts[facts[column].isin(label if isinstance(label, list) else [label])]
    return facts.groupby(entry["by"])["value"].sum(min_count=1)


def _compare(parts: pd.Series[float], whole: pd.Series[float], entry: dict[str, Any]) -> Iterator[Fault]:
    allowed = entry.get("tolerance", 0) + entry.get("tolerance_share", 0) * whole.abs()
    off = (parts - whole).abs()
    wrong = off[(off > allowed + 1e-6) & np.isfinite(off)]
    if len(wrong) > entry.get("exceptions", 0):
        worst = wrong.idxmax()
        given, wanted = number(float(parts[worst]), decimals=1), number(float(whole[worst]), decimals=1)
        yield Fault(
            Text(
                f"{entry['de']}: {len(wrong)} Summen stimmen nicht, am meisten {worst} ({given} statt {wanted}).",
                f"{entry['en']}: {len(wrong)} sums do not hold, worst {worst} ({given} instead of {wanted}).",
            ),
            Text("Bauen Sie die Ausgabe noch einmal.", "Rebuild the edition."),
            entry["table"],
        )


def _completion(edition: Edition) -> Iterator[Fault]:
    """Completed cells lie within their bounds; published ones have not left their rounding."""
    if "workforce" not in edition:
        return
    facts = edition.facts("workforce")
    outside = (facts["value"] < facts["low"] - 0.001) | (facts["value"] > facts["high"] + 0.001)
    if outside.any():
        yield Fault(
            Text(
                f"{outside.sum()} Zellen liegen außerhalb ihrer Grenzen.", f"{outside.sum()} cells leave their bounds."
            ),
            Text("Bauen Sie die Ausgabe noch einmal.", "Rebuild the edition."),
            "workforce",
        )
