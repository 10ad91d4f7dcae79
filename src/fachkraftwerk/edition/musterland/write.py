"""Ways of writing: bytes that are the same every time, numbers, flat answers, Eurostat's wide tables, workbooks."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fachkraftwerk.edition.musterland.xls import xls

if TYPE_CHECKING:
    import pandas as pd

#: Archives and workbooks carry a time; it is always this one.
_WHEN = datetime(2026, 1, 1, tzinfo=UTC)


def save(text: str, path: Path, encoding: str = "utf-8") -> None:
    """Write a text, packed as the name of the file says; equal texts give equal bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = text.encode(encoding)
    packed = {".gz": lambda: gzip.compress(data, mtime=0), ".zip": lambda: _zipped(data, path.stem)}
    path.write_bytes(packed.get(path.suffix, lambda: data)())


def _zipped(data: bytes, name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name, _WHEN.timetuple()[:6]), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def number(value: float, decimal: str = ".") -> str:
    """Write a figure with all its digits: 12, 12.5 or 12,5."""
    return f"{value:.0f}" if value == int(value) else repr(float(value)).replace(".", decimal)


def rows_of(rows: Iterable[Sequence[Any]], sep: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> str:
    """Return rows as csv text."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=sep, lineterminator="\n", quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return stream.getvalue()


def classic(table: str, title: str, wide: pd.DataFrame, top: Sequence[str] = ()) -> str:
    """Return a "classic csv": name of the table, titles, rows of heads, figures, a rule, a note.

    ``wide``: leading cells in the index, heads as column names, their rows joined by " | "; cells are figures or signs.
    """
    heads = [str(head).split(" | ") for head in wide.columns]
    keys = [""] * wide.index.nlevels
    rows: list[list[Any]] = [[*keys, *(head[i] if i < len(head) else "" for head in heads)]
                             for i in range(max(map(len, heads)))]  # fmt: skip
    for index, cells in zip(wide.index, wide.to_numpy().tolist(), strict=True):
        rows.append([*index, *(cell if isinstance(cell, str) else number(cell, ",") for cell in cells)])
    head = "\n".join([f"GENESIS-Tabelle: {table}", title, *top])
    return f"{head}\n{rows_of(rows, sep=';')}{'_' * 10}\nMusterland, erfunden\n"


def labelled(wide: pd.DataFrame, label: Callable[[Any], Sequence[Any]]) -> pd.DataFrame:
    """Return ``wide`` with the leading cells that ``label`` makes of each key."""
    import pandas as pd

    return wide.set_axis(pd.MultiIndex.from_tuples([tuple(label(key)) for key in wide.index]), axis=0)


def flat(facts: pd.DataFrame, statistic: str, time: str, variables: Mapping[str, str], measure: str = "") -> str:
    """Return facts as a flat GENESIS answer. ``variables``: our column → the publisher's code.

    ``facts`` holds these columns with the publisher's attribute codes, "<column>_label" where a label matters, ``time``,
    value, and ``measure`` unless one code is given for all.
    """
    head = ["statistics_code", "statistics_label", "time_code", "time_label", "time"]
    for place in range(1, len(variables) + 1):
        head += [f"{place}_variable_{part}" for part in ("code", "label", "attribute_code", "attribute_label")]
    head += ["value", "value_unit", "value_variable_code", "value_variable_label"]
    rows = []
    for row in facts.to_dict("records"):
        cells = [statistic, "Musterland", time, time, row["time"]]
        for column, code in variables.items():
            cells += [code, code, row[column], row.get(f"{column}_label", row[column])]
        rows.append([*cells, number(row["value"], ","), "Anzahl", row.get("measure", measure), "Musterland"])
    return "\ufeff" + rows_of([head, *rows], sep=";")


def eurostat(facts: pd.DataFrame, dims: Sequence[str], tabs: bool = True, newest_first: bool = False) -> str:
    """Return facts as Eurostat's wide table: TSV as of today (or with the years descending, as before) or csv."""
    wide = facts.pivot(index=list(dims), columns="year", values="value").sort_index()
    years = sorted(wide.columns, reverse=newest_first)
    keys = [key if isinstance(key, tuple) else (key,) for key in wide.index]
    cells = [[number(value) for value in row] for row in wide[years].to_numpy()]
    if not tabs:
        return rows_of([[*dims, *years], *([*key, *row] for key, row in zip(keys, cells, strict=True))])
    over = "\\time" if newest_first else "\\TIME_PERIOD"
    head = "\t".join([",".join(dims) + over, *(f"{year} " for year in years)])
    lines = ["\t".join([",".join(key), *(f"{cell} " for cell in row)]) for key, row in zip(keys, cells, strict=True)]
    return "\n".join([head, *lines]) + "\n"


def book(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> None:
    """Write a workbook, xlsx or xls as the name of the file says; equal rows give equal bytes."""
    import xlsxwriter

    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".xls":
        path.write_bytes(xls(sheets))
        return
    with xlsxwriter.Workbook(path) as made:
        made.set_properties({"created": _WHEN.replace(tzinfo=None)})
        for title, rows in sheets.items():
            page = made.add_worksheet(title)
            for place, row in enumerate(rows):
                page.write_row(place, 0, ["" if cell is None else cell for cell in row])
