"""Filters of the scenario pages."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from fachkraftwerk.core.text import number, significant
from fachkraftwerk.runs.figures import FigureValue

register = template.Library()


def _lang() -> str:
    return get_language() or "de"


@register.filter
def persons(value: float) -> str:
    """Write persons with two significant digits; below one as "unter 1"."""
    amount = float(value)
    if 0 < abs(amount) < 1:
        return "< 1"
    return number(significant(amount), _lang())


@register.filter
def span(value: FigureValue) -> str:
    """Write the range of a figure."""
    join = "to" if _lang().startswith("en") else "bis"
    return f"{persons(value.p10)} {join} {persons(value.p90)}" if value.ranged else ""


@register.filter
def euros(value: float) -> str:
    """Write an amount in euros; from a million on in millions."""
    lang = _lang()
    if value >= 1e6:
        unit = "million euros" if lang.startswith("en") else "Mio. Euro"
        return f"{number(value / 1e6, lang, 1)} {unit}"
    return f"{number(value, lang)} {'euros' if lang.startswith('en') else 'Euro'}"


@register.filter
def euro_span(value: FigureValue) -> str:
    """Write the range of a cost; from a million on in millions."""
    lang = _lang()
    join = "to" if lang.startswith("en") else "bis"
    if value.p90 >= 1e6:
        unit = "million" if lang.startswith("en") else "Mio."
        return f"{number(value.p10 / 1e6, lang, 1)} {join} {number(value.p90 / 1e6, lang, 1)} {unit}"
    return f"{number(significant(value.p10), lang)} {join} {number(significant(value.p90), lang)}"


@register.filter
def few(value: float | None) -> str:
    """Write a small number with one decimal."""
    return "–" if value is None else number(float(value), _lang(), 0 if abs(value) >= 10 else 1)


@register.filter
def plain(value: object) -> str:
    """Write a value for a form field or an address: no thousands mark, decimal point."""
    return f"{value:g}" if isinstance(value, float) else str(value)
