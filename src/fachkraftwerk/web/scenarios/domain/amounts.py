"""Numbers as people type them: 250.000 is a quarter of a million in Germany, 2,5 is two and a half."""

from __future__ import annotations

import math
import re

from fachkraftwerk.core.errors import refuse

#: Thousands in groups of three, with point, comma, thin or plain blank; decimals behind the other sign.
_GROUPED = re.compile(r"[1-9]\d{0,2}([.,’'\u202f\u00a0 ]\d{3})+([.,]\d{1,2})?")


def number(words: str) -> float:
    """Read a number with decimal point or comma; not-a-number for anything else, which the checks name."""
    try:
        return float(words.strip().replace(",", "."))
    except ValueError:
        return math.nan


def amount(words: str) -> float:
    """Read an amount of euros, days or persons, with or without thousands marks. Raises Refusal for anything else."""
    typed = words.strip().removesuffix("€").strip()
    if _GROUPED.fullmatch(typed):
        whole, cents = re.fullmatch(r"(.*?\d{3})(?:[.,](\d{1,2}))?", typed).groups()  # type: ignore[union-attr]
        typed = re.sub(r"\D", "", whole) + (f".{cents}" if cents else "")
    found = number(typed)
    if not math.isfinite(found):
        raise refuse(
            f"„{words[:40]}“ ist keine Zahl.", f'"{words[:40]}" is not a number.',
            "Geben Sie zum Beispiel 250.000 ein.", "Enter for example 250,000.",
        )  # fmt: skip
    return found


def whole(words: str) -> int:
    """Read a whole number. Raises Refusal for anything else."""
    if not re.fullmatch(r"-?\d{1,6}", words.strip()):
        raise refuse(
            f"„{words[:40]}“ ist keine ganze Zahl.", f'"{words[:40]}" is not a whole number.',
            "Geben Sie ein Jahr oder eine Zahl von Jahren an.", "Give a year or a number of years.",
        )  # fmt: skip
    return int(words)


def written(value: float | None) -> str:
    """Write a value for a form field so that reading gives it back unchanged; nothing for None."""
    if value is None:
        return ""
    if math.isfinite(value) and float(value).is_integer():
        return str(int(value))
    plain = repr(float(value))
    return f"{plain}0" if _GROUPED.fullmatch(plain) else plain  # 1.234 would be read as a thousand
