"""Plain csv with one header row: the layout of BKG, BBSR, INKAR, BA and reference tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from fachkraftwerk.sources.faults import Faults
from fachkraftwerk.sources.reading import require_columns, require_unique, text
from fachkraftwerk.sources.territory import was_kreis

if TYPE_CHECKING:
    import pandas as pd

#: Digits of the official key of a Kreis.
KREIS = 5
_RELOAD = (
    "Die Datei ist vermutlich nur halb heruntergeladen; laden Sie sie noch einmal.",
    "The file is probably only half downloaded; please download it again.",
)
_EMPTY = ("Die Tabelle enthält keine Zeilen.", "The table holds no rows.")


def table(data: bytes, name: str, columns: Sequence[str], keys: Sequence[str] = (), sep: str = ",") -> pd.DataFrame:
    """Return ``columns`` of a csv as text, row i of the frame being row i + 2 of the file.

    Raises Refusal with all faults: missing columns, incomplete rows, doubled ``keys``, no rows at all.
    """
    faults = Faults(name)
    frame = parse(text(data, name), faults, sep)
    require_columns(list(frame.columns), columns, faults, row=1)
    faults.check()
    if frame.empty:
        faults.add(_EMPTY, _RELOAD)
    if keys:
        require_unique(frame, keys, faults, rows=range(2, len(frame) + 2))
    faults.check()
    return frame[list(columns)]


def parse(content: str, faults: Faults, sep: str = ",") -> pd.DataFrame:
    """Return a csv as text. Rows with too few or too many cells and open quotes are refused.

    A cut row must not pass: its missing last cell would read like a suppressed one.
    """
    import pandas as pd

    require_line_end(content, faults)
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=sep, strict=True)
    header: list[str] = []
    rows: list[list[str]] = []
    try:
        header = next(reader, [])
        for row in reader:
            if len(row) == len(header):
                rows.append(row)
            elif row:
                _note_width(len(row), len(header), reader.line_num, faults)
    except csv.Error:
        faults.add(
            ("Ein Anführungszeichen bleibt offen.", "A quotation mark stays open."), _RELOAD, row=reader.line_num
        )
    faults.check()
    return pd.DataFrame(rows, columns=header, dtype=object)


def require_line_end(content: str, faults: Faults) -> None:
    """Note a file that stops within a line: its last figure may have lost digits without looking wrong."""
    if content and not content.endswith("\n"):
        faults.add(("Die letzte Zeile bricht ab.", "The last row breaks off."), _RELOAD, row=content.count("\n") + 1)


def _note_width(found: int, wanted: int, row: int, faults: Faults) -> None:
    faults.add(
        (f"Die Zeile hat {found} statt {wanted} Spalten.", f"The row has {found} instead of {wanted} columns."),
        _RELOAD, row=row,
    )  # fmt: skip


def require_keys(frame: pd.DataFrame, column: str, digits: int, faults: Faults, first_row: int = 2) -> None:
    """Note every cell of ``column`` that is not a key of ``digits`` digits; guess the lost leading zero.

    Keys of five digits must be those of a Kreis that is or was.
    """
    wrong = ~frame[column].astype(str).str.fullmatch(rf"\d{{{digits}}}").to_numpy(dtype=bool)
    for index in wrong.nonzero()[0]:
        cell = str(frame[column].iloc[index])
        short = cell.isdigit() and len(cell) == digits - 1
        faults.add(
            (f"„{cell}“ ist kein Schlüssel mit {digits} Stellen.", f'"{cell}" is not a key of {digits} digits.'),
            (f"Vermutlich fehlt die führende Null (0{cell}); öffnen und speichern Sie die Datei nicht in Excel.",
             f"The leading zero is probably missing (0{cell}); do not open and save the file in Excel.")
            if short else
            ("Vergleichen Sie die Zeile mit der Veröffentlichung.", "Compare the row with the publication."),
            row=int(index) + first_row, column=column,
        )  # fmt: skip
    if digits == KREIS:
        require_kreise(frame[column].tolist(), range(first_row, first_row + len(frame)), faults, column)


def require_kreise(keys: Sequence[str], rows: Sequence[int], faults: Faults, column: str) -> None:
    """Note keys of five digits that no Kreis ever had, each at its first row."""
    strange = {key for key in set(keys) if len(key) == KREIS and key.isdigit() and not was_kreis(key)}
    for key in sorted(strange):
        faults.add(
            (f"Den Kreis {key} gibt es nicht und gab es nicht.", f"There is and was no Kreis {key}."),
            ("Prüfen Sie die Ziffern in dieser Zeile.", "Check the digits in this row."),
            row=rows[keys.index(key)], column=column,
        )  # fmt: skip


def require_known(
    frame: pd.DataFrame, column: str, known: Mapping[str, object], faults: Faults, first_row: int = 2
) -> None:
    """Note every label of ``column`` that is not one of ``known``."""
    strange = ~frame[column].isin(list(known)).to_numpy(dtype=bool)
    for index in strange.nonzero()[0]:
        cell = frame[column].iloc[index]
        faults.add(
            (f"„{cell}“ ist hier unbekannt.", f'"{cell}" is not known here.'),
            (f"Erwartet wird: {', '.join(known)}. Prüfen Sie, ob es die richtige Tabelle ist.",
             f"Expected is: {', '.join(known)}. Check whether it is the right table."),
            row=int(index) + first_row, column=column,
        )  # fmt: skip
