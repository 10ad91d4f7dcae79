"""Eurostat's wide layouts: TSV of today ("freq,…,geo\\TIME_PERIOD"), TSV of before 2023 ("…,geo\\time", years
descending) and the comma separated extract ("freq,unit,geo,2000,2001,…"). Flags follow the figure as letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from fachkraftwerk.sources.faults import Faults
from fachkraftwerk.sources.plain import parse
from fachkraftwerk.sources.reading import require_columns, require_unique, text

if TYPE_CHECKING:
    import pandas as pd

#: Flag letter → status; the first that applies. Other letters (d: definition differs) do not change the figure.
_FLAGS = (("b", "break"), ("e", "estimated"), ("p", "estimated"), ("s", "estimated"), ("u", "estimated"))
_CELL = r"^(:|-?[0-9]{1,10}(?:\.[0-9]+)?)\s*([a-z]*)$"
#: Columns that are no years and yet nothing new.
_KNOWN = frozenset({"freq", "unit", "sex", "age", "geo", "indic_de", "projection"})
_RELOAD = (
    "Die Datei ist vermutlich nur halb heruntergeladen; laden Sie sie bei Eurostat noch einmal.",
    "The file is probably only half downloaded; please download it from Eurostat again.",
)


def wide(
    data: bytes, name: str, dims: Sequence[str], country: str = "DE", units: Sequence[str] = ()
) -> pd.DataFrame:  # fmt: skip
    """Return the rows of one country in long form: ``dims``, row (in the file), year, value, status.

    Other dimensions must be single.

    ``units`` are the codes of which at least one must occur: other units mean another table. Raises Refusal on a
    missing dimension, incomplete rows, doubled series, cells that are no figures, and figures below zero.
    """
    faults = Faults(name)
    frame, series, times = _split(text(data, name), faults)
    require_columns(list(series.columns), dims, faults, row=1)
    faults.check()
    mine = series["geo"].str.startswith(country).fillna(False)
    if not mine.any():
        faults.add((f"Keine Zeile gehört zu „{country}“.", f'No row belongs to "{country}".'), _RELOAD)
    if units and not series.get("unit", mine).isin(list(units)).any():
        faults.add(
            (f"Keine Zeile hat die Einheit {units[0]}; es ist eine andere Tabelle.",
             f"No row has the unit {units[0]}; it is another table."), _RELOAD, row=1, column="unit",
        )  # fmt: skip
    require_unique(series[mine], list(series.columns), faults, rows=(mine.to_numpy().nonzero()[0] + 2).tolist())
    faults.check()
    return _long(frame[mine], series.loc[mine, list(dims)], times, faults)


def _split(content: str, faults: Faults) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    """Return the raw table, the key columns, and the titles of the columns of years."""
    header = content.split("\n", 1)[0]
    frame = parse(content, faults, sep="\t" if "\t" in header else ",")
    times = [title for title in frame.columns if re.fullmatch(r"\s*[0-9]{4}\s*", title)]
    first = frame.columns[0]
    _require_times(times, [c for c in frame.columns if c not in times and c not in _KNOWN and c != first], faults)
    if "\\" not in first:
        return frame, frame[[c for c in frame.columns if c not in times]], times
    keys = frame[first].str.split(",", expand=True)
    names = first.split("\\")[0].split(",")
    if keys.shape[1] != len(names):
        faults.add(("Der Kopf passt nicht zu den Zeilen.", "The header does not fit the rows."), _RELOAD, row=1)
        faults.check()
    return frame, keys.set_axis(names, axis=1), times


def _require_times(times: list[str], strangers: list[str], faults: Faults) -> None:
    """Years follow each other without a gap, and no other column may hide one."""
    if not times:
        faults.add(("In der ersten Zeile stehen keine Jahre.", "The first row holds no years."), _RELOAD, row=1)
    for title in strangers:
        faults.add(
            ("Diese Spalte ist weder ein Merkmal noch ein Jahr.", "This column is neither a dimension nor a year."),
            ("Die Veröffentlichung hat sich geändert; vergleichen Sie die erste Zeile mit der Originaldatei.",
             "The publication has changed; compare the first row with the original file."), row=1, column=title.strip(),
        )  # fmt: skip
    years = sorted(int(title) for title in times)
    for year in sorted(set(range(years[0], years[-1])) - set(years)) if years else []:
        faults.add((f"Das Jahr {year} fehlt.", f"The year {year} is missing."), _RELOAD, row=1, column=year)
    if not times:
        faults.check()


def _long(frame: pd.DataFrame, keys: pd.DataFrame, times: list[str], faults: Faults) -> pd.DataFrame:
    import pandas as pd

    renamed = frame[times].rename(columns={title: int(title) for title in times})
    table = pd.concat([keys, renamed], axis=1).assign(row=keys.index + 2)
    long = table.melt(id_vars=[*keys.columns, "row"], var_name="year", value_name="cell")
    parts = long["cell"].str.strip().str.extract(_CELL)
    for index in parts[0].isna().to_numpy().nonzero()[0]:
        faults.add(
            (f"„{long['cell'].iloc[index]}“ ist keine Zahl.", f'"{long["cell"].iloc[index]}" is not a number.'),
            _RELOAD, row=long["row"].iloc[index], column=long["year"].iloc[index],
        )  # fmt: skip
    for index in long["cell"].str.strip().str.startswith("-").to_numpy().nonzero()[0]:
        faults.add(
            (f"{long['geo'].iloc[index]}: negativer Wert.", f"{long['geo'].iloc[index]}: negative value."),
            ("Vergleichen Sie die Zeile mit der Veröffentlichung.", "Compare the row with the publication."),
            row=long["row"].iloc[index], column=long["year"].iloc[index],
        )  # fmt: skip
    faults.check()
    value = pd.to_numeric(parts[0].where(parts[0] != ":"))
    return long[[*keys.columns, "row", "year"]].assign(
        year=long["year"].astype(int), value=value.astype(float), status=_status(parts[0], parts[1])
    )


def _status(figure: pd.Series[str], flags: pd.Series[str]) -> pd.Series[str]:
    status = figure.map(lambda cell: "missing" if cell == ":" else "").astype(object)
    for letter, meaning in reversed(_FLAGS):
        status = status.mask((status != "missing") & flags.str.contains(letter), meaning)
    return status.mask((figure == ":") & flags.str.contains("c"), "secret")
