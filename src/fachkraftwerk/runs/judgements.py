"""Judgements of people who know a region as assumptions of a scenario: their figure in place of that of the forecast.

A workshop judges a figure in Delphi rounds. Median and quartiles of its last round become a two-piece normal
distribution with exactly these three points. In a scenario the figure of the forecast is taken out of the gap and the
judged one is put in, draw by draw, so that its spread is that of the room. On the way to the judged year the difference
grows in a straight line; afterwards it stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import BASE_YEAR, HORIZON, QUALIFICATION_PARTS
from fachkraftwerk.core.errors import Fault
from fachkraftwerk.core.streams import normals
from fachkraftwerk.core.text import Text, number, significant
from fachkraftwerk.model.adjustments import BOOKED, SIZES, Adjustments
from fachkraftwerk.runs.member import Member
from fachkraftwerk.runs.regionforecast import COMPONENTS, RegionForecast, choose

if TYPE_CHECKING:
    from fachkraftwerk.runs.response import Asked

Array = NDArray[np.float64]
GAP = "gap_cumulated"
#: Figures a room can judge.
JUDGED = (GAP, *COMPONENTS)
#: These narrow the gap and are negative in the forecast; people judge how many come.
INFLOWS = frozenset({"entrants", "migration"})
TITLES = {
    GAP: Text("Lücke bei Fachkräften", "Gap in skilled workers"),
    "replacement": Text("Abgänge in den Ruhestand", "Exits to retirement"),
    "disability": Text("Abgänge durch Erwerbsminderung", "Exits by disability"),
    "deaths": Text("Sterbefälle", "Deaths"),
    "structural_change": Text("Wandel der Branchen", "Change between sectors"),
    "entrants": Text("Nachrückende junge Menschen", "Young people entering"),
    "migration": Text("Zuzug (netto)", "Net arrivals"),
    "participation": Text("Erwerbsbeteiligung", "Participation"),
}
#: Fewest people whose judgement may stand for a group.
LEAST = 5
#: What is shifted in a full forecast: the field of Adjustments that is booked under the judged figure.
_CHANNELS = {flow: name for name, flow in BOOKED.items()} | {"structural_change": "demand", GAP: "demand"}
_QUARTILE = 0.6744897501960817  # of the standard normal distribution
_SKILLED = QUALIFICATION_PARTS["skilled"]


@dataclass(frozen=True)
class Judgement:
    """What a group says about one figure of skilled workers, cumulated since the base year until ``year``, persons.

    ``value`` is the median, ``low`` and ``high`` the quartiles, ``n`` the number of people. ``origin`` names the
    workshop, ``day`` its date (ISO), ``reasons`` what people wrote. Arrivals and entrants count as people who come.
    """

    indicator: str
    year: int
    value: float
    low: float
    high: float
    n: int
    origin: str
    day: str = ""
    reasons: tuple[str, ...] = ()

    def samples(self, draws: int, seed: int = 0) -> Array:
        """Draw the figure as the forecast counts it [draw]; row 0 is the median."""
        z = normals(f"judgement.{self.indicator}.{self.year}.{self.origin}", draws, 1, seed)[:, 0] / _QUARTILE
        told = self.value + np.where(z < 0, z * (self.value - self.low), z * (self.high - self.value))
        return np.asarray(-told if self.indicator in INFLOWS else told)

    def sentence(self) -> Text:
        """Say where the assumption comes from: "Einschätzung der Werkstatt … (n = 42, Median …, Quelle …)"."""

        def said(lang: str) -> tuple[str, str, str]:
            middle, low, high = (number(significant(v), lang) for v in (self.value, self.low, self.high))
            return middle, low, high

        de, en, day = said("de"), said("en"), _day(self.day)
        return Text(
            f"Einschätzung der Werkstatt (n = {self.n}, Median {de[0]}, die mittlere Hälfte sagt {de[1]} bis {de[2]}; "
            f"Quelle: {self.origin}{day.de})",
            f"Judgement of the workshop (n = {self.n}, median {en[0]}, the middle half says {en[1]} to {en[2]}; "
            f"source: {self.origin}{day.en})",
        )


def _day(iso: str) -> Text:
    day = _date(iso)
    return Text(f", {day.day}.{day.month}.{day.year}", f", {day.isoformat()}") if day else Text("", "")


def _date(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def faults(judgements: Sequence[Judgement]) -> list[Fault]:
    """Return everything that speaks against a set of judgements."""
    found = [fault for one in judgements for fault in _faults(one)]
    names = [one.indicator for one in judgements]
    if len(set(names)) < len(names) or (GAP in names and len(names) > 1):
        found.append(Fault(
            Text("Die Einschätzungen widersprechen einander.", "The judgements contradict each other."),
            Text("Übernehmen Sie jede Zahl einmal: entweder die ganze Lücke oder ihre Teile.",
                 "Take every figure once: either the whole gap or its parts."), "judgements",
        ))  # fmt: skip
    return found


def _faults(one: Judgement) -> list[Fault]:
    where = f"judgements.{one.indicator}"
    found = []
    if one.indicator not in JUDGED or not BASE_YEAR < one.year <= HORIZON:
        found.append(Fault(
            Text("Diese Zahl lässt sich nicht einschätzen.", "This figure cannot be judged."),
            Text(f"Möglich sind: {', '.join(JUDGED)}, bis {HORIZON}.", f"Possible are: {', '.join(JUDGED)}, up to {HORIZON}."), where,
        ))  # fmt: skip
    if not (np.isfinite([one.low, one.value, one.high]).all() and one.low <= one.value <= one.high):
        found.append(Fault(
            Text("Median und Quartile sind nicht geordnet.", "Median and quartiles are not in order."),
            Text("Geben Sie unteres Quartil, Median und oberes Quartil an.", "Give lower quartile, median and upper quartile."), where,
        ))  # fmt: skip
    if one.n < LEAST or not one.origin.strip() or (one.day and _date(one.day) is None):
        found.append(Fault(
            Text("Der Einschätzung fehlt Quelle oder Tag, oder die Gruppe ist zu klein.", "The judgement lacks source or day, or the group is too small."),
            Text(f"Nennen Sie die Werkstatt, ihren Tag und mindestens {LEAST} Personen.", f"Name the workshop, its day and at least {LEAST} people."), where,
        ))  # fmt: skip
    return found


def shift(judgement: Judgement, base: RegionForecast, asked: Asked | None = None, seed: int = 0) -> Array:
    """Return by how much the judgement widens the gap of a part of the labour market [draw, year], persons."""
    whole = _whole(judgement, base, seed)
    if asked is None:
        return whole
    parts, chosen = QUALIFICATION_PARTS[asked.qualification], choose(asked.level, asked.occupation)
    if _CHANNELS[judgement.indicator] == "demand":
        part = base.select("demand", asked.qualification, asked.level, asked.occupation)
        return np.asarray(whole * part / base.select("demand"))
    weights = [_spread(m) @ m.stock_weight(parts, chosen) / _kept(m) for m in base.members]
    return np.asarray(whole * float(np.dot(_sizes(base), weights)))


@dataclass(frozen=True)
class Judged:
    """Judgements beside the forecast they were made on. Whatever else shifts the world, their difference stays."""

    judgements: tuple[Judgement, ...] = ()
    base: RegionForecast | None = None

    def shift(self, asked: Asked | None = None) -> Array | float:
        """Return by how much all of them widen the gap [draw, year]; 0 where there are none."""
        if self.base is None:
            return 0.0
        return sum((shift(one, self.base, asked) for one in self.judgements), 0.0)


def adjustments(judgement: Judgement, base: RegionForecast, seed: int = 0) -> dict[str, Adjustments]:
    """Return the same as Adjustments by AGS of the members, for a full forecast with the draws of ``base``.

    The gap is that of ``shift``, exactly. What is judged is booked under its own component, a judged gap as demand.
    """
    whole = _whole(judgement, base, seed)
    channel = _CHANNELS[judgement.indicator]
    if channel == "demand":
        factor = 1 + whole / base.select("demand")
        return {member.ags: Adjustments(demand=factor[:, None, None, :]) for member in base.members}
    flow = -np.diff(whole, axis=1, prepend=0.0)
    found = {}
    for member, size in zip(base.members, _sizes(base), strict=True):
        cells = (_spread(member) * size / _kept(member)).reshape(SIZES["o"], SIZES["l"])
        found[member.ags] = Adjustments(**{channel: flow[:, None, None, :] * cells[None, :, :, None]})
    return found


def _whole(judgement: Judgement, base: RegionForecast, seed: int) -> Array:
    path = base.select(judgement.indicator)
    at = int(np.searchsorted(base.years, judgement.year))
    way = np.clip((base.years - base.years[0]) / (judgement.year - base.years[0]), 0.0, 1.0)
    return np.asarray((judgement.samples(len(path), seed) - path[:, at])[:, None] * way)


def _sizes(base: RegionForecast) -> Array:
    size = np.array([float(member.workforce.sum()) for member in base.members])
    return np.asarray(size / size.sum())


def _spread(member: Member) -> Array:
    cells = member.workforce.sum(0)
    return np.asarray(cells / cells.sum())


def _kept(member: Member) -> float:
    """Share of skilled workers among people spread over the cells."""
    return float(_spread(member) @ member.stock_weight(_SKILLED, choose("all", "all")))
