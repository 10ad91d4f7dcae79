"""Four classic csv tables and one tidied csv of the Länder; the file's own head tells which one it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.sources import plain
from fachkraftwerk.sources.faults import Faults
from fachkraftwerk.sources.genesis import classic, require_labels, table_name
from fachkraftwerk.sources.labels import year
from fachkraftwerk.sources.reading import figures, text
from fachkraftwerk.sources.regionalstatistik_schulabgaenger.layouts import LAND_CERTIFICATES, LAYOUTS, SCHOOLS
from fachkraftwerk.sources.territory import LANDS

if TYPE_CHECKING:
    import pandas as pd

LAND_COLUMNS = ("abgangsjahr", "bundesland", "abschluss", "geschlecht", "anzahl")
#: Some Länder round every figure to a multiple of three.
ROUNDING = 6
_SEXES = {"Insgesamt": "", "männlich": "", "weiblich": ""}


def clean(data: bytes, name: str) -> pd.DataFrame:
    """Return ``table``, year, ags, name, (school,) column, value, status, row; for the Länder their own columns."""
    if text(data, name).startswith(LAND_COLUMNS[0]):
        return _laender(data, name)
    table = table_name(data, name, list(LAYOUTS))
    keys, heads = LAYOUTS[table]
    frame = classic(data, name, table=table, keys=keys, columns=tuple(heads))
    if "school" in keys:
        faults = Faults(name)
        require_labels(frame["school"].tolist(), frame["row"].tolist(), list(SCHOOLS).index, faults, "school")
        faults.check()
    return frame.assign(table=table)


def _laender(data: bytes, name: str) -> pd.DataFrame:
    frame = plain.table(data, name, LAND_COLUMNS, keys=LAND_COLUMNS[:4], sep=";")
    faults = Faults(name)
    plain.require_known(frame, "bundesland", dict.fromkeys((*LANDS.values(), "Deutschland"), ""), faults)
    plain.require_known(frame.assign(abschluss=frame["abschluss"].str.lower()), "abschluss", LAND_CERTIFICATES, faults)
    plain.require_known(frame, "geschlecht", _SEXES, faults)
    rows = list(range(2, len(frame) + 2))
    require_labels(frame["abgangsjahr"].tolist(), rows, year, faults, "abgangsjahr")
    cells = figures(frame["anzahl"].tolist(), faults, column="anzahl", rows=rows)
    _require_sexes(frame.assign(value=cells["value"], row=rows), faults)
    faults.check()
    return frame.assign(value=cells["value"], status=cells["status"], row=rows, table="Abgänge nach Ländern")


def _require_sexes(frame: pd.DataFrame, faults: Faults) -> None:
    """Each certificate has men, women and both; the three differ at most by the rounding some Länder apply."""
    keys = list(LAND_COLUMNS[:3])
    wide = frame.pivot_table(index=keys, columns="geschlecht", values="value", sort=False).reindex(columns=list(_SEXES))
    rows = frame.groupby(keys, sort=False)["row"].max()
    gap = (wide["Insgesamt"] - wide["männlich"] - wide["weiblich"]).abs()
    for key in wide.index[~(gap <= ROUNDING)]:
        faults.add(
            (f"{' '.join(key)}: Männer und Frauen ergeben nicht die Summe, oder eine der drei Zeilen fehlt.",
             f"{' '.join(key)}: men and women do not add up, or one of the three rows is missing."),
            row=int(rows[key]), column="anzahl",
        )  # fmt: skip
