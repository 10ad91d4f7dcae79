"""Workbook with one sheet per sex; key, name, total and ages 0 to 89 and "90 u. m." in columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fachkraftwerk.sources.faults import Faults
from fachkraftwerk.sources.reading import figures, require_columns, require_unique, sheet

if TYPE_CHECKING:
    import pandas as pd

SHEETS = ("Insgesamt", "Männlich", "Weiblich")
AGES = ("unter 1", *(f"{age} - {age + 1}" for age in range(1, 90)), "90 u. m.")
HEAD = ("NUTS3", "Schl.Nr.", "Region", "Insgesamt")
_WRONG = ("Prüfen Sie, ob es die richtige Mappe ist.", "Check whether this is the right workbook.")


def clean(data: bytes, name: str) -> pd.DataFrame:
    """Return sheet, day, nuts3, ags (2, 3 or 5 digits, "" = Germany), name, age label, value, status, row.

    Refuses missing sheets or ages, doubled keys, impossible figures, and ages that do not add up to the total.
    """
    import pandas as pd

    faults = Faults(name)
    parts = [_sheet(sheet(data, name, title), title, faults) for title in SHEETS]
    faults.check()
    return pd.concat(parts, ignore_index=True)


def _sheet(rows: list[list[Any]], title: str, faults: Faults) -> pd.DataFrame:
    import pandas as pd

    top = next((i for i, row in enumerate(rows) if str(row[0]).strip() == HEAD[0]), None)
    day = re.search(r"\d{2}\.\d{2}\.\d{4}", str(rows[0][0])) if rows else None
    if top is None or day is None:
        faults.add((f"Blatt {title}: Kopf oder Stichtag fehlt.", f"Sheet {title}: head or day is missing."), _WRONG)
        faults.check()
    assert top is not None and day is not None
    labels = [str(cell).strip() for cell in (*rows[top][:4], *rows[top + 1][4:])]
    require_columns(labels, (*HEAD, *AGES), faults, row=top + 2)
    faults.check()
    body = [(i + 1, row) for i, row in enumerate(rows) if i > top + 1 and str(row[0]).strip() and row[3] != ""]
    if not body:
        faults.add((f"Blatt {title} ist leer.", f"Sheet {title} is empty."))
        faults.check()
    numbers = [number for number, _ in body]
    wide = pd.DataFrame([[str(c).strip() for c in row[:3]] for _, row in body], columns=["nuts3", "ags", "name"])
    require_unique(wide, ["ags"], faults, numbers)
    parts = [_column(wide, body, labels.index(age, 4), age, faults) for age in AGES]
    totals = _column(wide, body, 3, "Insgesamt", faults)
    table = pd.concat(parts, ignore_index=True)
    _require_sum(table, totals, title, faults)
    return table.assign(sheet=title, day=day.group(0))


def _column(wide: pd.DataFrame, body: list[tuple[int, list[Any]]], at: int, age: str, faults: Faults) -> pd.DataFrame:
    rows = [number for number, _ in body]
    cells = figures([row[at] for _, row in body], faults, column=age, rows=rows)
    return wide.assign(age=age, value=cells["value"], status=cells["status"], row=rows)


def _require_sum(table: pd.DataFrame, totals: pd.DataFrame, title: str, faults: Faults) -> None:
    """The ages of a Kreis are exact and add up to its total; if not, a column is shifted or cut."""
    sums = table.groupby("row")["value"].sum()
    for row, total in zip(totals["row"], totals["value"], strict=True):
        if sums[row] != total:
            faults.add(
                (f"Blatt {title}: die Alter ergeben {sums[row]:.0f} statt {total:.0f} Personen.",
                 f"Sheet {title}: the ages add up to {sums[row]:.0f} instead of {total:.0f} persons."),
                row=row, column="Insgesamt",
            )  # fmt: skip
