"""One place where a figure address becomes a value with its range.

Page, chart, command line, API and report all ask here, so they cannot differ. Quantiles leave the central path
(row 0) out: it is an assumption, not a draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.errors import Refusal, refuse
from fachkraftwerk.core.figure import Figure
from fachkraftwerk.runs import celltable

#: Published figures are rounded to tens; groups below fifty people are pooled or withheld.
TENS = 10
SMALLEST = 50


class Forecast(Protocol):
    """What a forecast of one region (or zone) must answer."""

    @property
    def years(self) -> Sequence[int] | NDArray[np.int64]: ...

    def select(
        self, indicator: str, qualification: str = "skilled", level: str = "all", occupation: str = "all"
    ) -> NDArray[np.float64]:
        """Return the samples, shape (draws, years); row 0 is the central path."""
        ...

    def estimated_share(self, qualification: str = "skilled", level: str = "all", occupation: str = "all") -> float:
        """Return the share (0 to 1) of the base workforce that had to be estimated."""
        ...


@dataclass(frozen=True)
class FigureValue:
    """Median of the draws, central path, 50 % and 80 % interval, and how often it is above zero."""

    value: float
    central: float
    p10: float
    p25: float
    p75: float
    p90: float
    p_shortage: float
    unit: str = "persons"
    estimated_share: float = 0.0

    @property
    def ranged(self) -> bool:
        """True where draws give a range; False for a single central path."""
        return self.p90 > self.p10

    @property
    def estimated(self) -> bool:
        """True where more than a quarter of the base is estimated; such parts are hatched and marked "≈"."""
        return self.estimated_share > 0.25

    def as_dict(self) -> dict[str, float | str]:
        """Return the fields as the JSON documents carry them."""
        return dict(vars(self))


def quantiles(samples: NDArray[np.float64], shares: Sequence[float]) -> NDArray[np.float64]:
    """Return linear-interpolated quantiles over axis 0, shape (len(shares), ...)."""
    ordered = np.sort(samples, axis=0)
    place = np.asarray(shares) * (len(ordered) - 1)
    low = np.floor(place).astype(int)
    high = np.minimum(low + 1, len(ordered) - 1)
    weight = (place - low).reshape(-1, *([1] * (ordered.ndim - 1)))
    mixed: NDArray[np.float64] = ordered[low] * (1 - weight) + ordered[high] * weight
    return mixed


def drawn(samples: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the rows that are draws: all but the central path, or the path itself where it stands alone."""
    return samples[1:] if len(samples) > 1 else samples


def summarise(samples: NDArray[np.float64], unit: str = "persons", estimated_share: float = 0.0) -> FigureValue:
    """Summarise samples of one figure, shape (draws,); row 0 is the central path."""
    rows = drawn(samples)
    p10, p25, p50, p75, p90 = (float(q) for q in quantiles(rows, (0.1, 0.25, 0.5, 0.75, 0.9)))
    return FigureValue(
        p50, float(samples[0]), p10, p25, p75, p90, float((rows > 0).mean()), unit, float(estimated_share)
    )


def year_index(forecast: Forecast, year: int) -> int:
    """Return the position of ``year``. Raises Refusal outside the horizon."""
    years = [int(y) for y in forecast.years]
    if year not in years:
        raise outside_horizon(year, years[0], years[-1])
    return years.index(year)


def outside_horizon(year: int, first: int, last: int) -> Refusal:
    """Return the refusal for a year that is not computed."""
    return refuse(
        f"Das Jahr {year} liegt außerhalb der Vorausberechnung.", f"The year {year} is outside the forecast.",
        f"Wählen Sie ein Jahr von {first} bis {last}.", f"Choose a year from {first} to {last}.",
    )  # fmt: skip


def resolve(figure: Figure, forecast: Forecast) -> FigureValue:
    """Return the value of ``figure`` from the forecast of its region. Raises Refusal for a year not computed."""
    at = year_index(forecast, figure.year)
    parts = (figure.qualification, figure.level, figure.occupation)
    samples = forecast.select(figure.indicator, *parts)[:, at]
    return summarise(samples, estimated_share=forecast.estimated_share(*parts))


def path(figure: Figure, forecast: Forecast) -> list[tuple[int, FigureValue]]:
    """Return the figure for every year of the forecast."""
    parts = (figure.qualification, figure.level, figure.occupation)
    samples = forecast.select(figure.indicator, *parts)
    share = float(forecast.estimated_share(*parts))
    rows = drawn(samples)
    spread = quantiles(rows, (0.5, 0.1, 0.25, 0.75, 0.9))
    above = (rows > 0).mean(axis=0)
    found = []
    for i, year in enumerate(forecast.years):
        p50, p10, p25, p75, p90 = (float(q) for q in spread[:, i])
        value = FigureValue(p50, float(samples[0, i]), p10, p25, p75, p90, float(above[i]), "persons", share)
        found.append((int(year), value))
    return found


def employed(figure: Figure, forecast: Forecast) -> float:
    """Return how many of these people worked here in the base year (central)."""
    return float(forecast.select("demand", figure.qualification, figure.level, figure.occupation)[0, 0])


def base_year(forecast: Forecast) -> int:
    """Return the first year of the forecast."""
    return int(forecast.years[0])


@dataclass(frozen=True)
class Cell:
    """One occupation × level (or a pool of small ones) with its workforce of the base year and its figure."""

    occupation: str  # "" for the pool of small groups
    level: str
    employed: float
    value: FigureValue
    members: int = 1


def cells(figure: Figure, forecast: Forecast, by_level: bool = True) -> list[Cell]:
    """Return occupations × levels, widest gap first; groups below fifty people pooled in the last row.

    The rows add up to the figure of all occupations draw by draw, because nothing is dropped.
    """
    at = year_index(forecast, figure.year)
    values = celltable.samples(forecast, figure.indicator, figure.qualification, at)
    people = celltable.samples(forecast, "demand", figure.qualification, 0)[0]
    share = celltable.estimated(forecast, figure.qualification)
    groups = _groups(figure, by_level)
    shown: list[Cell] = []
    small: list[int] = []
    for (occupation, level), members in groups.items():
        count = float(people[members].sum())
        if count < SMALLEST:
            small += members
            continue
        estimated = float(share[members] @ people[members]) / count
        value = summarise(values[:, members].sum(1), estimated_share=estimated)
        shown.append(Cell(occupation, level, count, value))
    shown.sort(key=lambda cell: -cell.value.value)
    if small:
        pool = summarise(values[:, small].sum(1), estimated_share=1.0)
        shown.append(Cell("", "", float(people[small].sum()), pool, len(groups) - len(shown)))
    return shown


def _groups(figure: Figure, by_level: bool) -> dict[tuple[str, str], list[int]]:
    """Return the rows asked for as (occupation, level) → positions of their cells."""
    groups: dict[tuple[str, str], list[int]] = {}
    for position, (occupation, level) in enumerate(celltable.CELLS):
        wanted = figure.occupation in {"all", occupation} and figure.level in {"all", level}
        if wanted:
            groups.setdefault((occupation, level if by_level else figure.level), []).append(position)
    return groups


def withheld(figure: Figure, forecast: Forecast) -> bool:
    """True where fewer than fifty people worked in the cell: such a figure is not published."""
    whole = figure.level == "all" and figure.occupation == "all"
    return not whole and employed(figure, forecast) < SMALLEST
