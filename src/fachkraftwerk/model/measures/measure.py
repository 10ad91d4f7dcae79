"""A measure as people plan it: a kind with a strength, a time path and a price."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.text import Text
from fachkraftwerk.model.measures.kind import Assumption, Kind, Parameter, judged, weakest
from fachkraftwerk.model.measures.place import Array
from fachkraftwerk.model.measures.registry import kind as known
from fachkraftwerk.model.measures.timing import Timing

#: First and last year in which a measure may begin.
BEGIN = (2024, 2040)


@dataclass(frozen=True)
class Measure:
    """One planned measure. ``reason`` is needed where the dose leaves the range for which experience exists.

    ``euro`` and ``days`` a year replace the kind's own cost. ``excludes`` names a group of which one may be chosen,
    ``requires`` the ids that must be chosen too. ``occupations`` narrows the cells the measure reaches. ``assumptions``
    are own ranges for effect sizes of the kind.
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
    capacity: float | None = None
    assumptions: tuple[Assumption, ...] = ()

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The effect sizes, own ranges included."""
        return self.kind.believing(self.assumptions)

    @property
    def grade(self) -> str:
        """The weakest grade of evidence the measure rests on."""
        return weakest(self.parameters)

    @property
    def judged(self) -> float:
        """Share of the open range that comes from judgement, 0 to 1."""
        return judged(self.parameters)

    @property
    def euro_year(self) -> float:
        """Cost in euros for each year it runs."""
        cost = self.kind.cost
        return self.euro if self.euro is not None else cost.euro_fixed + cost.euro_unit * self.dose

    @property
    def days_year(self) -> float:
        """Person-days for each year it runs."""
        cost = self.kind.cost
        return self.days if self.days is not None else cost.days_fixed + cost.days_unit * self.dose

    def euro_until(self, years: NDArray[np.int64], last: int) -> float:
        """Return the euros spent up to and including year ``last``."""
        return float(self.euro_year * (self.timing.running(years) & (years <= last)).sum())

    def days_until(self, years: NDArray[np.int64], last: int) -> float:
        """Return the person-days spent up to and including year ``last``."""
        return float(self.days_year * (self.timing.running(years) & (years <= last)).sum())

    def with_dose(self, dose: float) -> Measure:
        """Return the same measure at another strength."""
        return replace(self, dose=dose)

    def starting(self, year: int) -> Measure:
        """Return the same measure with another first year."""
        return replace(self, timing=replace(self.timing, start=year))

    def path(self, years: NDArray[np.int64]) -> Array:
        """Return the share of full effect by year."""
        return self.timing.path(years)


def plan(
    key: str, strength: str | float = "central", ident: str = "", start: int | None = None, reason: str = "",
    euro: float | None = None, days: float | None = None, check: bool = True, **more: object,
) -> Measure:  # fmt: skip
    """Plan a measure of kind ``key``. Raises Refusal for every fault at once (see ``faults``)."""
    lever = known(key)
    defaults = lever.timing
    times = {name: int(more.pop(name, defaults[name]) or 0) for name in ("ramp", "duration", "fade")}  # type: ignore[call-overload]
    timing = Timing(start=defaults["start"] if start is None else start, **times)
    made = Measure(ident or key, lever, lever.strength(strength), timing, reason, euro, days, **more)  # type: ignore[arg-type]
    found = faults(made) if check else []
    if found:
        raise Refusal(found)
    return made


def faults(measure: Measure) -> list[Fault]:
    """Return what is wrong with a measure: dose without reason, impossible times, negative costs."""
    found = []
    timing = measure.timing
    if not measure.kind.usual(measure.dose) and not measure.reason.strip():
        found.append(_unusual(measure))
    if not BEGIN[0] <= timing.start <= BEGIN[1] or timing.ramp < 1 or timing.duration < 1 or timing.fade < 0:
        found.append(_time(measure))
    found += _assumption_faults(measure)
    for amount in (measure.euro, measure.days):
        if amount is not None and not (np.isfinite(amount) and amount >= 0):
            found.append(_cost(measure, amount))
    return found


def _assumption_faults(measure: Measure) -> list[Fault]:
    """Own ranges must be ordered and finite; beyond the evidence they need a reason."""
    known = {p.key: p for p in measure.kind.parameters}
    found = []
    for key, low, central, high in measure.assumptions:
        where = f"{measure.id}.{key}"
        if key not in known or not (np.isfinite([low, central, high]).all() and 0 <= low <= central <= high):
            found.append(Fault(
                Text("Diese Annahme gibt es nicht oder ihre Spanne ist nicht geordnet.", "There is no such assumption or its range is not in order."),
                Text("Geben Sie niedrig, mittel und hoch in dieser Reihenfolge an, null oder mehr.", "Give low, central and high in this order, zero or more."),
                where,
            ))  # fmt: skip
        elif (low < known[key].low or high > known[key].high) and not measure.reason.strip():
            found.append(Fault(
                Text("Diese Spanne liegt außerhalb des Belegs.", "This range lies outside the evidence."),
                Text("Nennen Sie einen Grund.", "Give a reason."), where,
            ))  # fmt: skip
    return found


def _unusual(measure: Measure) -> Fault:
    dose, high = f"{measure.dose:g}", f"{measure.kind.dose.high:g}"
    unit = measure.kind.dose.unit
    return Fault(
        Text(f"Die Stärke {dose} ({unit.de}) liegt über der Erfahrung (bis {high}).",
             f"The strength {dose} ({unit.en}) is beyond experience (up to {high})."),
        Text("Nennen Sie einen Grund oder wählen Sie weniger.", "Give a reason or choose less."),
        measure.id,
    )  # fmt: skip


def _time(measure: Measure) -> Fault:
    return Fault(
        Text("Beginn, Anlauf, Dauer oder Auslauf sind nicht möglich.", "Start, ramp-up, duration or fade-out are not possible."),
        Text(f"Beginn {BEGIN[0]} bis {BEGIN[1]}; Anlauf und Dauer mindestens ein Jahr; Auslauf null oder mehr.",
             f"Start {BEGIN[0]} to {BEGIN[1]}; ramp-up and duration at least one year; fade-out zero or more."),
        measure.id,
    )  # fmt: skip


def _cost(measure: Measure, amount: float) -> Fault:
    return Fault(
        Text(f"Kosten von {amount:g} sind nicht möglich.", f"A cost of {amount:g} is not possible."),
        Text("Geben Sie null oder einen positiven Betrag an.", "Give zero or a positive amount."),
        measure.id,
    )  # fmt: skip
