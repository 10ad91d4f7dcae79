"""Which file a row comes from: the way every publication's rows get their column ``file``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from fachkraftwerk.core.errors import Refusal, refuse
from fachkraftwerk.core.facts import STATUS
from fachkraftwerk.core.source import AND

if TYPE_CHECKING:
    import pandas as pd

#: Columns that say something about a row instead of telling it from others.
ABOUT = frozenset({"value", "status", "file"})
Harmonise = Callable[[dict[str, "pd.DataFrame"]], dict[str, "pd.DataFrame"]]


def by_file(harmonise: Harmonise, cleaned: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Harmonise each cleaned file on its own, name it in its rows, and put tables of several files together.

    No importer can lose the way back, since none is asked for it; and none can mix files by accident.
    """
    found: dict[str, list[pd.DataFrame]] = {}
    for name, frame in cleaned.items():
        for table, rows in _named(harmonise, name, frame).items():
            found.setdefault(table, []).append(rows.assign(file=name))
    return {table: parts[0] if len(parts) == 1 else _stacked(parts) for table, parts in found.items()}


def _named(harmonise: Harmonise, name: str, frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Harmonise one file. What an importer refuses without naming the file gets its name here."""
    try:
        return harmonise({name: frame})
    except Refusal as refusal:
        raise Refusal(
            fault if PurePath(name).name in fault.where else replace(fault, where=f"{name}, {fault.where}".rstrip(", "))
            for fault in refusal.faults
        ) from refusal


def joined(names: Mapping[str, pd.Series[bool]]) -> pd.Series[str]:
    """Return the column ``file`` of rows made of several files: the names whose mask is true, sorted and joined."""
    import pandas as pd

    present = pd.DataFrame({name: names[name] for name in sorted(names)})
    labels = {row: AND.join(present.columns[list(row)]) for row in present.drop_duplicates().itertuples(index=False)}
    return pd.Series([labels[row] for row in present.itertuples(index=False)], index=present.index, dtype=object)


def keys(table: pd.DataFrame) -> list[str]:
    """Return the columns that tell rows apart."""
    return [column for column in table.columns if column not in ABOUT]


def well_formed(name: str, table: pd.DataFrame, files: Collection[str]) -> None:
    """Guard our own importers: every row names its file, Facts have a known status, and no key twice."""
    if "file" not in table.columns:
        raise ValueError(f"{name}: rows do not say which file they come from")
    named = {file for cell in table["file"].unique() for file in cell.split(AND)}
    if named - set(files):
        raise ValueError(f"{name}: unknown file {sorted(named - set(files))}")
    if "value" not in table.columns:
        return
    strange = set(table["status"]) - set(STATUS)
    if strange:
        raise ValueError(f"{name}: unknown status {sorted(strange)}")
    doubled = table[table.duplicated(keys(table))]
    if len(doubled):
        raise ValueError(f"{name}: doubled key {doubled[keys(table)].iloc[0].to_dict()}")


def _stacked(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Put the rows of several files together. Refuses files that both hold the same row: which one would be right?"""
    import pandas as pd

    whole = pd.concat(parts, ignore_index=True)
    doubled = whole[whole.duplicated(keys(whole), keep=False)]
    if len(doubled):
        raise _twice(doubled)
    return whole.sort_values(keys(whole), kind="stable", ignore_index=True)


def _twice(doubled: pd.DataFrame) -> Refusal:
    row = doubled[keys(doubled)].iloc[0]
    mine = doubled[(doubled[keys(doubled)] == row).all(axis=1)]
    said = ", ".join(f"{name} {cell}" for name, cell in row.items())
    return refuse(
        f"Beide Dateien enthalten dieselbe Zeile ({said}); insgesamt {len(doubled)} Zeilen kommen mehrfach vor.",
        f"Both files hold the same row ({said}); {len(doubled)} rows in all occur more than once.",
        "Lassen Sie nur eine der beiden Dateien im Ordner.", "Leave only one of the two files in the folder.",
        AND.join(mine["file"].unique()),
    )  # fmt: skip
