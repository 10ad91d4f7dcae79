"""A measure as people plan it: a kind with a strength, a time path and a price."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.model.measures import reach
from fachkraftwerk.model.measures.checks import faults
from fachkraftwerk.model.measures.evidence import Evidence, Parameter
from fachkraftwerk.model.measures.kind import Assumption, Kind
from fachkraftwerk.model.measures.place import Array, Place
from fachkraftwerk.model.measures.registry import kind as known
from fachkraftwerk.model.measures.timing import Timing


@dataclass(frozen=True)
class Measure(Evidence):
    """One planned measure. ``reason`` is needed where the dose leaves the range for which experience exists.

    ``euro`` and ``days`` a year replace the kind's own cost. ``excludes`` names a group of which one may be chosen,
    ``requires`` the ids that must be chosen too. ``occupations`` and ``levels`` narrow whom the measure reaches or where
    people go (see ``reach``). ``assumptions`` are own ranges for effect sizes of the kind.
    """

    id: str
    kind: Kind
    dose: float
    timing: Timing
    reason: str = ""
    euro: float | None = None
    days: float | None = None
    title: str = ""
    record: str = ""
    excludes: str = ""
    requires: tuple[str, ...] = ()
    occupations: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    capacity: float | None = None
    assumptions: tuple[Assumption, ...] = ()

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The effect sizes, own ranges included."""
        return self.kind.believing(self.assumptions)

    def euro_years(self, place: Place) -> Array:
        """Cost in euros by year, while it runs; a strength of zero costs nothing."""
        cost = self.kind.cost
        return self._yearly(place, self.euro, cost.euro_fixed, cost.euro_unit)

    def days_years(self, place: Place) -> Array:
        """Person-days by year, while it runs."""
        cost = self.kind.cost
        return self._yearly(place, self.days, cost.days_fixed, cost.days_unit)

    def _yearly(self, place: Place, own: float | None, fixed: float, unit: float) -> Array:
        units = self.kind.cost.units(reach.near(place, self), self.dose)
        estimated = fixed + unit * units if self.dose > 0 else np.zeros(len(place.years))
        return np.asarray((estimated if own is None else own) * self.timing.running(place.years))

    def euro_until(self, place: Place, last: int) -> float:
        """Return the euros spent up to and including year ``last``."""
        return float(self.euro_years(place)[place.years <= last].sum())

    def euros_until(self, place: Place, last: int, draws: int, seed: int = 0) -> Array:
        """Return those euros in every draw [draw]; an amount somebody entered is certain."""
        spent = self.euro_until(place, last)
        return np.full(draws, spent) if self.euro is not None else spent * self.kind.cost_factor(draws, seed)

    def days_until(self, place: Place, last: int) -> float:
        """Return the person-days spent up to and including year ``last``."""
        return float(self.days_years(place)[place.years <= last].sum())

    def with_dose(self, dose: float) -> Measure:
        """Return the same measure at another strength."""
        return replace(self, dose=dose)

    def at(self, place: Place) -> Measure:
        """Return the same measure with the strengths that are usual in a Kreis or zone beside its own."""
        return replace(self, kind=self.kind.at(place))

    def starting(self, year: int) -> Measure:
        """Return the same measure with another first year."""
        return replace(self, timing=replace(self.timing, start=year))

    def path(self, years: NDArray[np.int64]) -> Array:
        """Return the share of full effect by year."""
        return self.timing.path(years)


def plan(
    key: str, strength: str | float = "central", ident: str = "", start: int | None = None, reason: str = "",
    euro: float | None = None, days: float | None = None, check: bool = True, place: Place | None = None, **more: object,
) -> Measure:  # fmt: skip
    """Plan a measure of kind ``key``, in ``place`` or as in the Kreis the lever refers to.

    Raises Refusal for every fault at once (see ``faults``).
    """
    lever = known(key) if place is None else known(key).at(place)
    defaults = lever.timing
    times = {name: int(more.pop(name, defaults[name]) or 0) for name in ("ramp", "duration", "fade")}  # type: ignore[call-overload]
    timing = Timing(start=defaults["start"] if start is None else start, **times)
    made = Measure(ident or key, lever, lever.strength(strength), timing, reason, euro, days, **more)  # type: ignore[arg-type]
    found = faults(made) if check else []
    if found:
        raise Refusal(found)
    return made


__all__ = ["Measure", "faults", "plan"]
