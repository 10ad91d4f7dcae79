"""INKAR's interactive export: names of indicators in the first row, years in the second, then one row per Kreis.

The csv writes decimal commas and thousands points, the xls decimal points.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any

from fachkraftwerk.sources.archive import unpack
from fachkraftwerk.sources.faults import Faults
from fachkraftwerk.sources.plain import require_keys, require_line_end
from fachkraftwerk.sources.reading import decode, figures, require_columns, require_unique, sheet

if TYPE_CHECKING:
    import pandas as pd

KEYS = ("Kennziffer", "Raumeinheit", "Aggregat")
_OLE = b"\xd0\xcf\x11\xe0"
_THOUSANDS = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?")
_FIRST_ROW = 3
_EXPORT = (
    "Exportieren Sie die Tabelle in INKAR noch einmal mit Kennziffern und Zeitbezug.",
    "Export the table in INKAR again with keys and time.",
)


def clean(data: bytes, name: str) -> pd.DataFrame:
    """Return Kennziffer, Raumeinheit, Aggregat, Indikator, Zeitbezug, value, status. Raises Refusal otherwise."""
    import pandas as pd

    inner, faults = unpack(data, name), Faults(name)
    workbook = inner[:4] == _OLE or inner[:2] == b"PK"
    rows = sheet(inner, name, "Daten") if workbook else _csv(inner, name, faults)
    header, years = _head(rows, faults)
    body = [row for row in rows[_FIRST_ROW - 1 :] if any(str(cell).strip() for cell in row)]
    _check_width(body, len(header), faults)
    base = pd.DataFrame([row[: len(KEYS)] for row in body], columns=list(KEYS), dtype=object)
    require_keys(base, "Kennziffer", 5, faults, _FIRST_ROW)
    require_unique(base, ["Kennziffer"], faults, rows=range(_FIRST_ROW, _FIRST_ROW + len(body)))
    faults.check()
    parts = [_column(base, body, i, header[i], years[i], "." if workbook else ",", faults)
             for i in range(len(KEYS), len(header))]  # fmt: skip
    faults.check()
    return pd.concat(parts, ignore_index=True)


def _csv(data: bytes, name: str, faults: Faults) -> list[list[Any]]:
    content = decode(data, name)
    require_line_end(content, faults)
    return [list(row) for row in csv.reader(content.splitlines(), delimiter=";")]


def _head(rows: list[list[Any]], faults: Faults) -> tuple[list[str], list[str]]:
    header = [str(cell).strip() for cell in rows[0]] if rows else []
    years = [str(cell).strip() for cell in rows[1]] if len(rows) > 1 else []
    require_columns(header, KEYS, faults, row=1)
    faults.check()
    for index in range(len(KEYS), len(header)):
        if index >= len(years) or not re.fullmatch(r"\d{4}(\.0)?", years[index]):
            faults.add(("In der zweiten Zeile fehlt das Jahr.", "The year is missing in the second row."), _EXPORT,
                       row=2, column=header[index])  # fmt: skip
    if len(set(header)) != len(header):
        faults.add(("Ein Indikator kommt doppelt vor.", "An indicator occurs twice."), _EXPORT, row=1)
    faults.check()
    return header, [year[:4] for year in years]


def _check_width(body: list[list[Any]], width: int, faults: Faults) -> None:
    if not body:
        faults.add(("Die Tabelle enthält keine Kreise.", "The table holds no Kreise."), _EXPORT)
    for index, row in enumerate(body):
        if len(row) != width:
            faults.add(("Die Zeile ist unvollständig.", "The row is incomplete."), _EXPORT, row=index + _FIRST_ROW)
    faults.check()


def _column(
    base: pd.DataFrame, body: list[list[Any]], place: int, title: str, year: str, decimal: str, faults: Faults
) -> pd.DataFrame:
    import pandas as pd

    cells = [_plain(row[place]) if decimal == "," else row[place] for row in body]
    rows = range(_FIRST_ROW, _FIRST_ROW + len(body))
    values = figures(cells, faults, column=title, decimal=decimal, rows=rows, low=None)
    return pd.concat([base.assign(Indikator=title, Zeitbezug=year), values], axis=1)


def _plain(cell: Any) -> Any:
    """Drop the thousands point: "1.598" is 1598, "9,47" stays."""
    written = str(cell).strip()
    return written.replace(".", "") if _THOUSANDS.fullmatch(written) else written
