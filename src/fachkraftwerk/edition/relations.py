"""Sums that must hold inside an edition: declared in ``relations.yaml``, computed here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from fachkraftwerk.core.errors import Fault
from fachkraftwerk.core.text import Text, number
from fachkraftwerk.edition.parameters import load
from fachkraftwerk.edition.store import Edition

if TYPE_CHECKING:
    import pandas as pd


@cache
def declared() -> list[dict[str, Any]]:
    """Return the declared relations: table, column, whole, parts, tolerance; or two tables over common keys."""
    entries: list[dict[str, Any]] = load("relations.yaml")
    return entries


def relations(edition: Edition) -> list[Fault]:
    """Return every declared sum that does not hold; relations over tables the edition lacks are not asked."""
    faults: list[Fault] = []
    for entry in declared():
        if all(table in edition for table in (entry["table"], entry.get("equals", entry["table"]))):
            faults.extend(replace(fault, remedy=_sources(edition, entry)) for fault in ask(edition, entry))
    return [*faults, *completed(edition)]


def _sources(edition: Edition, entry: dict[str, Any]) -> Text:
    """Name the original files behind a sum that does not hold: one of them is another table or of another state."""
    tables = dict.fromkeys((entry["table"], entry.get("equals", entry["table"])))
    files = [name for table in tables for names in edition.tables[table]["files"].values() for name in names if name]
    named = ", ".join(sorted(set(files)))
    return Text(
        f"Prüfen Sie, ob eine Originaldatei vertauscht oder von anderem Stand ist ({named}), und bauen Sie noch einmal.",
        f"Check whether an original file is swapped or of another state ({named}), and rebuild the edition.",
    )


def ask(edition: Edition, entry: dict[str, Any]) -> list[Fault]:
    """Return what is wrong with one declared relation."""
    if "equals" in entry:
        return list(_between(edition, entry))
    if "total" in entry:
        sums = _summed(edition, entry["table"], entry)
        return list(_compare(sums, sums * 0 + entry["total"], entry))
    return list(_levels(edition, entry) if "digits" in entry else _within(edition, entry))


def _within(edition: Edition, entry: dict[str, Any]) -> Iterator[Fault]:
    """Parts of one column add up to the whole, for every other key."""
    facts, column = _asked(edition, entry["table"], entry), entry["column"]
    others = entry.get("sum_by") or [c for c in edition.tables[entry["table"]]["keys"] if c != column]
    if "sum_by" in entry:  # a level holds many rows: added up first
        facts = facts.groupby([*others, column])["value"].sum().reset_index()
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
    """Sums over everything but the keys in ``by``; where cells are hidden or missing there is no sum to compare."""
    groups = _asked(edition, table, entry).groupby(entry["by"])["value"]
    sums, shown, rows = groups.sum(), groups.count(), groups.size()
    whole = shown == (rows if "total" in entry else rows.max())
    return sums[whole]


def _levels(edition: Edition, entry: dict[str, Any]) -> Iterator[Fault]:
    """Codes of more digits add up to the codes they begin with."""
    facts = _asked(edition, entry["table"], entry)
    values = facts.set_index(entry["column"])["value"]
    codes = values.index.to_series()
    for short, long in pairwise(entry["digits"]):
        finer = values[codes.str.fullmatch(rf"\d{{{long}}}")]
        parts = finer.groupby(finer.index.str[:short]).sum()
        common = parts.index.intersection(values.index)
        yield from _compare(parts[common], values[common], entry)


def _asked(edition: Edition, table: str, entry: dict[str, Any]) -> pd.DataFrame:
    """Rows of a table that a relation speaks about."""
    facts = edition.facts(table)
    for column, label in entry.get("where", {}).items():
        facts = facts[facts[column] == label]
    for column, labels in entry.get("where_not", {}).items():
        facts = facts[~facts[column].isin(labels)]
    return facts[facts["year"] >= entry["since"]] if "since" in entry else facts


def _compare(parts: pd.Series[float], whole: pd.Series[float], entry: dict[str, Any]) -> Iterator[Fault]:
    off = (parts - whole).abs()
    wrong = off[(off > entry["tolerance"] + 1e-6) & np.isfinite(off)]
    if "except" in entry:
        wrong = wrong.drop(tuple(entry["except"]), errors="ignore")
    if len(wrong):
        worst = wrong.idxmax()
        given, wanted = number(float(parts[worst]), decimals=1), number(float(whole[worst]), decimals=1)
        yield Fault(
            Text(
                f"{entry['de']}: {len(wrong)} Summen stimmen nicht, am meisten {worst} ({given} statt {wanted}).",
                f"{entry['en']}: {len(wrong)} sums do not hold, worst {worst} ({given} instead of {wanted}).",
            ),
            _REBUILD,
            entry["table"],
        )


def completed(edition: Edition) -> Iterator[Fault]:
    """Completed cells keep their bounds and, with the people outside the table, meet the margins of own tables."""
    if "workforce" not in edition:
        return
    facts = edition.facts("workforce")
    beyond = (facts["value"] < facts["low"] - 0.006) | (facts["value"] > facts["high"] + 0.006)
    if beyond.any():
        count = int(beyond.sum())
        yield Fault(Text(f"{count} Zellen verlassen ihre Grenzen.", f"{count} cells leave their bounds."), _REBUILD,
                    "workforce")  # fmt: skip
    if {"workforce_outside", "workforce_he_occupation"} <= set(edition.tables):
        yield from _own_margins(facts, edition)


def _own_margins(facts: pd.DataFrame, edition: Edition) -> Iterator[Fault]:
    import pandas as pd

    outside, margin = edition.facts("workforce_outside"), edition.facts("workforce_he_occupation")
    totals = edition.facts("workforce_he_totals")
    columns = ["ags", "occupation", "age", "value"]
    inside = facts[facts["ags"].isin(outside["ags"])]
    everyone = pd.concat([inside[columns], outside[columns]])
    sums, published = everyone.groupby(["ags", "occupation"])["value"].sum(), margin.set_index(["ags", "occupation"])
    sums, shown = sums.align(published["value"].dropna(), join="inner")
    yield from _compare(sums, shown, {"table": "workforce", "tolerance": 5.3, **_OCCUPATION_SUMS})
    group = everyone.assign(group=everyone["age"].replace(_GROUPS)).groupby(["ags", "group"])["value"].sum()
    exact = totals[totals["group"].isin(["15-24", "25-54", "55-retirement"])].set_index(["ags", "group"])["value"]
    group, exact = group.align(exact, join="inner")
    yield from _compare(group, exact, {"table": "workforce", "tolerance": 1.0, **_AGE_SUMS})


_REBUILD = Text("Bauen Sie die Ausgabe noch einmal.", "Rebuild the edition.")
_GROUPS = {"25-34": "25-54", "35-44": "25-54", "45-54": "25-54", "55-64": "55-retirement", "65-ra": "55-retirement",
           "55-ra": "55-retirement"}  # fmt: skip
_OCCUPATION_SUMS = {
    "de": "Vervollständigte Zellen ergeben Kreis × Beruf", "en": "Completed cells add up to Kreis × occupation",
}  # fmt: skip
_AGE_SUMS = {
    "de": "Vervollständigte Zellen ergeben die Altersgruppen", "en": "Completed cells add up to the age totals",
}  # fmt: skip
