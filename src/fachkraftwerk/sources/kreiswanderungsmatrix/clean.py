"""Kreiswanderungsmatrix: the workbook of a Land and year (one row per pair of Kreise and age; header in rows 1 to 4)
and the long csv added over all origins. Values are the balance seen from the target Kreis; negative ones are usual.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fachkraftwerk.sources.archive import unpack
from fachkraftwerk.sources.faults import Faults
from fachkraftwerk.sources.plain import require_keys, require_known, table
from fachkraftwerk.sources.reading import figures, require_columns, require_unique, sheet, sheet_names

if TYPE_CHECKING:
    import pandas as pd

#: The publisher's ages and ours.
AGES = {
    "unter 18": "0-17", "18 - 25": "18-24", "25 - 30": "25-29", "30 - 50": "30-49", "50 - 65": "50-64",
    "65 und älter": "65+",
}  # fmt: skip
LONG = ("jahr", "ziel_ags", "altersgruppe", "saldo_insg")
_TARGET, _ORIGIN, _AGE, _BALANCE = "Zielkreis-Schlüssel", "Herkunftskreis-Schlüssel", "Altersgruppen", "Saldo"
_FIRST_ROW = 5


def clean(data: bytes, name: str) -> pd.DataFrame:
    """Return jahr, ziel_ags, (herkunft_ags,) altersgruppe, value, status, row. Raises Refusal on any other layout."""
    import pandas as pd

    inner, faults = unpack(data, name), Faults(name)
    if inner[:2] == b"PK":
        frame = _workbook(inner, name, faults)
        first, keys = _FIRST_ROW, ["ziel_ags", "herkunft_ags", "altersgruppe"]
        cells = frame.pop("saldo_insg").tolist()
    else:
        frame, first, keys = table(data, name, LONG), 2, list(LONG[:3])
        cells = frame.pop("saldo_insg").tolist()
    numbers = range(first, first + len(frame))
    require_keys(frame, "ziel_ags", 5, faults, first)
    require_known(frame, "altersgruppe", AGES, faults, first)
    require_unique(frame, keys, faults, rows=numbers)
    values = figures(cells, faults, column="Saldo", decimal=".", rows=numbers, low=None)
    faults.check()
    return pd.concat([frame, values], axis=1).assign(row=numbers)


def _workbook(data: bytes, name: str, faults: Faults) -> pd.DataFrame:
    """The year of a workbook stands only in its name."""
    import pandas as pd

    year = re.search(r"20\d\d", name)
    if year is None:
        faults.add(
            ("Das Jahr fehlt im Dateinamen.", "The year is missing in the name of the file."),
            ("Benennen Sie die Datei wie veröffentlicht, z. B. KWS_Alter_Hessen_2021.xlsx.",
             "Name the file as published, e.g. KWS_Alter_Hessen_2021.xlsx."),
        )  # fmt: skip
    rows: list[list[Any]] = sheet(data, name, sheet_names(data, name)[0])
    header = [re.sub(r"\s", "", str(cell)) for cell in rows[0]] if rows else []
    require_columns(header, [_TARGET, _ORIGIN, _AGE, _BALANCE], faults, row=1)
    faults.check()
    places = {"ziel_ags": _TARGET, "herkunft_ags": _ORIGIN, "altersgruppe": _AGE, "saldo_insg": _BALANCE}
    body = [row for row in rows[_FIRST_ROW - 1 :] if str(row[0]).strip()]
    columns = {ours: [row[header.index(theirs)] for row in body] for ours, theirs in places.items()}
    return pd.DataFrame({"jahr": year[0] if year else "", **columns})
