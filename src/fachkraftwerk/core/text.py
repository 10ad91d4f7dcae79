"""Text in both languages, and numbers as each language writes them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

Lang = Literal["de", "en"]


class Text(NamedTuple):
    """One reader-facing text, German and English."""

    de: str
    en: str

    def in_(self, lang: str) -> str:
        """Return the text in ``lang`` ("de" or "en"); anything else counts as German."""
        return self.en if lang.startswith("en") else self.de


def both(raw: Any) -> Text:
    """Read a text from a file: {de:, en:}; a single string (a citation, a number) reads the same in both languages."""
    if isinstance(raw, Mapping):
        return Text(str(raw.get("de") or ""), str(raw.get("en") or ""))
    return Text(str(raw), str(raw))


def number(value: float, lang: str = "de", decimals: int = 0) -> str:
    """Write a number as the language does: 8.700 / 8,700; a true minus sign; nan becomes a dash."""
    if math.isnan(value):
        return "–"
    written = f"{value:,.{decimals}f}"
    if float(written.replace(",", "")) == 0:
        written = written.lstrip("-")
    if not lang.startswith("en"):
        written = written.translate(str.maketrans(",.", ".,"))
    return written.replace("-", "−")


_MONTHS = (
    Text("Januar", "January"), Text("Februar", "February"), Text("März", "March"), Text("April", "April"),
    Text("Mai", "May"), Text("Juni", "June"), Text("Juli", "July"), Text("August", "August"),
    Text("September", "September"), Text("Oktober", "October"), Text("November", "November"), Text("Dezember", "December"),
)  # fmt: skip


def day(when: date) -> Text:
    """Write a day as each language does: "1. Juli 2021", "1 July 2021"."""
    month = _MONTHS[when.month - 1]
    return Text(f"{when.day}. {month.de} {when.year}", f"{when.day} {month.en} {when.year}")


def significant(value: float, digits: int = 2) -> float:
    """Round to ``digits`` significant digits: what the certainty of a Kreis figure carries."""
    if value == 0 or not math.isfinite(value):
        return value
    return round(value, digits - 1 - math.floor(math.log10(abs(value))))
