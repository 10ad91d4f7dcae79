"""In which occupations and levels a target group works, read from the data of the Kreis."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from fachkraftwerk.model.measures.place import Array, Place

HELFER, FACHKRAFT = 0, 1


def table(name: str, place: Place) -> Array:
    """Return how a group is spread over occupations and levels [o,l], in the data of this Kreis.

    People outside work are taken to be spread as those of their age who work here. Adds up to 1, or to 0 where nobody works.
    """
    spread = _TABLES[name](place) if name in _TABLES else place.residents
    total = float(spread.sum())
    return spread / total if total > 0 else spread


def _aged(first: int, last: int) -> Callable[[Place], Array]:
    return lambda place: place.residents if place.aged is None else place.aged[first : last + 1].sum(0)


def _only(levels: Sequence[int], of: Callable[[Place], Array]) -> Callable[[Place], Array]:
    mask = np.array([1.0 if level in levels else 0.0 for level in range(4)])
    return lambda place: of(place) * mask


def _under_25(place: Place) -> Array:
    return place.under_25


_TABLES: dict[str, Callable[[Place], Array]] = {
    "mothers_at_home": _aged(1, 2), "mothers_hours": _aged(1, 2), "outside_60_64": _aged(4, 4), "outside_65_69": _aged(4, 4),
    "disability_exits": _aged(4, 4), "early_exits": _aged(4, 4), "quits": lambda place: place.workforce,
    "demand": lambda place: place.workforce, "training_dropouts": _under_25, "not_taken_over": _under_25,
    "unskilled_workers": _only([HELFER], lambda place: place.residents),
    "skilled_workers": _only([FACHKRAFT], lambda place: place.residents),
    "surplus_academics": _only([2, 3], lambda place: place.residents), "arrivals": lambda place: place.young,
    "applicants": _only([1, 2, 3], lambda place: place.young),
    "foreign_graduates": _only([2, 3], lambda place: place.young),
}  # fmt: skip
