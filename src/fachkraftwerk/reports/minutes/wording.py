"""Small words of the minutes: two languages, dates, numbers, people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Day
from typing import Any

from fachkraftwerk.core.text import Text, number

MONTHS = {
    "de": ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
}  # fmt: skip


class Say:
    """Choose the language of each sentence at the place where it is written."""

    def __init__(self, lang: str) -> None:
        self.lang = "en" if lang.startswith("en") else "de"

    def __call__(self, de: str, en: str) -> str:
        return Text(de, en).in_(self.lang)

    def of(self, text: Mapping[str, str]) -> str:
        """Return the text of a stored pair."""
        return self(text.get("de", ""), text.get("en") or text.get("de", ""))

    def number(self, value: float, decimals: int = 0) -> str:
        """Write a number."""
        return number(value, self.lang, decimals)

    def count(self, value: int, one: str, many: str) -> str:
        """Write a number with its noun."""
        return f"{self.number(value)} {one if value == 1 else many}"

    def people(self, value: int) -> str:
        """Write a number of people."""
        return self.count(value, "Person", "Personen") if self.lang == "de" else self.count(value, "person", "people")

    def cost(self, value: float, unit: str) -> str:
        """Write an amount in the unit of the budget: person-days or euros."""
        if unit == "eur":
            return self(f"{self.number(value)} €", f"€{self.number(value)}")
        return self.count(
            round(value), *(("Personentag", "Personentage") if self.lang == "de" else ("person-day", "person-days"))
        )


def date(written: str, lang: str) -> str:
    """Return "21. August 2025" or "21 August 2025"; other texts as they are."""
    try:
        day = Day.fromisoformat(str(written))
    except ValueError:
        return str(written)
    dot = "" if lang == "en" else "."
    return f"{day.day}{dot} {MONTHS[lang][day.month - 1]} {day.year}"


def counted(counts: Mapping[str, int], names: Mapping[str, str]) -> str:
    """Return "passt 26, zu hoch 8" in the order of ``names``."""
    return ", ".join(f"{name} {counts[key]}" for key, name in names.items() if counts.get(key))


def field_names(record: Mapping[str, Any]) -> dict[str, str]:
    """Return id -> name of the fields of action."""
    return {field["id"]: field["name"] for field in record["fields"]}
