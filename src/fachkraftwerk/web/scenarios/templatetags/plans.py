"""Filters of the scenario pages."""

from __future__ import annotations

import math
from datetime import date

from django import template
from django.utils.translation import get_language

from fachkraftwerk.core.text import Text, day, number, significant
from fachkraftwerk.model.measures.measure import Measure
from fachkraftwerk.runs import relations
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
    """Write the range of a figure; both ends are rounded to what the larger one carries."""
    if not value.ranged:
        return ""
    join = "to" if _lang().startswith("en") else "bis"
    largest = significant(max(abs(value.p10), abs(value.p90)))
    unit = 10.0 ** max(math.floor(math.log10(largest)) - 1, 0) if largest >= 1 else 0.1
    low, high = (number(round(v / unit) * unit, _lang(), 1 if largest < 1 else 0) for v in (value.p10, value.p90))
    return f"{low} {join} {high}" if low != high else ""


@register.filter
def millions(value: float) -> str:
    """Write an amount of euros without its unit; from a million on in millions."""
    lang = _lang()
    return (
        f"{number(value / 1e6, lang, 1)} {'million' if lang.startswith('en') else 'Mio.'}"
        if value >= 1e6
        else number(value, lang)
    )


@register.filter
def euros(value: float) -> str:
    """Write an amount in euros; from a million on in millions."""
    lang = _lang()
    if value >= 1e6:
        unit = "million euros" if lang.startswith("en") else "Mio. Euro"
        return f"{number(value / 1e6, lang, 1)} {unit}"
    return f"{number(value, lang)} {'euros' if lang.startswith('en') else 'Euro'}"


@register.filter
def rough(value: float) -> float:
    """Round an estimate to three significant digits."""
    return significant(value, 3)


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
def longdate(when: date) -> str:
    """Write a day as the house does in both languages; a moment by its day."""
    return day(when).in_(_lang())


@register.filter
def few(value: float | None) -> str:
    """Write a small number with one decimal; nothing is "0", hardly anything "< 0,1"."""
    if value is None:
        return "–"
    if 0 < abs(value) < 0.05:
        return "< " + number(0.1, _lang(), 1)
    return number(float(value), _lang(), 0 if abs(value) >= 10 or value == 0 else 1)


@register.filter
def named(measure: Measure) -> Text:
    """Return the name of a measure: its own title, that of its record, or that of its lever."""
    return relations.name(measure)


@register.filter
def amount(value: float) -> str:
    """Write a strength as people read it."""
    decimals = next((n for n in (0, 1, 2) if round(value, n) == value), 3)
    return number(value, _lang(), decimals)


#: Units as they stand behind a one.
_ONE = {
    "Prozentpunkte": "Prozentpunkt", "Personen": "Person", "Zentren": "Zentrum", "Monate": "Monat", "Anwerbungen": "Anwerbung",
    "percentage points": "percentage point", "persons": "person", "centres": "centre", "months": "month",
}  # fmt: skip


@register.filter
def counted(unit: Text, value: float) -> str:
    """Write a strength with its unit, in the singular behind a one."""
    words = unit.in_(_lang())
    if value == 1:
        words = next((one + words[len(many) :] for many, one in _ONE.items() if words.startswith(many)), words)
    return f"{amount(value)} {words}"


@register.filter
def precise(value: float) -> str:
    """Write an assumption with the digits it was given with."""
    return f"{value:g}" if _lang().startswith("en") else f"{value:g}".replace(".", ",")


@register.filter
def plain(value: object) -> str:
    """Write a value for a form field or an address: no thousands mark, decimal point."""
    return f"{value:g}" if isinstance(value, float) else str(value)
