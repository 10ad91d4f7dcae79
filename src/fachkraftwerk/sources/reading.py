"""From a publisher's bytes to text, figures with their signs, and sheets of workbooks.

Everything here works on bytes and plain tables and knows no publication. Layouts of their own:
``genesis`` (classic csv, ffcsv), ``eurostat`` (TSV) and ``plain`` (csv with one header row).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from fachkraftwerk.core.errors import refuse
from fachkraftwerk.sources.archive import broken, unpack
from fachkraftwerk.sources.faults import AGAIN, Faults, where

if TYPE_CHECKING:
    import pandas as pd

#: No figure of any table read here comes near this: a larger one has lost its decimal sign or is made up.
LARGEST = 1e10
#: A number as publishers write it, once the decimal sign is a point.
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?", re.ASCII)
#: Letters in the middle of a word that nobody writes there: what is left of umlauts after a wrong conversion.
_LOST = re.compile(r"[A-Za-z](\?|„|”|§|†|™|\x81)[a-zß]|Ã[¤¼¶Ÿ\x80-\x9f]|â(\x80|€)|\ufffd")
_ADDRESS = re.compile(r"https?://\S+")
#: The publishers' signs (GENESIS, BA, Eurostat) and the status they stand for.
SIGNS = {
    "-": "zero", "–": "zero", ".": "secret", "x": "secret", "X": "secret", "*": "secret",
    "...": "pending", "…": "pending", "/": "unreliable", ":": "missing", "": "missing",
}  # fmt: skip


def decode(data: bytes, name: str) -> str:
    """Return the text of ``data``: UTF-8 with or without mark, UTF-16 with mark, CP1252 or ISO-8859-1.

    Line ends become "\\n". Raises Refusal where letters were already lost by an earlier conversion.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", errors="replace")
    else:
        text = _decode_bytes(data, name)
    _no_lost_letters(text, name)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode_bytes(data: bytes, name: str) -> str:
    if b"\x00" in data[:4096]:
        raise refuse(
            "Die Datei ist kein Text.", "The file is not text.",
            "Erwartet wird eine CSV- oder TSV-Datei.", "Expected is a CSV or TSV file.", where(name),
        )  # fmt: skip
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Only the last letter is cut: a UTF-8 file that ends in the middle of a letter.
        if error.start >= len(data) - 3 and any(byte > 127 for byte in data[: error.start]):
            raise broken(name) from error
    controls = bytes(range(0x80, 0xA0))  # printable in CP1252, control characters in ISO-8859-1
    if any(byte in controls for byte in data):
        return data.decode("cp1252", errors="replace")
    return data.decode("iso-8859-1")


def _no_lost_letters(text: str, name: str) -> None:
    """Refuse a file whose umlauts are gone: one message with the first row, since all rows have the same cause."""
    lines = enumerate(text.split("\n"), start=1)
    rows = [row for row, line in lines if _LOST.search(_ADDRESS.sub("", line) if "://" in line else line)]
    if rows:
        raise refuse(
            f"Umlaute sind durch eine falsche Zeichenkodierung verloren ({len(rows)} Zeilen).",
            f"Umlauts were lost to a wrong encoding ({len(rows)} rows).",
            "Verwenden Sie die Originaldatei, ohne sie vorher in einem anderen Programm zu speichern.",
            "Use the original file without saving it in another program first.", where(name, rows[0]),
        )  # fmt: skip


def text(data: bytes, name: str) -> str:
    """Unpack and decode: the way every csv and tsv is read."""
    return decode(unpack(data, name), name)


def figures(
    cells: Iterable[Any],
    faults: Faults,
    *,
    column: str = "value",
    decimal: str = ",",
    rows: Sequence[Any] | None = None,
    low: float | None = 0.0,
    high: float | None = None,
) -> pd.DataFrame:
    """Split published cells into ``value`` (float64, nan where nothing is shown) and ``status``.

    ``decimal`` is the publisher's sign; ``rows`` are the row numbers in the file for messages; values
    outside ``low``..``high`` (None: no lower, ``LARGEST`` as upper limit) and cells that are neither number nor sign become faults.
    """
    import pandas as pd

    values, states = [], []
    for index, cell in enumerate(cells):
        value, status = _figure(cell, decimal)
        most = LARGEST if high is None else high
        if value is None or (low is not None and value < low) or value > most or value < -LARGEST:
            row = rows[index] if rows is not None else index + 1
            _impossible(faults, cell, value is None, row, column)
            value = float("nan")
        values.append(value)
        states.append(status)
    return pd.DataFrame({"value": pd.Series(values, dtype="float64"), "status": pd.Series(states, dtype=object)})


def _figure(cell: Any, decimal: str) -> tuple[float | None, str]:
    """Return value and status of one cell; value None if it cannot be read."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return (float(cell), "") if cell == cell else (float("nan"), "missing")
    written = "" if cell is None else str(cell).strip()
    if written in SIGNS:
        return (0.0 if SIGNS[written] == "zero" else float("nan")), SIGNS[written]
    status = ""
    if written.startswith("(") and written.endswith(")"):  # limited significance
        written, status = written[1:-1].strip(), "estimated"
    plain = written.replace(decimal, ".", 1) if decimal in written else written
    if (decimal == "," and "." in written) or not _NUMBER.fullmatch(plain):
        return None, ""
    return float(plain), status


def _impossible(faults: Faults, cell: Any, unreadable: bool, row: Any, column: str) -> None:
    if unreadable:
        what = (f"„{cell}“ ist weder Zahl noch Zeichen.", f'"{cell}" is neither a number nor a sign.')
    else:
        what = (f"Der Wert {cell} ist unmöglich.", f"The value {cell} is impossible.")
    remedy = ("Vergleichen Sie die Zeile mit der Veröffentlichung.", "Compare the row with the publication.")
    faults.add(what, remedy, row=row, column=column)


def require_columns(present: Sequence[str], wanted: Sequence[str], faults: Faults, row: int | None = None) -> None:
    """Note every column that is missing, with the strangers that may be the renamed ones."""
    strangers = [label for label in present if label not in wanted]
    for label in wanted:
        if label not in present:
            near = _near(label, strangers)
            faults.add(
                (f"Die Spalte „{label}“ fehlt.", f'The column "{label}" is missing.'),
                (f"Vielleicht heißt sie jetzt „{near}“? Dann ist der Importer anzupassen." if near
                 else "Laden Sie die Tabelle vollständig und unverändert herunter.",
                 f'Perhaps it is now called "{near}"? Then the importer needs a change.' if near
                 else "Download the table complete and unchanged."),
                row=row, column=label,
            )  # fmt: skip


def _near(label: str, strangers: Sequence[str]) -> str:
    import difflib

    return next(iter(difflib.get_close_matches(label, strangers, n=1, cutoff=0.5)), "")


def require_unique(frame: pd.DataFrame, keys: Sequence[str], faults: Faults, rows: Sequence[Any] | None = None) -> None:
    """Note every row whose ``keys`` occurred before."""
    doubled = frame.duplicated(list(keys)).to_numpy()
    for index in doubled.nonzero()[0]:
        key = " / ".join(str(frame[name].iloc[index]) for name in keys)
        faults.add(
            (f"Der Schlüssel {key} kommt doppelt vor.", f"The key {key} occurs twice."),
            ("Löschen Sie die überzählige Zeile oder laden Sie die Tabelle neu.",
             "Delete the surplus row or download the table again."),
            row=rows[int(index)] if rows is not None else int(index) + 1,
        )  # fmt: skip


def sheet_names(data: bytes, name: str) -> list[str]:
    """Return the names of a workbook's sheets (xlsx, xls). Raises Refusal on a damaged or foreign file."""
    return list(_workbook(data, name).sheet_names)


def sheet(data: bytes, name: str, title: str) -> list[list[Any]]:
    """Return one sheet as rows of cells (empty cells ""; numbers float), row 1 of the sheet = index 0."""
    book = _workbook(data, name)
    if title not in book.sheet_names:
        raise refuse(
            f"Das Blatt „{title}“ fehlt.", f'The sheet "{title}" is missing.',
            f"Vorhanden sind: {', '.join(book.sheet_names)}. Prüfen Sie, ob es die richtige Mappe ist.",
            f"Present are: {', '.join(book.sheet_names)}. Check whether this is the right workbook.", where(name),
        )  # fmt: skip
    rows: list[list[Any]] = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
    return rows


def _workbook(data: bytes, name: str) -> Any:
    from python_calamine import CalamineError, CalamineWorkbook

    inner = unpack(data, name)
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(inner))
    except (CalamineError, OSError, ValueError) as error:
        raise refuse(
            "Die Arbeitsmappe lässt sich nicht öffnen: beschädigt, halb heruntergeladen oder ein anderes Format.",
            "The workbook cannot be opened: damaged, half downloaded or another format.", *AGAIN, where(name),
        ) from error  # fmt: skip
