"""Classic csv: year, key and name in front, then persons and rates of several groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.sources.faults import Faults
from fachkraftwerk.sources.genesis import classic

if TYPE_CHECKING:
    import pandas as pd

_ALL = "Arbeitslosenquote bez. auf alle zivile Erwerbsp."
PERSONS = {
    "Arbeitslose | Anzahl": "total",
    "Arbeitslose | Ausländer | Anzahl": "foreign",
    "Arbeitslose | schwerbehindert | Anzahl": "disabled",
    "Arbeitslose | 15 bis unter 20 Jahre | Anzahl": "15-19",
    "Arbeitslose | 15 bis unter 25 Jahre | Anzahl": "15-24",
    "Arbeitslose | 55 bis unter 65 Jahre | Anzahl": "55-64",
    "Arbeitslose | langzeitarbeitslos | Anzahl": "longterm",
}
RATES = {
    "Arbeitslosenquote bez. abh. zivile Erwerbspers. | Prozent": "dependent",
    f"{_ALL} | Prozent": "total",
    f"{_ALL} | Männer | Prozent": "m",
    f"{_ALL} | Frauen | Prozent": "f",
    f"{_ALL} | Ausländer | Prozent": "foreign",
    f"{_ALL} | 15 bis unter 25 Jahre | Prozent": "15-24",
}
#: Wording since 2025.
RENAMED = {
    "Arbeitslose | ausländisch | Anzahl": "Arbeitslose | Ausländer | Anzahl",
    f"{_ALL} | ausländisch | Prozent": f"{_ALL} | Ausländer | Prozent",
}
COLUMNS = (*PERSONS, *RATES)


def clean(data: bytes, name: str) -> pd.DataFrame:
    """Return year, ags, name, column, value (persons, percent), status, row; refuses rates above 100."""
    frame = classic(data, name, table="13211-02-05-4", keys=("year", "ags", "name"), columns=COLUMNS, renamed=RENAMED)
    faults = Faults(name)
    for row in frame[frame["column"].isin(list(RATES)) & (frame["value"] > 100)].itertuples():
        faults.add(
            (f"Eine Quote von {row.value} Prozent ist unmöglich.", f"A rate of {row.value} per cent is impossible."),
            row=row.row, column=row.column,
        )  # fmt: skip
    faults.check()
    return frame
