"""The two published BLS projections: Table 1.2 of 2010–20 (titles over several rows) and the export of 2020–30.

Figures are in thousands, with commas; the newer export writes codes as ="11-1011" and adds sample job titles.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from fachkraftwerk.sources.faults import Faults
from fachkraftwerk.sources.plain import require_line_end, table
from fachkraftwerk.sources.reading import figures, require_unique, text

if TYPE_CHECKING:
    import pandas as pd

#: The two tables.
OLD, NEW = "Table 1.2", "occupations 2020–30"
_TITLE, _CODE = "Occupation Title", "Occupation Code"
_SOC = re.compile(r"\d{2}-\d{4}")
_NEW = {"Employment 2020": "employment_2020", "Employment 2030": "employment_2030"}
_OLD = ("employment_2010", "employment_2020_projected")
_LATEST = (
    "Verwenden Sie Table 1.2 (2010–20) oder den Export der Projektion 2020–30 des BLS.",
    "Use Table 1.2 (2010–20) or the export of the projection 2020–30 of the BLS.",
)


def clean(data: bytes, name: str) -> pd.DataFrame:
    """Return table, soc, title and the employment columns in 1000 persons. Raises Refusal on any other table."""
    content = text(data, name)
    faults = Faults(name)
    older = content.startswith('"Table 1.2')
    frame = _table_1_2(content, faults) if older else _export(data, name, faults)
    require_unique(frame, ["soc"], faults)
    faults.check()
    return frame.assign(table=OLD if older else NEW)


def _table_1_2(content: str, faults: Faults) -> pd.DataFrame:
    """Rows with a code are data: title, code, employment 2010, projected 2020, …"""
    import pandas as pd

    require_line_end(content, faults)
    rows = list(csv.reader(content.splitlines()))
    head = " ".join(" ".join(row) for row in rows[:5])
    if not re.search(r"2010\s+2020\s+2010\s+2020", head):
        faults.add(("Die Kopfzeilen sind andere.", "The header rows are different."), _LATEST, row=3)
    coded = [(n, row) for n, row in enumerate(rows, 1) if len(row) > 3 and _SOC.fullmatch(row[1].strip())]
    if not coded or len(coded) < len(rows) - 8:
        faults.add(("Berufe fehlen oder sind unlesbar.", "Occupations are missing or unreadable."), _LATEST)
    frame = pd.DataFrame({"soc": [row[1].strip() for _, row in coded], "title": [row[0].strip() for _, row in coded]})
    numbers = [n for n, _ in coded]
    for place, column in enumerate(_OLD, 2):
        frame[column] = _thousands([row[place] for _, row in coded], column, numbers, faults)
    return frame


def _export(data: bytes, name: str, faults: Faults) -> pd.DataFrame:
    import pandas as pd

    raw = table(data, name, (_TITLE, _CODE, *_NEW))
    rows = list(range(2, len(raw) + 2))
    code = raw[_CODE].str.strip('="').tolist()
    for row, cell in zip(rows, code, strict=True):
        if not _SOC.fullmatch(cell):
            faults.add((f"„{cell}“ ist kein SOC-Schlüssel.", f'"{cell}" is not a SOC code.'), row=row, column=_CODE)
    title = [re.split(r"\s*\*", cell, maxsplit=1)[0].strip() for cell in raw[_TITLE]]
    frame = pd.DataFrame({"soc": code, "title": title})
    for theirs, ours in _NEW.items():
        frame[ours] = _thousands(raw[theirs].tolist(), theirs, rows, faults)
    return frame


def _thousands(cells: list[str], column: str, rows: list[int], faults: Faults) -> pd.Series[float]:
    plain = [cell.replace(",", "").strip() for cell in cells]
    return figures(plain, faults, column=column, decimal=".", rows=rows)["value"]
