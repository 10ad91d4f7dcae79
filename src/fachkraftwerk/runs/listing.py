"""Lists of figures: what the command line, the API and downloads give for a region."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import BASE_YEAR, INDICATORS, LEVELS, OCCUPATIONS, QUALIFICATION_GROUPS
from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.figure import Figure
from fachkraftwerk.core.text import Text
from fachkraftwerk.runs import figures, many
from fachkraftwerk.runs.draws import MOST
from fachkraftwerk.runs.figures import Forecast

if TYPE_CHECKING:
    from fachkraftwerk.runs.desk import Desk
    from fachkraftwerk.runs.kept import Sampled
    from fachkraftwerk.runs.regionforecast import RegionForecast
    from fachkraftwerk.runs.stream import Engine, Progress

#: Ways to break a forecast down, in the order in which they are listed.
BREAKDOWNS = ("total", "qualification", "level", "occupation")
#: What is listed for single occupations and levels; the reasons are listed for the sums.
OF_CELLS = ("gap_cumulated", "gap_commuting_closed", "demand", "supply")


@dataclass(frozen=True)
class Asked:
    """What is listed of every region: one year of one edition, its breakdowns, a qualification."""

    edition: str
    year: int
    by: tuple[str, ...] = ("total",)
    qualification: str = "skilled"

    def figures(self, region: str) -> Iterator[Figure]:
        """Yield the figures of one region in the order in which they are listed."""
        base = Figure(self.edition, region, self.year, qualification=self.qualification)
        if "total" in self.by:
            yield from (base.at(indicator=name) for name in INDICATORS)
        if "qualification" in self.by:
            yield from (base.at(indicator=name, qualification=group) for group in self._groups() for name in INDICATORS)
        cells = [(level, occupation) for occupation, level in self._cells()]
        yield from (base.at(indicator=n, level=level, occupation=code) for level, code in cells for n in OF_CELLS)

    def _groups(self) -> list[str]:
        """Qualifications not already listed as the total."""
        return [group for group in QUALIFICATION_GROUPS if not ("total" in self.by and group == self.qualification)]

    def _cells(self) -> Iterator[tuple[str, str]]:
        if "level" in self.by:
            yield from (("all", level) for level in LEVELS)
        if "occupation" in self.by:
            yield from ((code, "all") for code in OCCUPATIONS)
        if "level" in self.by and "occupation" in self.by:
            yield from ((code, level) for code in OCCUPATIONS for level in LEVELS)


def breakdowns(words: str) -> tuple[str, ...]:
    """Read "total,occupation". Raises Refusal naming every unknown word."""
    asked = [word.strip() for word in words.split(",") if word.strip()]
    unknown = [word for word in asked if word not in BREAKDOWNS]
    if unknown or not asked:
        raise Refusal([_unknown(word) for word in unknown or [words]])
    return tuple(word for word in BREAKDOWNS if word in asked)


def check_draws(draws: int) -> None:
    """Raise Refusal for a number of draws that cannot be computed."""
    if faults := draw_faults(draws):
        raise Refusal(faults)


def draw_faults(draws: int) -> list[Fault]:
    """Return the fault of a number of draws that cannot be computed."""
    if 1 <= draws <= MOST:
        return []
    what = Text(f"{draws} Ziehungen sind nicht möglich.", f"{draws} draws are not possible.")
    remedy = Text(
        f"Wählen Sie 1 bis {MOST}; eine Ziehung ist der mittlere Pfad allein.",
        f"Choose 1 to {MOST}; one draw is the central path alone.",
    )
    return [Fault(what, remedy, "draws")]


def row(figure: Figure, forecast: Forecast, name: str) -> dict[str, Any]:
    """Return one figure as the documents carry it."""
    return rows([figure], forecast, name)[0]


def rows(asked: Sequence[Figure], forecast: Forecast, name: str) -> list[dict[str, Any]]:
    """Return figures as the documents carry them; a cell of fewer than fifty people comes without a value."""
    return [_row(one, name) for one in many.answers(asked, forecast)]


def _row(answer: many.Answer, name: str) -> dict[str, Any]:
    figure, value = answer.figure, answer.value.as_dict()
    head = {
        "figure": str(figure), "region": figure.region, "name": name, "year": figure.year,
        "indicator": figure.indicator, "qualification": figure.qualification, "level": figure.level,
        "occupation": figure.occupation,
    }  # fmt: skip
    if answer.withheld:
        kept = ("unit", "estimated_share")
        return head | {k: (v if k in kept else None) for k, v in value.items()} | {"withheld": f"< {figures.SMALLEST}"}
    return head | value


def document(
    desk: Desk, keys: Sequence[str], asked: Asked, draws: int, engine: Engine | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Return the document of ``forecast --json`` for zones ``keys``.

    engine: computes one zone after the other, so that all of Germany fits into memory; without it the forecasts that
    the desk keeps are asked.
    """
    zones = {zone.key: zone for zone in map(desk.zone, keys)}
    names = {key: desk.heading(zone).de for key, zone in zones.items()}
    if engine is None:
        made = desk.forecasts(list(names), draws)
        listed = {key: rows(list(asked.figures(key)), one, names[key]) for key, one in made.items()}
    else:
        task, years = Listed(asked, names), _years(asked.year)
        listed = engine(desk.inputs, list(names), draws, task, years, progress=progress)
    references = [_reference(one) for zone in zones.values() for one in desk.references(zone)]
    return {
        "edition": desk.edition.name, "base_year": BASE_YEAR, "draws": draws,
        "figures": [one for key in names for one in listed[key]], "references": references,
    }  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """The task that makes the rows of one zone."""

    asked: Asked
    names: Mapping[str, str]
    precision: type[np.floating[Any]] = np.float64

    def sample(self, forecast: RegionForecast) -> NDArray[np.float64]:
        """Return every figure asked for [draw, figure]."""
        return many.samples(_figures(self.asked, forecast.region), forecast)

    def finish(self, found: Sampled, forecast: RegionForecast) -> list[dict[str, Any]]:
        """Return the rows."""
        asked, name = _figures(self.asked, forecast.region), self.names[forecast.region]
        return [_row(one, name) for one in many.summed_up(asked, many.statistics(found), forecast)]


@lru_cache(maxsize=8)
def _figures(asked: Asked, region: str) -> tuple[Figure, ...]:
    return tuple(asked.figures(region))


def _years(year: int) -> list[int]:
    """The year asked for and the one before, of which the yearly balance is the difference."""
    return [one for one in (year - 1, year) if one >= BASE_YEAR]


def _reference(one: Any) -> dict[str, Any]:
    return {
        "region": one.ags, "name": one.region, "year": one.horizon, "base_year": one.base_year,
        "qualification": one.category, "value": one.value, "source": one.source, "url": one.url,
    }  # fmt: skip


def _unknown(word: str) -> Fault:
    known = ", ".join(BREAKDOWNS)
    what = Text(f"Die Gliederung „{word}“ gibt es nicht.", f'There is no breakdown "{word}".')
    return Fault(what, Text(f"Möglich sind: {known}.", f"Possible are: {known}."), "by")
