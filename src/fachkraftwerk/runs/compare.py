"""Paired comparison: with minus without, draw by draw, and what may be said about it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.text import Text, number, significant
from fachkraftwerk.runs.figures import FigureValue, summarise

Array = NDArray[np.float64]
#: Fewer persons than this are nobody.
LEAST = 0.5


def difference(without: Array, with_: Array) -> Array:
    """Return by how much the gap shrinks in each draw; both from the same draws, row 0 central."""
    if without.shape != with_.shape:
        raise ValueError(f"not paired: {without.shape} and {with_.shape}")
    return np.asarray(without - with_)


def interaction(alone: Sequence[Array], joint: Array) -> Array:
    """Return what the set does more (+) or less (−) than the sum of its parts."""
    return np.asarray(joint - np.sum(alone, axis=0)) if len(alone) else np.zeros_like(joint)


def per_euro(closing: Array, euros: Array) -> FigureValue | None:
    """Return persons per 100,000 euros with their range, draw by draw; None where a measure costs nothing."""
    if euros[0] <= 0:
        return None
    return summarise(closing / np.maximum(euros, 1e-9) * 100_000, unit="persons per 100,000 euros")


def noise(closing: Array) -> float:
    """Return half a standard deviation of an effect over the draws: smaller differences mean nothing."""
    return 0.5 * float(np.std(closing[1:])) if len(closing) > 2 else 0.0


def sentence(closing: FigureValue, gap: FigureValue, year: int) -> Text:
    """Return what a set of measures does to the gap of ``year`` in one sentence: its central effect and its range."""
    if gap.value <= 0:
        return Text(
            f"{year} fehlt hier niemand; die Maßnahmen bringen rund {_n(closing.central, 'de')} Personen zusätzlich.",
            f"In {year} nobody is missing here; the measures bring about {_n(closing.central, 'en')} people more.",
        )
    if abs(closing.central) < LEAST and abs(closing.p90) < LEAST:
        return Text(
            f"Bis {year} fehlen rund {_n(gap.value, 'de')} Personen; die Maßnahmen bringen davon weniger als eine.",
            f"By {year} about {_n(gap.value, 'en')} persons are missing; the measures bring less than one of them.",
        )
    part = significant(100 * closing.central / gap.value)
    return Text(
        f"Bis {year} bringen die Maßnahmen rund {_n(closing.central, 'de')} der {_n(gap.value, 'de')} fehlenden Personen, das sind "
        f"{_percent(part, 'de')} – wahrscheinlich zwischen {_n(closing.p10, 'de')} und {_n(closing.p90, 'de')}.",
        f"By {year} the measures bring about {_n(closing.central, 'en')} of {_n(gap.value, 'en')} missing persons, that is "
        f"{_percent(part, 'en')} – probably between {_n(closing.p10, 'en')} and {_n(closing.p90, 'en')}.",
    )


def _n(value: float, lang: str) -> str:
    return number(significant(value), lang)


def _percent(value: float, lang: str) -> str:
    decimals = 0 if abs(value) >= 10 or value == round(value) else 1
    return f"{number(value, lang, decimals)} %" if lang == "de" else f"{number(value, lang, decimals)}%"
