"""The forecast of a Kreis or zone: the sum of its Kreise, draw by draw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import LEVELS, OCCUPATIONS, QUALIFICATION_PARTS
from fachkraftwerk.model.supply.flows import FLOWS
from fachkraftwerk.runs.member import OCCUPATION_OF, Member

Array = NDArray[np.float64]
#: Components that add up to ``gap_cumulated``.
COMPONENTS = ("replacement", "disability", "deaths", "structural_change", "entrants", "migration", "participation")
_LEVEL = np.tile(np.arange(len(LEVELS)), len(OCCUPATIONS))


@dataclass(frozen=True)
class RegionForecast:
    """Forecast of a Kreis or zone; row 0 of every answer is the central path."""

    region: str
    years: NDArray[np.int64]
    draws: int
    members: tuple[Member, ...]

    def select(
        self, indicator: str, qualification: str = "skilled", level: str = "all", occupation: str = "all"
    ) -> Array:
        """Return a figure in every draw and year [n, year], persons.

        Cumulated since the base year, positive widens the gap; ``demand`` and ``supply`` are stocks; ``gap_balance``
        is the change within the year. Sums over occupations, levels and qualifications are exact. Raises KeyError for
        an unknown name.
        """
        parts = QUALIFICATION_PARTS[qualification]
        chosen = choose(level, occupation)
        return np.asarray(sum(_figure(member, indicator, parts, chosen) for member in self.members))

    def rows(self, some: slice) -> RegionForecast:
        """Return the same region in some draws."""
        count = len(range(self.draws)[some])
        return RegionForecast(self.region, self.years, count, tuple(member.rows(some) for member in self.members))

    def estimated_share(self, qualification: str = "skilled", level: str = "all", occupation: str = "all") -> float:
        """Return the share of the employed behind a figure whose cells the publisher suppressed (0…1)."""
        parts, chosen = QUALIFICATION_PARTS[qualification], choose(level, occupation)
        weights = [member.workforce.sum(0) * member.stock_weight(parts, chosen) for member in self.members]
        filled = sum(float(weight @ member.filled) for weight, member in zip(weights, self.members, strict=True))
        return filled / max(sum(float(weight.sum()) for weight in weights), 1e-9)


def choose(level: str, occupation: str) -> Array:
    """Return 1 for cells asked for and 0 for the others [c]. Raises KeyError for an unknown name."""
    rows = np.ones(len(OCCUPATION_OF))
    if occupation != "all":
        rows *= _position(OCCUPATIONS, occupation) == OCCUPATION_OF
    if level != "all":
        rows *= _position(LEVELS, level) == _LEVEL
    return rows


def _position(words: Iterable[str], key: str) -> int:
    keys = list(words)
    if key not in keys:
        raise KeyError(key)
    return keys.index(key)


def _figure(member: Member, indicator: str, parts: Sequence[str], chosen: Array) -> Array:
    if indicator in FLOWS:
        return -member.flow(indicator, parts, chosen)
    demand = member.demand(parts, chosen)
    change = demand - demand[:, :1]
    if indicator == "demand":
        return demand
    if indicator == "structural_change":
        return change
    if indicator == "gap_cumulated":
        return np.asarray(change - sum(member.flow(name, parts, chosen) for name in FLOWS))
    here = member.brought_here(parts, chosen)
    if indicator == "supply":
        return member.base_supply(parts, chosen) + here
    if indicator == "gap_commuting_closed":
        return change - here
    if indicator == "gap_balance":
        return np.diff(change - here, axis=1, prepend=0.0)
    if indicator == "commuting":
        return np.asarray(sum(member.flow(name, parts, chosen) for name in FLOWS) - here)
    raise KeyError(indicator)
