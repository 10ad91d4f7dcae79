"""Eurostat's wide layouts: TSV of today ("freq,…,geo\\TIME_PERIOD"), TSV of before 2023 ("…,geo\\time", years
descending) and the comma separated extract ("freq,unit,geo,2000,2001,…"). Flags follow the figure as letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from fachkraftwerk.sources.plain import parse
from fachkraftwerk.sources.reading import Faults, require_columns, require_unique, text

if TYPE_CHECKING:
    import pandas as pd

#: Flag letter → status; the first that applies. Other letters (d: definition differs) do not change the figure.
_FLAGS = (("b", "break"), ("e", "estimated"), ("p", "estimated"), ("s", "estimated"), ("u", "estimated"))
_CELL = r"^(:|-?\d+(?:\.\d+)?)\s*([a-z]*)$"
_RELOAD = (
    "Die Datei ist vermutlich nur halb heruntergeladen; laden Sie sie bei Eurostat noch einmal.",
    "The file is probably only half downloaded; please download it from Eurostat again.",
)


def wide(data: bytes, name: str, dims: Sequence[str], country: str = "DE") -> pd.DataFrame:
    """Return the rows of one country in long form: ``dims``, year, value, status; other dimensions must be single.

    Raises Refusal on a missing dimension, incomplete rows, doubled series and cells that are no figures.
    """
    faults = Faults(name)
    frame, series, times = _split(text(data, name), faults)
    require_columns(list(series.columns), dims, faults, row=1)
    faults.check()
    mine = series["geo"].str.startswith(country).fillna(False)
    if not mine.any():
        faults.add((f"Keine Zeile gehört zu „{country}“.", f'No row belongs to "{country}".'), _RELOAD)
    require_unique(series[mine], list(series.columns), faults, rows=(mine.to_numpy().nonzero()[0] + 2).tolist())
    faults.check()
    return _long(frame[mine], series.loc[mine, list(dims)], times, faults)


def _split(content: str, faults: Faults) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    """Return the raw table, the key columns, and the titles of the columns of years."""
    header = content.split("\n", 1)[0]
    frame = parse(content, faults, sep="\t" if "\t" in header else ",")
    times = [title for title in frame.columns if re.fullmatch(r"\s*\d{4}\s*", title)]
    if not times:
        faults.add(("In der ersten Zeile stehen keine Jahre.", "The first row holds no years."), _RELOAD, row=1)
        faults.check()
    first = frame.columns[0]
    if "\\" not in first:
        return frame, frame[[c for c in frame.columns if c not in times]], times
    keys = frame[first].str.split(",", expand=True)
    names = first.split("\\")[0].split(",")
    if keys.shape[1] != len(names):
        faults.add(("Der Kopf passt nicht zu den Zeilen.", "The header does not fit the rows."), _RELOAD, row=1)
        faults.check()
    return frame, keys.set_axis(names, axis=1), times


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
    faults.check()
    value = pd.to_numeric(parts[0].where(parts[0] != ":"))
    return long[[*keys.columns, "year"]].assign(
        year=long["year"].astype(int), value=value.astype(float), status=_status(parts[0], parts[1])
    )


def _status(figure: pd.Series[str], flags: pd.Series[str]) -> pd.Series[str]:
    status = figure.map(lambda cell: "missing" if cell == ":" else "").astype(object)
    for letter, meaning in reversed(_FLAGS):
        status = status.mask((status != "missing") & flags.str.contains(letter), meaning)
    return status.mask((figure == ":") & flags.str.contains("c"), "secret")
