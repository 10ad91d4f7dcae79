"""The forecast of many Kreise together: they pass by one at a time, and only their sums are kept.

A commuting zone of twenty Kreise or a whole Land would hold some five megabytes a Kreis; here it holds one Kreis at
a time. The first question costs one pass over the Kreise and answers all qualifications, later ones cost nothing.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import QUALIFICATION_GROUPS, QUALIFICATION_PARTS
from fachkraftwerk.model.supply.flows import FLOWS
from fachkraftwerk.runs.member import Member
from fachkraftwerk.runs.regionforecast import choose

Array = NDArray[np.float64]
#: Answers and tables of cells kept for one zone: about 0.3 MB each.
KEPT_ANSWERS, KEPT_TABLES = 100, 40
Question = tuple[str, str, str]  # qualification, level, occupation


@dataclass
class Sums:
    """Answers to one question over all Kreise: flows [flow, n, y], demand and people brought [n, y], base supply."""

    flows: Array
    demand: Array
    here: Array
    base: Array
    filled: float
    people: float

    def add(self, other: Sums) -> Sums:
        """Return the sums with another Kreis added."""
        return Sums(*(mine + more for mine, more in zip(vars(self).values(), vars(other).values(), strict=True)))

    def figure(self, indicator: str) -> Array:
        """Return one indicator [n, y]; the same identity as for one Kreis. Raises KeyError for an unknown one."""
        if indicator in FLOWS:
            return np.asarray(-self.flows[FLOWS.index(indicator)])
        change = self.demand - self.demand[:, :1]
        closed = change - self.here
        answers = {
            "demand": self.demand, "structural_change": change, "gap_cumulated": change - self.flows.sum(0),
            "supply": self.base + self.here, "gap_commuting_closed": closed,
            "commuting": self.flows.sum(0) - self.here,
        }  # fmt: skip
        if indicator == "gap_balance":
            return np.diff(closed, axis=1, prepend=0.0)
        return np.asarray(answers[indicator])


class ManyKreise:
    """Answers like ``RegionForecast``; ``member`` builds one Kreis, safe for several threads."""

    def __init__(
        self, region: str, years: NDArray[np.int64], draws: int, kreise: Sequence[int], member: Callable[[int], Member]
    ) -> None:
        self.region, self.years, self.draws = region, years, draws
        self._kreise, self._member = tuple(kreise), member
        self._sums: dict[Question, Sums] = {}
        self._cells: dict[tuple[str, str, int], Array] = {}
        self._shares: dict[str, Array] = {}
        self._lock = threading.Lock()

    def select(
        self, indicator: str, qualification: str = "skilled", level: str = "all", occupation: str = "all"
    ) -> Array:
        """Return a figure in every draw and year [n, year], persons. Raises KeyError for an unknown name."""
        return self._answer((qualification, level, occupation)).figure(indicator)

    def estimated_share(self, qualification: str = "skilled", level: str = "all", occupation: str = "all") -> float:
        """Return the share of the employed behind a figure whose cells the publisher suppressed (0…1)."""
        found = self._answer((qualification, level, occupation))
        return found.filled / max(found.people, 1e-9)

    def prepare(self, questions: Iterable[Question]) -> None:
        """Answer many questions (qualification, level, occupation) in one pass over the Kreise."""
        with self._lock:
            asked = [one for one in dict.fromkeys(questions) if one not in self._sums]
            if asked:
                self._pass(asked)

    def cell_samples(self, indicator: str, qualification: str, at: int) -> Array:
        """Return a figure for every cell in one year [draw, cell]; the demand of the base year comes along."""
        with self._lock:
            if (indicator, qualification, at) not in self._cells:
                self._pass_cells(dict.fromkeys([(indicator, at), ("demand", 0)]), qualification)
            return self._cells[indicator, qualification, at]

    def cell_estimates(self, qualification: str) -> Array:
        """Return the estimated share of the base workforce of every cell [cell]."""
        with self._lock:
            if qualification not in self._shares:
                self._pass_cells({("demand", 0): None}, qualification)
            return self._shares[qualification]

    def _answer(self, question: Question) -> Sums:
        with self._lock:
            if question not in self._sums:
                _, level, occupation = question
                self._pass([(group, level, occupation) for group in QUALIFICATION_GROUPS])
            return self._sums[question]

    def _pass(self, asked: Sequence[Question]) -> None:
        chosen = [(QUALIFICATION_PARTS[q], choose(level, occupation)) for q, level, occupation in asked]
        found: dict[Question, Sums] = {}

        def answers(kreis: int) -> list[Sums]:
            member = self._member(kreis)
            return [_of_member(member, parts, cells) for parts, cells in chosen]

        with ThreadPoolExecutor(max_workers=max(1, os.cpu_count() or 1)) as threads:
            for answered in threads.map(answers, self._kreise):
                for question, one in zip(asked, answered, strict=True):
                    found[question] = found[question].add(one) if question in found else one
        self._sums |= found
        _forget(self._sums, max(KEPT_ANSWERS, len(found)))

    def _pass_cells(self, wanted: dict[tuple[str, int], None], qualification: str) -> None:
        parts, every = QUALIFICATION_PARTS[qualification], choose("all", "all")
        sums: dict[tuple[str, int], Array] = {}
        people, filled = np.zeros(len(every)), np.zeros(len(every))
        for kreis in self._kreise:
            member = self._member(kreis)
            for indicator, at in wanted:
                one = member.cells(indicator, parts, [at])[:, 0]
                sums[indicator, at] = sums[indicator, at] + one if (indicator, at) in sums else one
            here = member.workforce.sum(0) * member.stock_weight(parts, every)
            people, filled = people + here, filled + here * member.filled
        self._cells |= {(indicator, qualification, at): table for (indicator, at), table in sums.items()}
        self._shares[qualification] = filled / np.maximum(people, 1e-9)
        _forget(self._cells, KEPT_TABLES)


def _forget(answers: dict[Any, Any], most: int) -> None:
    """Drop the oldest answers beyond ``most``."""
    for old in list(answers)[: max(0, len(answers) - most)]:
        del answers[old]


def _of_member(member: Member, parts: Sequence[str], chosen: Array) -> Sums:
    people = member.workforce.sum(0) * member.stock_weight(parts, chosen)
    return Sums(
        np.stack([member.flow(name, parts, chosen) for name in FLOWS]), member.demand(parts, chosen),
        member.brought_here(parts, chosen), member.base_supply(parts, chosen), float(people @ member.filled),
        float(people.sum()),
    )  # fmt: skip
