"""The two csv layouts of GENESIS-Online and Regionaldatenbank: "classic" and flat ("ffcsv")."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from fachkraftwerk.sources import plain
from fachkraftwerk.sources.faults import Faults
from fachkraftwerk.sources.labels import year
from fachkraftwerk.sources.reading import figures, require_columns, require_unique, text

if TYPE_CHECKING:
    import pandas as pd

#: Columns every flat answer has, whatever the table.
FLAT = (
    "statistics_code", "time_code", "time", "value", "value_unit", "value_variable_code", "value_variable_label",
)  # fmt: skip
#: Official quality marks of flat answers ("value_q"). "e" means final here, unlike Eurostat's "estimated".
QUALITY = {"e": "", "r": "", "": "", "p": "estimated", "s": "estimated"}
#: Variable codes under which regions appear in flat answers, whatever their level.
REGION = ("DINSG", "DLAND", "REGBEZ", "KREISE", "GEMEIN", "STARE", "DG")
_KEY = re.compile(r"DG|\d{2,3}|\d{5}|\d{8}")
_TABLE = re.compile(r"(?:GENESIS-)?Tabelle: ([\w-]+)")
_WRONG = ("Laden Sie die genannte Tabelle herunter.", "Download the table named here.")


def classic(
    data: bytes, name: str, *, table: str, keys: Sequence[str], columns: Sequence[str],
    renamed: Mapping[str, str] | None = None, high: float | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Read a "classic csv": title lines, column heads of several rows, figures, notes below a rule.

    ``keys`` name the leading columns; ``columns`` are the heads wanted, the rows of a head joined by " | ",
    empty heads left out; ``renamed`` maps other wordings of a head to the one used here. Returns one row per
    figure: the keys, ``column`` (the head), ``value``, ``status``, ``row`` (in the file). Refuses another
    table, a missing end, missing columns, incomplete rows, doubled keys, and figures below 0 or above ``high``.
    """
    faults = Faults(name)
    lines = text(data, name).split("\n")
    _same_table(lines[0], table, faults)
    end = next((i for i, line in enumerate(lines) if line.startswith("____")), len(lines))
    if end == len(lines):
        faults.add(
            ("Das Ende der Tabelle fehlt; sie ist nur halb heruntergeladen.",
             "The end of the table is missing; it is only half downloaded."),
            row=len(lines),
        )  # fmt: skip
    rows = list(csv.reader(lines[:end], delimiter=";"))
    start, stop = _head(rows, len(keys))
    heads = _labels(rows[start:stop], len(keys), renamed or {})
    require_columns(heads, columns, faults, row=stop)
    faults.check()
    body = _body(rows[stop:], stop + 1, len(keys) + len(heads), faults)
    frame = _long(body, keys, heads, columns, faults, high)
    faults.check()
    return frame


def reference_day(data: bytes, name: str) -> str:
    """Return the day in the line "Stichtag: 30.06.2015" of a classic csv, or ""."""
    found = re.search(r"^Stichtag: (\d{2}\.\d{2}\.\d{4})", text(data, name)[:5000], re.MULTILINE)
    return found.group(1) if found else ""


def table_name(data: bytes, name: str, expected: Sequence[str]) -> str:
    """Return which of the ``expected`` tables a classic csv is, by its first row; Refusal if none of them."""
    first = text(data, name).split("\n", 1)[0]
    found = _TABLE.match(first)
    if found is None or found.group(1) not in expected:
        faults = Faults(name)
        faults.add(
            (f"Die erste Zeile „{first[:60]}“ nennt keine der erwarteten Tabellen.",
             f'The first row "{first[:60]}" names none of the expected tables.'),
            (f"Erwartet werden: {', '.join(expected)}.", f"Expected are: {', '.join(expected)}."), row=1,
        )  # fmt: skip
        faults.check()
    assert found is not None
    return found.group(1)


def _same_table(line: str, table: str, faults: Faults) -> None:
    found = _TABLE.match(line)
    if found is None:
        faults.add(
            ("Die erste Zeile nennt keine GENESIS-Tabelle.", "The first row names no GENESIS table."),
            (f"Laden Sie {table} als CSV herunter.", f"Download {table} as CSV."), row=1,
        )  # fmt: skip
    elif found.group(1) != table:
        faults.add(
            (f"Dies ist die Tabelle {found.group(1)}, erwartet wird {table}.",
             f"This is table {found.group(1)}, expected is {table}."), _WRONG, row=1,
        )  # fmt: skip
    faults.check()


def _head(rows: list[list[str]], keys: int) -> tuple[int, int]:
    """Return the span of head rows: their key cells are empty, others are not. (n, n) if there is none."""
    heads = [not any(row[:keys]) and any(row[keys:]) for row in rows]
    start = next((i for i, is_head in enumerate(heads) if is_head), len(rows))
    stop = next((i for i in range(start, len(rows)) if not heads[i]), len(rows))
    return start, stop


def _labels(heads: list[list[str]], keys: int, renamed: Mapping[str, str]) -> list[str]:
    width = max((len(row) for row in heads), default=keys)
    padded = [row + [""] * (width - len(row)) for row in heads]
    labels = [" | ".join(row[j].strip() for row in padded if row[j].strip()) for j in range(keys, width)]
    return [renamed.get(label, label) for label in labels]


def _body(rows: list[list[str]], first: int, width: int, faults: Faults) -> list[tuple[int, list[str]]]:
    """Return numbered rows of full width; note the others."""
    body = []
    for number, row in enumerate(rows, start=first):
        if len(row) == width:
            body.append((number, [cell.strip() for cell in row]))
        elif any(row):
            faults.add(
                (f"Die Zeile hat {len(row)} statt {width} Felder.", f"The row has {len(row)} fields instead of {width}."),
                row=number,
            )  # fmt: skip
    if not body:
        faults.add(("Die Tabelle enthält keine Zahlen.", "The table holds no figures."))
    return body


def _long(
    body: list[tuple[int, list[str]]], keys: Sequence[str], heads: Sequence[str], columns: Sequence[str],
    faults: Faults, high: float | None,
) -> pd.DataFrame:  # fmt: skip
    import pandas as pd

    numbers = [number for number, _ in body]
    wide = pd.DataFrame([row[: len(keys)] for _, row in body], columns=list(keys), dtype=object)
    if "ags" in keys:
        require_ags(wide["ags"].tolist(), faults, numbers)
    for key in keys:
        if key in TIMES:
            require_labels(wide[key].tolist(), numbers, TIMES[key], faults, key)
    require_unique(wide, list(keys), faults, numbers)
    parts = []
    for label in columns:
        at = len(keys) + list(heads).index(label)
        cells = figures([row[at] for _, row in body], faults, column=label, rows=numbers, high=high)
        parts.append(wide.assign(column=label, value=cells["value"], status=cells["status"], row=numbers))
    return pd.concat(parts, ignore_index=True)


def require_ags(keys: Sequence[str], faults: Faults, rows: Sequence[int], column: str = "ags") -> None:
    """Note every regional key without the right number of digits; four digits have lost their zero."""
    for key, row in zip(keys, rows, strict=True):
        if not _KEY.fullmatch(key):
            lost = key.isdigit() and len(key) in (1, 4, 7)
            faults.add(
                (f"„{key}“ ist kein amtlicher Schlüssel.", f'"{key}" is not an official key.'),
                ("Die führende Null fehlt vermutlich; öffnen Sie die Datei nicht in einer Tabellenkalkulation."
                 if lost else "Prüfen Sie die Zeile.",
                 "The leading zero is probably lost; do not open the file in a spreadsheet." if lost
                 else "Check the row."),
                row=row, column=column,
            )  # fmt: skip
    plain.require_kreise(list(keys), list(rows), faults, column)


def flat(
    data: bytes, name: str, *, statistic: str, variables: Mapping[str, Sequence[str]], measures: Sequence[str],
    high: float | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Read a flat answer ("ffcsv"), plain, gzipped or zipped.

    ``variables`` maps our column name to the codes the publisher may use (``REGION`` for regional keys);
    ``measures`` are the value variables that must be present. Returns statistics_code, time, one column of
    attribute codes per variable ("" = total) and one "<name>_label", measure, unit, value, status, row.
    Refuses another statistic, missing columns, incomplete rows or cells, doubled keys, impossible figures.
    """
    faults = Faults(name)
    frame = plain.parse(text(data, name), faults, sep=";")
    require_columns(list(frame.columns), FLAT, faults, row=1)
    faults.check()
    _same_statistic(frame, statistic, faults)
    table = _flat_keys(frame, variables, faults)
    for measure in sorted(set(measures) - set(table["measure"])):
        faults.add((f"Der Inhalt {measure} fehlt.", f"The measure {measure} is missing."), _WRONG)
    faults.check()
    rows = table["row"].tolist()
    keys = ["time", *variables, "measure"]
    if "region" in variables:
        require_ags(table["region"].tolist(), faults, rows, "region")
    require_unique(table, keys, faults, rows)
    _require_complete(table, keys, faults)
    cells = figures(frame["value"].tolist(), faults, rows=rows, high=high)
    faults.check()
    return table.assign(value=cells["value"], status=_with_quality(frame, cells["status"]))


def _same_statistic(frame: pd.DataFrame, statistic: str, faults: Faults) -> None:
    other = sorted(set(frame["statistics_code"]) - {statistic})
    if other:
        faults.add(
            (f"Dies ist Statistik {other[0]}, erwartet wird {statistic}.",
             f"This is statistic {other[0]}, expected is {statistic}."), _WRONG, row=2, column="statistics_code",
        )  # fmt: skip
        faults.check()


def _flat_keys(frame: pd.DataFrame, variables: Mapping[str, Sequence[str]], faults: Faults) -> pd.DataFrame:
    """Return the key columns under our names."""
    table = frame[["statistics_code", "time", "value_variable_code", "value_unit"]].rename(
        columns={"value_variable_code": "measure", "value_unit": "unit"}
    )
    table["row"] = range(2, len(frame) + 2)
    slots = [column.split("_")[0] for column in frame.columns if re.fullmatch(r"\d+_variable_code", column)]
    for wanted, codes in variables.items():
        slot = next((s for s in slots if frame[f"{s}_variable_code"].isin(list(codes)).all()), None)
        if slot is None:
            faults.add(
                (f"Das Merkmal {codes[0]} fehlt.", f"The variable {codes[0]} is missing."), _WRONG,
                row=1, column=codes[0],
            )  # fmt: skip
            continue
        pair = [f"{slot}_variable_attribute_{part}" for part in ("code", "label")]
        require_columns(list(frame.columns), pair, faults, row=1)
        if set(pair) <= set(frame.columns):
            table[wanted], table[f"{wanted}_label"] = frame[pair[0]], frame[pair[1]]
    faults.check()
    return table


def _require_complete(table: pd.DataFrame, keys: Sequence[str], faults: Faults) -> None:
    """A flat answer holds every combination; fewer rows mean that its end is missing."""
    expected = 1
    for key in keys:
        expected *= table[key].nunique()
    if len(table) < expected:
        faults.add(
            (f"Von {expected} Zeilen sind nur {len(table)} da; die Datei ist unvollständig.",
             f"Only {len(table)} of {expected} rows are there; the file is incomplete."), row=len(table) + 1,
        )  # fmt: skip


def _with_quality(frame: pd.DataFrame, status: pd.Series[str]) -> pd.Series[str]:
    """Let the quality mark speak where the figure itself has no sign."""
    if "value_q" not in frame.columns:
        return status
    marked = frame["value_q"].map(lambda mark: QUALITY.get(mark, "estimated"))
    return status.where(status != "", marked)


def require_labels(
    labels: Sequence[str], rows: Sequence[int], read: Callable[[str], object], faults: Faults, column: str,
    also: Sequence[str] = (),
) -> None:  # fmt: skip
    """Note every label that ``read`` cannot make sense of (ValueError), at its first row; ``also`` are accepted."""
    seen = set(also)
    for label, row in zip(labels, rows, strict=True):
        if label in seen:
            continue
        seen.add(label)
        try:
            read(label)
        except ValueError:
            faults.add(
                (f"„{label}“ ist hier unbekannt oder unmöglich.", f'"{label}" is unknown or impossible here.'),
                ("Vergleichen Sie die Zeile mit der Veröffentlichung.", "Compare the row with the publication."),
                row=row, column=column,
            )  # fmt: skip


#: Leading columns that hold a time, and how it is read.
TIMES: dict[str, Callable[[str], object]] = {"year": year, "day": year}
