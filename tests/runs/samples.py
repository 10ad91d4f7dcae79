"""A forecast written by hand: three draws of two occupations, so that every expected number can be checked on paper."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

YEARS = (2023, 2024, 2030)
#: component → cumulated contribution in 2030 on the central path and in draws one and two
PARTS = {
    "replacement": (1000.0, 1100.0, 900.0),
    "disability": (100.0, 110.0, 90.0),
    "deaths": (50.0, 50.0, 50.0),
    "structural_change": (200.0, 400.0, 0.0),
    "entrants": (-700.0, -690.0, -710.0),
    "migration": (-150.0, -100.0, -200.0),
    "participation": (-100.0, -90.0, -110.0),
    "commuting": (-50.0, -60.0, -40.0),
}
RESIDENCE = tuple(PARTS)[:-1]


@dataclass(frozen=True)
class HandForecast:
    """Occupation 81 at level fachkraft carries nine tenths of everything, occupation 43 at level experte the rest."""

    years: tuple[int, ...] = YEARS
    people: float = 400.0

    def select(
        self, indicator: str, qualification: str = "skilled", level: str = "all", occupation: str = "all"
    ) -> NDArray[np.float64]:
        weight = self._weight(level, occupation)
        if indicator in {"demand", "supply"}:
            return np.full((3, 3), self.people * weight)
        names = {"gap_cumulated": RESIDENCE, "gap_commuting_closed": tuple(PARTS)}.get(indicator, (indicator,))
        ends = np.sum([PARTS[name] for name in names], axis=0)
        return weight * np.outer(ends, (0.0, 0.5, 1.0))

    def estimated_share(self, qualification: str = "skilled", level: str = "all", occupation: str = "all") -> float:
        return 0.5 if occupation == "43" else 0.1

    @staticmethod
    def _weight(level: str, occupation: str) -> float:
        cells = {("fachkraft", "81"): 0.9, ("experte", "43"): 0.1}
        return sum(w for (lv, oc), w in cells.items() if level in {"all", lv} and occupation in {"all", oc})
