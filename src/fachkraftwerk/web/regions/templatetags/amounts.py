"""Filters that write figures as the house does: tens, signs, the mark of estimation."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from fachkraftwerk.core.text import day, number
from fachkraftwerk.runs.figures import FigureValue
from fachkraftwerk.runs.wording import rough, rounded, step
from fachkraftwerk.web.charts.waterfall import signed as signed_amount
from fachkraftwerk.web.regions.domain.parameters import written

register = template.Library()


def _lang() -> str:
    return get_language() or "de"


@register.filter
def tens(value: float) -> str:
    """Write an amount rounded to tens."""
    return number(rounded(float(value), 10), _lang())


@register.filter
def carried(amount: float, by: FigureValue) -> str:
    """Write an amount rounded to what the certainty of the figure ``by`` carries."""
    return number(rounded(float(amount), step(by)), _lang())


@register.filter
def signed(value: float) -> str:
    """Write an amount with its sign, rounded to tens."""
    return signed_amount(float(value), _lang())


@register.filter
def roughly(value: float) -> str:
    """Write an amount with two significant digits, never finer than tens: what Kreise side by side carry."""
    return number(rough(float(value)), _lang())


@register.filter
def longday(iso: str) -> str:
    """Write an ISO day in the reader's language; anything else stays as it is."""
    try:
        return day(date.fromisoformat(iso)).in_(_lang())
    except ValueError:
        return iso


@register.filter
def approx(value: FigureValue) -> str:
    """Return "≈ " before a figure that is estimated by more than a quarter."""
    return "≈ " if value.estimated else ""


@register.filter
def plainvalue(value: Any) -> str:
    """Write a value of a parameter or source row in the reader's language."""
    return written(value, _lang())


#: Licences that are a sentence rather than a name, in German.
_LICENCES = {
    "Terms of the statistics of the Federal Employment Agency (source note; content unchanged; own calculations marked; "
    "commercial use by permission)": "Nutzungsbedingungen der Statistik der Bundesagentur für Arbeit (Quellenvermerk; "
    "Inhalt unverändert; eigene Berechnungen gekennzeichnet; gewerblich nur mit Zustimmung)",
    "Reproduction with source note": "Wiedergabe mit Quellenangabe", "Public domain": "gemeinfrei",
    "Facts quoted with their source": "Tatsachen, mit Quelle zitiert",
}  # fmt: skip


@register.filter
def licence(words: str) -> str:
    """Write a licence in the reader's language; names such as dl-de/by-2-0 stay as they are."""
    return words if _lang().startswith("en") else _LICENCES.get(words, words)


#: Long words of occupations → where they may break on a narrow screen.
_JOINTS = {
    "Unternehmensführung": "Unternehmens\u00adführung", "Versorgungstechnik": "Versorgungs\u00adtechnik",
    "Fahrzeugtechnik": "Fahrzeug\u00adtechnik", "Rechnungswesen": "Rechnungs\u00adwesen",
    "Hauswirtschaft": "Haus\u00adwirtschaft", "Geisteswissenschaften": "Geistes\u00adwissenschaften",
    "Naturwissenschaften": "Natur\u00adwissenschaften", "erwerbsgemindert": "erwerbs\u00adgemindert", "Lebensmittelherstellung": "Lebensmittel\u00adherstellung",
}  # fmt: skip


@register.filter
def soft(words: str) -> str:
    """Let long words of a heading break at their joint."""
    for word, broken in _JOINTS.items():
        words = words.replace(word, broken)
    return words


@register.filter
def drawing(svg: str) -> SafeString:
    """Put a picture written by our own charts into the page; they escape every word themselves."""
    return mark_safe(svg)


@register.filter
def column_names(rows: Any) -> list[str]:
    """Return the names that occur in any row, in order: rows leave out what is empty."""
    return list(dict.fromkeys(name for row in rows for name in row))


@register.filter
def key(mapping: Any, name: str) -> Any:
    """Return an entry of a mapping by name."""
    return mapping.get(name)


@register.simple_tag
def question(asked: Any, **changes: Any) -> str:
    """Return the address part of the question with some answers changed."""
    written: str = asked.query(**changes)
    return written
