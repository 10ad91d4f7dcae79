"""Tables as CSV that a spreadsheet of the reader's language opens without asking."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_DECIMAL = re.compile(r"-?\d+\.\d+(e-?\d+)?")


def as_csv(rows: Iterable[Sequence[object]], lang: str) -> bytes:
    """Return rows as CSV: German with semicolons and decimal commas, English with commas and decimal points.

    UTF-8 with mark, so that umlauts are read; None is an empty cell. With points in a German file a spreadsheet makes
    days of numbers (5.2 → 5 February).
    """
    english = lang.startswith("en")
    text = io.StringIO()
    writer = csv.writer(text, delimiter="," if english else ";")
    writer.writerows(rows if english else ([_german(cell) for cell in row] for row in rows))
    return text.getvalue().encode("utf-8-sig")


def _german(cell: object) -> object:
    """Return a number with a decimal comma, anything else as it is."""
    words = repr(cell) if isinstance(cell, float) else cell
    return words.replace(".", ",") if isinstance(words, str) and _DECIMAL.fullmatch(words) else cell
