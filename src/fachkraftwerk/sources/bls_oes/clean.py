"""Employment by occupation in the USA: OES (national, one row per year and code) and OEWS (areas, codes without dash).

The files of 2011 name no level; it follows from the code there: that year lists totals, major groups and details only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.sources.faults import Faults
from fachkraftwerk.sources.genesis import require_labels
from fachkraftwerk.sources.labels import year
from fachkraftwerk.sources.plain import table
from fachkraftwerk.sources.reading import figures, text

if TYPE_CHECKING:
    import pandas as pd

OES = ("jahr", "occ_code", "occ_title", "gruppe", "tot_emp")
OEWS = ("gebietstyp", "gebiet", "soc", "soc_name", "ebene", "beschaeftigte")
LEVELS = ("total", "major", "minor", "broad", "detailed")
#: Year of the OEWS file; it names none itself.
OEWS_YEAR = "2025"
#: Every figure is rounded to tens, so sums of groups may miss their total by as many times five.
_ROUNDING = 5
#: Largest share of employment in detailed occupations whose figure is not released.
_HIDDEN = 0.005
_SIGNS = {"-": "*", "**": "*"}  # not released; a dash is no zero here
_WRONG = ("Prüfen Sie, ob es die richtige Tabelle ist.", "Check whether this is the right table.")


def clean(data: bytes, name: str) -> pd.DataFrame:
    """Return table, year, soc ("11-1011"), title, level, value (persons), status, row; of the whole country only.

    Refuses what ``plain.table`` refuses, impossible codes, levels and figures, and groups that miss their total.
    """
    faults = Faults(name)
    newer = text(data, name).startswith(OEWS[0])
    frame = _oews(data, name, faults) if newer else _oes(data, name, faults)
    rows = frame["row"].tolist()
    require_labels(frame["year"].tolist(), rows, year, faults, "jahr")
    require_labels(frame["level"].tolist(), rows, LEVELS.index, faults, "ebene" if newer else "gruppe")
    _require_codes(frame, faults, "soc" if newer else "occ_code")
    column = OEWS[-1] if newer else OES[-1]
    cells = figures([_SIGNS.get(cell, cell) for cell in frame["cell"]], faults, column=column, decimal=".", rows=rows)
    made = frame.drop(columns="cell").assign(value=cells["value"], status=cells["status"])
    faults.check()
    _require_sums(made, faults, column)
    faults.check()
    return made.assign(table="OEWS" if newer else "OES")


def _oes(data: bytes, name: str, faults: Faults) -> pd.DataFrame:
    raw = table(data, name, OES, keys=OES[:2])
    level = raw["gruppe"].mask(raw["gruppe"] == "", raw["occ_code"].map(_level_of))
    return raw.assign(level=level, row=raw.index + 2).rename(
        columns={"jahr": "year", "occ_code": "soc", "occ_title": "title", "tot_emp": "cell"}
    )[["year", "soc", "title", "level", "cell", "row"]]


def _level_of(code: str) -> str:
    return "total" if code == "00-0000" else "major" if code.endswith("-0000") else "detailed"


def _oews(data: bytes, name: str, faults: Faults) -> pd.DataFrame:
    raw = table(data, name, OEWS, keys=("gebietstyp", "gebiet", "soc"))
    mine = raw[raw["gebietstyp"] == "N"]
    if mine.empty:
        faults.add(("Die Zeilen des ganzen Landes fehlen.", "The rows of the whole country are missing."), _WRONG,
                   column="gebietstyp")  # fmt: skip
        faults.check()
    names = {"0": "major", "1": "minor", "2": "broad", "3": "detailed"}
    level = mine["ebene"].map(names).fillna(mine["ebene"]).mask(mine["soc"] == "000000", "total")
    return mine.assign(
        year=OEWS_YEAR, soc=mine["soc"].str[:2] + "-" + mine["soc"].str[2:], level=level, row=mine.index + 2
    ).rename(columns={"soc_name": "title", "beschaeftigte": "cell"})[["year", "soc", "title", "level", "cell", "row"]]


def _require_codes(frame: pd.DataFrame, faults: Faults, column: str) -> None:
    for code, row in zip(frame["soc"], frame["row"], strict=True):
        if not (len(code) == 7 and code[2] == "-" and (code[:2] + code[3:]).isdigit()):
            faults.add((f"„{code}“ ist kein SOC-Schlüssel.", f'"{code}" is not a SOC code.'), _WRONG, row=row,
                       column=column)  # fmt: skip


def _require_sums(frame: pd.DataFrame, faults: Faults, column: str) -> None:
    """Major groups and detailed occupations add up to the total of their year; a cut file does not."""
    for when, part in frame.groupby("year"):
        sums, total = part.groupby("level")["value"].sum(), part.loc[part["level"] == "total", "value"]
        play = {"major": _ROUNDING * (part["level"] == "major").sum(), "detailed": _HIDDEN * total.sum()}
        for level, allowed in play.items():
            found = sums.get(level, 0.0)
            if len(total) != 1 or abs(found - total.sum()) > allowed + _ROUNDING:
                faults.add(
                    (f"{when}: die Zeilen „{level}“ ergeben {found:.0f} statt {total.sum():.0f} Beschäftigte.",
                     f'{when}: the rows "{level}" add up to {found:.0f} instead of {total.sum():.0f} employees.'),
                    row=int(part["row"].iloc[-1]), column=column,
                )  # fmt: skip
