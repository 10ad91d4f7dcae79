"""Ranges of the totals of all Kreise, computed once for an edition and kept on the shelf; maps are drawn from here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import QUALIFICATION_GROUPS
from fachkraftwerk.core.figure import Figure
from fachkraftwerk.runs.figures import FigureValue, Forecast, drawn, quantiles
from fachkraftwerk.runs.shelf import Shelf

Array = NDArray[np.float64]
INDICATORS = ("gap_cumulated", "gap_commuting_closed")


#: Key of the sum over all Kreise; sums over a Land have the Land's two digits.
WHOLE = "all"


@dataclass(frozen=True)
class Ranges:
    """table[region, indicator, qualification, year, statistic]; statistics in the order of FigureValue.

    Regions are all Kreise, then the Länder and the whole, summed draw by draw, so that their ranges do not cancel.
    people[Kreis, qualification]: employed in the base year.
    """

    keys: tuple[str, ...]
    years: tuple[int, ...]
    table: NDArray[np.float32]
    people: Array

    def of(self, figure: Figure) -> dict[str, FigureValue]:
        """Return the figure of every region. Raises KeyError for what is not kept (single cells, components)."""
        if not holds(figure):
            raise KeyError(str(figure))
        where = INDICATORS.index(figure.indicator), list(QUALIFICATION_GROUPS).index(figure.qualification)
        rows = self.table[:, where[0], where[1], self.years.index(figure.year)]
        return {key: _value(row) for key, row in zip(self.keys, rows, strict=True)}

    def kreise(self, figure: Figure) -> dict[str, tuple[FigureValue, float]]:
        """Return (figure, people employed in the base year) of every Kreis. Raises KeyError as ``of`` does."""
        people = self.people[:, list(QUALIFICATION_GROUPS).index(figure.qualification)].tolist()
        return {key: (value, count) for (key, value), count in zip(self.of(figure).items(), people, strict=False)}


def holds(figure: Figure) -> bool:
    """True for totals; ranges of single cells and of components are not kept."""
    return figure.level == "all" and figure.occupation == "all" and figure.indicator in INDICATORS


def _value(row: NDArray[np.float32]) -> FigureValue:
    p50, central, p10, p25, p75, p90, above = (float(v) for v in row)
    return FigureValue(p50, central, p10, p25, p75, p90, above)


def collect(forecast: Forecast) -> Array:
    """Return the samples of the kept totals of one Kreis [indicator, qualification, draw, year]."""
    return np.stack([[forecast.select(one, group) for group in QUALIFICATION_GROUPS] for one in INDICATORS])


def measure(samples: Array) -> NDArray[np.float32]:
    """Return the statistics of samples [..., draw, year] as [..., year, statistic]."""
    rows = np.moveaxis(samples, -2, 0)
    p10, p25, p50, p75, p90 = quantiles(drawn(rows), (0.1, 0.25, 0.5, 0.75, 0.9))
    above = (drawn(rows) > 0).mean(0)
    return np.stack([p50, rows[0], p10, p25, p75, p90, above], axis=-1).astype(np.float32)


def compute(ags: tuple[str, ...], forecast: Callable[[str], Forecast]) -> Ranges:
    """Measure every Kreis, one after the other, so that memory stays flat, and the sums over Länder and all."""
    tables: list[NDArray[np.float32]] = []
    people: list[list[float]] = []
    sums: dict[str, Array] = {}
    years: tuple[int, ...] = ()
    for one in ags:
        made = forecast(one)
        years, samples = tuple(int(year) for year in made.years), collect(made)
        tables.append(measure(samples))
        people.append([float(made.select("demand", group)[0, 0]) for group in QUALIFICATION_GROUPS])
        for key in (one[:2], WHOLE):
            sums[key] = sums[key] + samples if key in sums else samples
    tables += [measure(samples) for samples in sums.values()]
    return Ranges((*ags, *sums), years, np.stack(tables), np.array(people))


def load(shelf: Shelf, draws: int) -> Ranges | None:
    """Return kept ranges; None where there are none."""
    kept: Any = shelf.read(f"ranges-{draws}")
    if kept is None:
        return None
    return Ranges(tuple(kept["keys"].tolist()), tuple(kept["years"].tolist()), kept["table"], kept["people"])


def keep(ranges: Ranges, shelf: Shelf, draws: int) -> None:
    """Keep ranges for the next start."""
    named = {name: np.array(value) for name, value in vars(ranges).items()}
    shelf.put(f"ranges-{draws}", named)
