"""What a measure may know of a Kreis: numbers read from its data, on the central path."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_COUNTS = (
    "people", "force", "workforce", "young", "residents", "retiring", "disability", "arrivals", "unemployed", "students",
    "surplus", "youngest", "aged",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """One Kreis or zone (s = sex m, f; a = age 0…75; y = years 2023…2040; o = occupation; l = level).

    people[s,a,y]      residents at the end of the year
    force[s,a,y]       of these in the labour force
    workforce[o,l]     employees at the workplaces here, base year
    young[o,l]         of these aged 25–34
    residents[o,l]     labour force living here
    retiring[a,y]      labour force that retires, by age
    disability[y]      labour force aged 54 and over that enters Erwerbsminderung
    arrivals[y]        net arrivals from abroad aged 20–44
    moving[s,a]        migration profile by age, adds up to one
    unemployed         unemployed residents
    students           foreign students at universities here
    commuters[work]    residents who work in other Kreise, by AGS
    surplus[y]         academics here beyond demand, cumulated; 0 where they are short
    youngest[o,l]      employees at the workplaces here aged 15–24; none given: as ``young``
    aged[g,o,l]        labour force living here by age group 15–24, 25–34, 35–44, 45–54, 55 and over; none given: all alike
    """

    years: NDArray[np.int64]
    people: Array
    force: Array
    workforce: Array
    young: Array
    residents: Array
    retiring: Array
    disability: Array
    arrivals: Array
    moving: Array
    unemployed: float
    students: float
    surplus: Array
    commuters: dict[str, float] = field(default_factory=dict)
    youngest: Array | None = None
    aged: Array | None = None

    def scaled(self, part: float) -> Place:
        """Return the place as far as ``part`` of its people go: every count times that share."""
        if part == 1.0:
            return self
        known = [name for name in _COUNTS if getattr(self, name) is not None]
        counts: dict[str, Any] = {name: getattr(self, name) * part for name in known}
        return replace(self, **counts, commuters={ags: n * part for ags, n in self.commuters.items()})

    @property
    def under_25(self) -> Array:
        """Employees at the workplaces here aged 15–24 [o,l]."""
        return self.young if self.youngest is None else self.youngest

    def at_ages(self, first: int, last: int, sex: int | None = None) -> Array:
        """Return residents aged ``first``…``last`` by year."""
        return self._sum(self.people, first, last, sex)

    def working(self, first: int, last: int, sex: int | None = None) -> Array:
        """Return the labour force aged ``first``…``last`` by year."""
        return self._sum(self.force, first, last, sex)

    @staticmethod
    def _sum(table: Array, first: int, last: int, sex: int | None) -> Array:
        part = table[:, first : last + 1] if sex is None else table[sex : sex + 1, first : last + 1]
        return np.asarray(part.sum((0, 1)))
