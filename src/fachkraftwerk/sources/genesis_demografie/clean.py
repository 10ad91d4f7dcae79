"""Five classic csv tables and the period life tables (xlsx); the file's own head tells which one it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.core.regions import LAENDER
from fachkraftwerk.sources.faults import Faults
from fachkraftwerk.sources.genesis import classic, require_labels, table_name
from fachkraftwerk.sources.genesis_demografie.life_table import clean_life_table
from fachkraftwerk.sources.labels import single_age
from fachkraftwerk.sources.reading import text
from fachkraftwerk.sources.territory import LANDS

if TYPE_CHECKING:
    import pandas as pd

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip
#: Rows beside the single ages.
OTHER_AGES = ("Insgesamt", "Alter unbekannt")
_MFT = ("männlich", "weiblich", "Insgesamt")
_NATIONALITIES = ("Deutsche", "Ausländer", "Insgesamt")
#: Table → leading columns, heads wanted.
LAYOUTS: dict[str, tuple[tuple[str, str], tuple[str, ...]]] = {
    "12411-0006": (("day", "age"), tuple(f"Geschlecht | {sex}" for sex in _MFT)),
    "12411-0013": (("day", "age"), tuple(f"{land} | {sex}" for land in sorted(LAENDER.values()) for sex in _MFT)),
    "12612-0002": (("year", "month"), _MFT),
    "12613-0004": (("year", "age"), tuple(f"{sex} | {nation}" for sex in _MFT for nation in _NATIONALITIES)),
    "12613-0006": (("year", "month"), ("männlich", "weiblich")),
}


def clean(data: bytes, name: str) -> pd.DataFrame:
    """Return ``table`` and the table's own columns, value, status, row.

    12411-*: day, age, column; 12612, 12613-0006: year, month, column; 12613-0004: year, age, column;
    life tables: period, sex, age, column ("qx"). Refuses any other table.
    """
    if data[:2] == b"PK" and name.endswith(".xlsx"):
        return clean_life_table(data, name)
    table = table_name(data, name, list(LAYOUTS))
    keys, columns = _layout(table, data, name)
    frame = classic(data, name, table=table, keys=keys, columns=columns)
    faults = Faults(name)
    rows = frame["row"].tolist()
    if "age" in keys:
        require_labels(frame["age"].tolist(), rows, single_age, faults, "age", also=OTHER_AGES)
    else:
        require_labels(frame["month"].tolist(), rows, MONTHS.index, faults, "month")
    faults.check()
    return frame.assign(table=table)


def _layout(table: str, data: bytes, name: str) -> tuple[tuple[str, str], tuple[str, ...]]:
    """Return leading columns and heads; the table of the Länder holds all sixteen of them, or Musterland."""
    keys, columns = LAYOUTS[table]
    invented = f";{LANDS['99']};" in text(data, name)[:2000]
    return keys, tuple(f"{LANDS['99']} | {sex}" for sex in _MFT) if invented and table == "12411-0013" else columns
