"""Template filters for numbers and bilingual texts."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language

from fachkraftwerk.core.text import Text, number

register = template.Library()


@register.filter
def num(value: float | None, decimals: int = 0) -> str:
    """Write a number in the reader's language; None becomes a dash."""
    return "–" if value is None else number(float(value), get_language() or "de", decimals)


@register.filter
def words(text: Any) -> str:
    """Return a bilingual Text in the reader's language."""
    return text.in_(get_language() or "de") if isinstance(text, Text) else str(text)
