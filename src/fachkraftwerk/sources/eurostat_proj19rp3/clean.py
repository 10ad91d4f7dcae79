"""EUROPOP2019: the data browser's workbook (one sheet per sex, labels only) and the csv of Hessen's projection."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fachkraftwerk.sources.archive import unpack
from fachkraftwerk.sources.faults import Faults
from fachkraftwerk.sources.plain import table
from fachkraftwerk.sources.reading import figures, require_unique, sheet

if TYPE_CHECKING:
    import pandas as pd

HESSEN = ("nuts3", "name", "bevoelkerung_2019_01_01", "bevoelkerung_2050_01_01")
_SHEETS = ("Sheet 1", "Sheet 2", "Sheet 3")
_SEX_ROW, _AGE_ROW, _FIRST_ROW = 7, 11, 13  # as numbered in the workbook
_AGE = re.compile(r"(Less than 1 year)|(\d+) years?(?: or over)?")
_EXPORT = (
    "Exportieren Sie proj_19rp3 im Data Browser als XLSX mit Bezeichnungen, ein Blatt je Geschlecht.",
    "Export proj_19rp3 in the data browser as XLSX with labels, one sheet per sex.",
)


def clean(data: bytes, name: str) -> pd.DataFrame:
    """Return sex, age (label), geo (label), value, status of the workbook; or the csv of Hessen as text."""
    import pandas as pd

    inner = unpack(data, name)
    if inner[:2] != b"PK":
        frame, faults = table(data, name, HESSEN, keys=["nuts3"]), Faults(name)
        for column in HESSEN[2:]:
            figures(frame[column], faults, column=column, decimal=".", rows=range(2, len(frame) + 2))
        faults.check()
        return frame
    faults = Faults(name)
    parts = [_sheet(sheet(inner, name, title), title, faults) for title in _SHEETS]
    faults.check()
    return pd.concat(parts, ignore_index=True)


def age_of(label: str) -> int | None:
    """Return the age of a label: "Less than 1 year" → 0, "100 years or over" → 100, "Total" → None."""
    match = _AGE.fullmatch(label.strip())
    return None if match is None else 0 if match[1] else int(match[2])


def _sheet(rows: list[list[Any]], title: str, faults: Faults) -> pd.DataFrame:
    import pandas as pd

    local = Faults(f"{faults.name} [{title}]")
    header = rows[_AGE_ROW - 1] if len(rows) >= _FIRST_ROW else []
    ages = [(i, age) for i, cell in enumerate(header) if (age := age_of(str(cell))) is not None]
    if not header or str(header[0]) != "AGE (Labels)" or not ages:
        local.add(("In Zeile 11 stehen keine Altersjahre.", "Row 11 holds no single ages."), _EXPORT, row=_AGE_ROW)
        faults.found.extend(local.found)
        return pd.DataFrame()
    body = _body(rows)
    numbers = list(range(_FIRST_ROW, _FIRST_ROW + len(body)))
    base = pd.DataFrame({"geo": [str(row[0]) for row in body]}).assign(sex=str(rows[_SEX_ROW - 1][2]))
    require_unique(base, ["geo"], local, rows=numbers)
    parts = [
        pd.concat([base, figures([row[i] for row in body], local, column=str(age), rows=numbers)], axis=1).assign(age=age)
        for i, age in ages
    ]  # fmt: skip
    faults.found.extend(local.found)
    return pd.concat(parts)


def _body(rows: list[list[Any]]) -> list[list[Any]]:
    """Rows from 13 down to the first empty one; the legend of signs follows below it."""
    below = rows[_FIRST_ROW - 1 :]
    end = next((i for i, row in enumerate(below) if not str(row[0]).strip()), len(below))
    return below[:end]
