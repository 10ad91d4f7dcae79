"""The strength people decide on, and the range that is usual in a Kreis.

A strength counted in people (recruitments, participants, places) is usual for a Kreis of a certain size; its range grows with
that size, by ``Dose.at`` alone. A strength in percent is the same everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import floor, log10

from fachkraftwerk.core.text import Text, significant
from fachkraftwerk.model.measures import groups
from fachkraftwerk.model.measures.place import Place

#: How far a step may lie below an even number and still be taken for it.
_NEARLY = 1.05


@dataclass(frozen=True)
class Reference:
    """What the figures of a strength refer to: a Kreis where ``base`` (see ``groups.BASES``) counts ``size``."""

    base: str
    size: float
    note: Text

    @property
    def name(self) -> Text:
        """What the size counts, for readers."""
        return groups.named(self.base)


@dataclass(frozen=True)
class Dose:
    """Values for low, central and high, the limit of what can be asked for, the step of a slider and the unit.

    With ``reference`` the figures are those of a Kreis of that size; ``origin`` are these figures in a dose made to fit.
    """

    low: float
    central: float
    high: float
    limit: float
    step: float
    unit: Text
    reference: Reference | None = None
    origin: Dose | None = None

    @property
    def open(self) -> bool:
        """Tell whether the range depends on a Kreis that is not known yet."""
        return self.reference is not None and self.origin is None

    def usual(self, dose: float) -> bool:
        """Tell whether a strength lies in the range for which experience exists, both ends included."""
        return self.low - 1e-9 <= dose <= self.high + 1e-9

    def at(self, place: Place) -> Dose:
        """Return the strength as it is usual in a Kreis or zone, in whole and even numbers.

        The range is that of the reference times the ratio of the sizes in the base year. The limit never falls below that of
        the reference, so that what was once possible stays so.
        """
        if self.reference is None:
            return self
        plain = self.origin or self
        ratio = float(groups.size(self.reference.base, place)[0]) / self.reference.size
        step = _even(plain.step * ratio)
        low, central, high = (max(step, round(v * ratio / step) * step) for v in (plain.low, plain.central, plain.high))
        limit = max(plain.limit, significant(plain.limit * ratio))
        return replace(plain, low=low, central=central, high=high, limit=limit, step=step, origin=plain)


def _even(value: float) -> float:
    """Return the largest of 1, 2, 5, 10, 20 … that is not above ``value``; at least 1."""
    if value <= 1:
        return 1.0
    power = 10.0 ** floor(log10(value * _NEARLY))
    return max(one * power for one in (1, 2, 5) if one * power <= value * _NEARLY)
