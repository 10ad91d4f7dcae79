"""Workbook of the Gemeindeverzeichnis: key, kind, name, NUTS3, area, population, density."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fachkraftwerk.sources.faults import Faults
from fachkraftwerk.sources.reading import figures, require_unique, sheet

if TYPE_CHECKING:
    import pandas as pd

SHEET = "Kreisfreie Städte u. Landkreise"
#: Column → words its head must contain, and where it stands.
HEADS = {"area": ("Fläche", 4), "total": ("insgesamt", 5), "m": ("männlich", 6), "f": ("weiblich", 7)}
_KEYS = ["ags", "kind", "name", "nuts3"]
_WRONG = ("Prüfen Sie, ob es die richtige Mappe ist.", "Check whether this is the right workbook.")


def clean(data: bytes, name: str) -> pd.DataFrame:
    """Return day, ags, kind, name, nuts3, column (area in km2, persons total, m, f), value, status, row.

    Refuses other heads, doubled keys, impossible figures, and men and women that do not add up.
    """
    import pandas as pd

    rows, faults = sheet(data, name, SHEET), Faults(name)
    day = _head(rows, faults)
    body = [
        (i, row)
        for i, row in enumerate(rows, start=1)
        if re.fullmatch(r"\d{4,5}", _key(row[0])) and str(row[2]).strip()
    ]
    numbers = [number for number, _ in body]
    wide = pd.DataFrame([[_key(row[0]), *map(str, row[1:4])] for _, row in body], columns=_KEYS, dtype=object)
    _require_keys(wide["ags"].tolist(), numbers, faults)
    require_unique(wide, ["ags"], faults, numbers)
    columns = {c: figures([r[at] for _, r in body], faults, column=c, rows=numbers) for c, (_, at) in HEADS.items()}
    _require_sum(columns, numbers, faults)
    faults.check()
    parts = [wide.assign(column=c, value=v["value"], status=v["status"], row=numbers) for c, v in columns.items()]
    return pd.concat(parts, ignore_index=True).assign(day=day)


def _head(rows: list[list[Any]], faults: Faults) -> str:
    """Check the heads and return the day of the borders."""
    top = next((i for i, row in enumerate(rows) if str(row[0]).startswith("Schlüssel")), len(rows) - 2)
    heads = [f"{a} {b}" for a, b in zip(rows[top], rows[top + 1], strict=True)]
    for column, (word, at) in HEADS.items():
        if at >= len(heads) or word not in heads[at]:
            faults.add(
                (f"Die Spalte „{word}“ fehlt.", f'The column "{word}" is missing.'), _WRONG, row=top + 1, column=column
            )
    day = next((m[0] for row in rows[:4] if (m := re.search(r"\d{2}\.\d{2}\.\d{4}", str(row[0])))), "")
    if not day:
        faults.add(("Der Gebietsstand fehlt.", "The date is missing."), _WRONG, row=2)
    faults.check()
    return day


def _key(cell: Any) -> str:
    """A key as text; a number has already lost its zero."""
    return str(int(cell)) if isinstance(cell, float) else str(cell).strip()


def _require_keys(keys: list[str], rows: list[int], faults: Faults) -> None:
    for key, row in zip(keys, rows, strict=True):
        if len(key) != 5:
            faults.add(
                (f"„{key}“ hat vier Stellen; die führende Null fehlt.", f'"{key}" has four digits; the zero is lost.'),
                ("Verwenden Sie die Originalmappe.", "Use the original workbook."), row=row, column="ags",
            )  # fmt: skip


def _require_sum(columns: dict[str, pd.DataFrame], rows: list[int], faults: Faults) -> None:
    both = columns["m"]["value"] + columns["f"]["value"]
    for row, sum_, total in zip(rows, both, columns["total"]["value"], strict=True):
        if sum_ != total:
            faults.add(
                (f"Männer und Frauen ergeben {sum_:.0f} statt {total:.0f}.",
                 f"Men and women add up to {sum_:.0f} instead of {total:.0f}."), _WRONG, row=row, column="total",
            )  # fmt: skip
