"""Is a publication whole? Lists without an end of their own are cut unnoticed; what they must hold is declared.

``whole`` in ``source.yaml``: edition table → column → how many different keys it has at least; ``each`` names a column
within whose every key this must hold (each year all Kreise); several rules of a table are a list. Samples and Musterland are small lands and are not asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.source import AND
from fachkraftwerk.core.text import Text
from fachkraftwerk.sources.territory import kreise

if TYPE_CHECKING:
    import pandas as pd

    from fachkraftwerk.sources.publication import Publication, Read

_REMEDY = Text(
    "Die Datei ist vermutlich abgeschnitten oder eine Auswahl; laden Sie die Tabelle vollständig herunter.",
    "The file is probably cut off or a selection; download the complete table.",
)


def require_whole(publication: Publication, read: Read) -> None:
    """Refuse tables that hold less than declared, naming file, row (key of ``each``), column and what is missing."""
    rules = [
        (table, dict(rule)) for table, rules in publication.whole.items() for rule in (rules if isinstance(rules, list) else [rules])
    ]  # fmt: skip
    faults = [fault for table, rule in rules for fault in _lacks(read.tables[table], rule)]
    if faults:
        raise Refusal(faults)


def _lacks(table: pd.DataFrame, wanted: dict[str, Any]) -> Iterator[Fault]:
    each = wanted.pop("each", None)
    parts = table.groupby(each) if each else [("", table)]
    for part, rows in parts:
        for column, number in wanted.items():
            found = set(rows[column])
            if len(found) < number:
                where = [AND.join(sorted(rows["file"].unique())), *([f"Zeilen/rows {part}"] if each else [])]
                yield _fault(
                    ", ".join([*where, f"Spalte/column „{column}“"]), len(found), number, _missing(column, found)
                )


def _missing(column: str, found: set[str]) -> str:
    """First Kreise that are not there; for other columns nobody here knows the full list."""
    lost = [key for key in kreise() if key not in found] if column in {"ags", "home", "work"} else []
    return f" ({', '.join(lost[:3])}{' …' if len(lost) > 3 else ''})" if lost else ""


def _fault(where: str, found: int, number: int, missing: str) -> Fault:
    what = Text(
        f"Nur {found} von mindestens {number} Schlüsseln sind da; es fehlen {number - found}{missing}.",
        f"Only {found} of at least {number} keys are there; {number - found} are missing{missing}.",
    )
    return Fault(what, _REMEDY, where)
