"""Many figures of one forecast at once: the values of ``figures.resolve`` for hundreds of cells in a few products."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.figure import Figure
from fachkraftwerk.runs import celltable
from fachkraftwerk.runs.company import products
from fachkraftwerk.runs.figures import SMALLEST, FigureValue, Forecast, drawn, quantiles, year_index
from fachkraftwerk.runs.figures import resolve as resolve_one
from fachkraftwerk.runs.figures import withheld as withheld_one
from fachkraftwerk.runs.kept import Sampled
from fachkraftwerk.runs.manykreise import ManyKreise
from fachkraftwerk.runs.regionforecast import RegionForecast, choose

Array = NDArray[np.float64]
SHARES = (0.5, 0.1, 0.25, 0.75, 0.9)


@dataclass(frozen=True)
class Answer:
    """A figure with its value; ``withheld`` where fewer than fifty people worked in the cell."""

    figure: Figure
    value: FigureValue
    withheld: bool


def answers(asked: Sequence[Figure], forecast: Forecast) -> list[Answer]:
    """Return the answers to ``asked`` in their order. Raises Refusal for a year that is not computed."""
    if not isinstance(forecast, RegionForecast | ManyKreise):
        return [Answer(one, resolve_one(one, forecast), withheld_one(one, forecast)) for one in asked]
    if isinstance(forecast, ManyKreise):
        # One pass over the Kreise for all sums; cells come from tables of their own.
        forecast.prepare(
            (one.qualification, one.level, one.occupation)
            for one in asked
            if not _part(one) or one.indicator not in celltable.AT_ONCE
        )
    return summed_up(asked, _statistics(samples(asked, forecast)), forecast)


def samples(asked: Sequence[Figure], forecast: RegionForecast | ManyKreise) -> Array:
    """Return figures [draw, figure] in the order of ``asked``. Raises Refusal for a year that is not computed."""
    found = np.empty((forecast.draws, len(asked)))
    for (indicator, qualification, year), places in _columns(asked).items():
        at = year_index(forecast, year)
        found[:, places] = _column([asked[place] for place in places], forecast, indicator, qualification, at)
    return found


def summed_up(asked: Sequence[Figure], told: Array, forecast: RegionForecast | ManyKreise) -> list[Answer]:
    """Return the answers from their statistics [statistic, figure]."""
    employed, share = np.empty(len(asked)), np.empty(len(asked))
    for (_, qualification, _), places in _columns(asked).items():
        people, filled = celltable.workforce(forecast, qualification)
        cuts = _cuts([asked[place] for place in places])
        employed[places] = cuts @ people
        share[places] = (cuts @ filled) / np.maximum(cuts @ people, 1e-9)
    small = [_part(one) and bool(count < SMALLEST) for one, count in zip(asked, employed, strict=True)]
    return [Answer(*one) for one in zip(asked, _values(told, share), small, strict=True)]


def _columns(asked: Sequence[Figure]) -> dict[tuple[str, str, int], list[int]]:
    """Return (indicator, qualification, year) → places of their figures."""
    columns: dict[tuple[str, str, int], list[int]] = {}
    for place, one in enumerate(asked):
        columns.setdefault((one.indicator, one.qualification, one.year), []).append(place)
    return columns


def _column(
    group: Sequence[Figure], forecast: RegionForecast | ManyKreise, indicator: str, qualification: str, at: int
) -> Array:
    """Samples of one indicator and qualification [draw, figure]."""
    if indicator in celltable.AT_ONCE and any(_part(one) for one in group):
        return products(celltable.samples(forecast, indicator, qualification, at), _cuts(group))
    columns = [forecast.select(indicator, qualification, one.level, one.occupation)[:, at] for one in group]
    return np.stack(columns, axis=1)


def _cuts(group: Sequence[Figure]) -> Array:
    """Which cells belong to each figure [figure, cell]."""
    return _cells_of(tuple((one.level, one.occupation) for one in group))


@lru_cache(maxsize=16)
def _cells_of(cuts: tuple[tuple[str, str], ...]) -> Array:
    return np.stack([choose(level, occupation) for level, occupation in cuts])


def _part(figure: Figure) -> bool:
    """True for a part of the workforce; the whole of a Kreis is always published."""
    return not (figure.level == "all" and figure.occupation == "all")


def statistics(found: Sampled) -> Array:
    """Return what ``summed_up`` needs of the samples of all draws [statistic, figure]."""
    told = np.empty((7, found.central.size))
    for some, rows in found.pieces():
        told[:, some] = _measured(rows.T, found.central[some])
    return told


def _statistics(samples: Array) -> Array:
    return _measured(drawn(samples), samples[0])


def _measured(rows: Array, central: Array) -> Array:
    """Median, central path, p10, p25, p75, p90 and the share of draws above zero of draws [draw, figure]."""
    p50, p10, p25, p75, p90 = quantiles(rows, SHARES)
    return np.stack([p50, central, p10, p25, p75, p90, (rows > 0).mean(0)])


def _values(told: Array, share: Array) -> list[FigureValue]:
    columns = zip(*told.tolist(), share.tolist(), strict=True)
    return [
        FigureValue(p50, central, p10, p25, p75, p90, above, "persons", part)
        for p50, central, p10, p25, p75, p90, above, part in columns
    ]
