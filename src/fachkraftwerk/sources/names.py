"""A file is what its name says: workbook or text, the table expected under this name, figures of the years it names.

Two files of one publisher often share a layout, so that a swapped pair would be read without any complaint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING

from fachkraftwerk.core.errors import Fault, Refusal, refuse
from fachkraftwerk.core.source import AND, SourceRecord
from fachkraftwerk.core.text import Text
from fachkraftwerk.sources.faults import where

if TYPE_CHECKING:
    import pandas as pd

_OLE = b"\xd0\xcf\x11\xe0"
_BOOKS = frozenset({".xlsx", ".xls"})
_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
_SWAPPED = Text(
    "Prüfen Sie, ob Dateien vertauscht sind; trägt der Name ein anderes Jahr, etwa das des Abrufs, nehmen Sie es heraus.",
    "Check whether files are swapped; if the name bears another year, such as that of the download, take it out.",
)


def require_kind(data: bytes, name: str) -> None:
    """Refuse text under the name of a workbook, and a workbook under the name of a text."""
    named, book = PurePath(name).suffix.lower() in _BOOKS, data[:4] == _OLE or b"xl/workbook.xml" in data
    if named == book:
        return
    raise refuse(
        f"Der Name kündigt {'eine Arbeitsmappe' if named else 'Text'} an, die Datei ist "
        f"{'eine Arbeitsmappe' if book else 'Text'}.",
        f"The name announces {'a workbook' if named else 'text'}, the file is {'a workbook' if book else 'text'}.",
        "Prüfen Sie, ob zwei Dateien vertauscht sind.", "Check whether two files are swapped.", where(name),
    )  # fmt: skip


def require_layout(cleaned: pd.DataFrame, expected: str, name: str, source: SourceRecord) -> None:
    """Refuse a file that one importer reads but that is not the table ``expected`` ("" = any) under this name."""
    found = str(cleaned["table"].iloc[0]) if expected else ""
    if found == expected:
        return
    raise refuse(
        f"Der Inhalt ist nicht die erwartete Tabelle „{expected}“, sondern eine andere derselben Art („{found}“).",
        f'The content is not table "{expected}" as expected but another one of the same kind ("{found}").',
        f"Prüfen Sie, ob zwei Dateien vertauscht sind. Hierher gehört: {source.title.de} ({source.table}).",
        f"Check whether two files are swapped. What belongs here: {source.title.en} ({source.table}).", where(name, 1),
    )  # fmt: skip


def require_years(tables: Mapping[str, pd.DataFrame]) -> None:
    """Refuse files whose name speaks of years of which no table made from them has any figure."""
    held: dict[str, set[int]] = {}
    for table in tables.values():
        if "year" in table.columns:
            for cell, years in table.groupby("file")["year"]:
                for file in str(cell).split(AND):
                    held.setdefault(file, set()).update(map(int, years.unique()))
    faults = list(_other_years(held))
    if faults:
        raise Refusal(faults)


def _other_years(held: Mapping[str, set[int]]) -> Iterator[Fault]:
    for file, years in sorted(held.items()):
        named = [int(year) for year in _YEAR.findall(file)]
        if named and not any(min(named) <= year <= max(named) for year in years):
            said, found = _span(named), _span(years)
            yield Fault(
                Text(f"Der Name nennt {said}, die Zahlen sind von {found}.", f"The name says {said}, the figures are of {found}."),
                _SWAPPED, where(file, column="Jahr/year"),
            )  # fmt: skip


def _span(years: list[int] | set[int]) -> str:
    return f"{min(years)}" if min(years) == max(years) else f"{min(years)}–{max(years)}"
