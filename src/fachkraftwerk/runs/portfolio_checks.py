"""What a portfolio may be asked: limits, and every fault in them at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fachkraftwerk.core.errors import Fault
from fachkraftwerk.core.text import Text, number
from fachkraftwerk.model.measures.measure import Measure, faults
from fachkraftwerk.runs import relations


@dataclass(frozen=True)
class Limits:
    """Euros in total until the year asked for, person-days per year, measures at the same time; None: no limit.

    ``risk`` minimises the mean of the worst fifth instead of the mean gap. ``vary`` lets strength and start be chosen;
    otherwise measures are taken or left as they are planned.
    """

    euro: float
    days: float | None = None
    capacity: int | None = None
    risk: bool = False
    vary: bool = True


def check(measures: Sequence[Measure], limits: Limits) -> list[Fault]:
    """Return every fault in measures and limits."""
    found = [fault for m in measures for fault in faults(m, saved=True)]
    found += _limits(limits) + relations.faults(measures)
    if not measures:
        found.append(
            _fault(
                "",
                "Es ist keine Maßnahme genannt.",
                "No measure is named.",
                "Nennen Sie mindestens eine.",
                "Name at least one.",
            )
        )
    return found


def _limits(limits: Limits) -> list[Fault]:
    named = (("budget", limits.euro), ("days", limits.days), ("capacity", limits.capacity))
    return [
        _fault(
            name, f"Eine Grenze von {value:g} ist nicht möglich.", f"A limit of {value:g} is not possible.",
            "Geben Sie null oder mehr an.", "Give zero or more.",
        )
        for name, value in named
        if value is not None and not (np.isfinite(value) and value >= 0)
    ]  # fmt: skip


def too_tight(euro: float, days: float, limits: Limits) -> list[Fault]:
    """Return a fault for every limit under which no measure at all fits; ``euro`` and ``days`` are what the least needs."""
    found = [too_dear(euro, limits.euro)] if euro > limits.euro else []
    if limits.days is not None and days > limits.days:
        de, en = ([number(value, lang) for value in (limits.days, days)] for lang in ("de", "en"))
        found.append(_fault(
            "days", f"{de[0]} Personaltage im Jahr reichen für keine Maßnahme; die sparsamste braucht {de[1]}.",
            f"{en[0]} person-days a year are enough for no measure; the most sparing needs {en[1]}.",
            "Erlauben Sie mehr Personaltage oder nennen Sie kleinere Maßnahmen.", "Allow more person-days or name smaller measures.",
        ))  # fmt: skip
    if limits.capacity is not None and limits.capacity < 1:
        found.append(_fault(
            "capacity", "Ohne eine einzige Maßnahme zugleich lässt sich nichts wählen.", "With no measure at a time nothing can be chosen.",
            "Erlauben Sie mindestens eine Maßnahme zugleich.", "Allow at least one measure at a time.",
        ))  # fmt: skip
    return found


def nothing() -> Fault:
    """Return the fault for measures of which no choice closes anything within the limits."""
    return _fault(
        "", "Innerhalb dieser Grenzen schließt keine Auswahl etwas von der Lücke.", "Within these limits no choice closes any of the gap.",
        "Erhöhen Sie Budget, Personaltage oder Zahl der Maßnahmen, oder nennen Sie andere Maßnahmen.",
        "Raise the budget, the person-days or the number of measures, or name other measures.",
    )  # fmt: skip


def too_dear(least: float, budget: float) -> Fault:
    """Return the fault for a budget that is enough for no measure at all."""
    de, en = ([number(value, lang) for value in (budget, least)] for lang in ("de", "en"))
    return _fault(
        "budget", f"Das Budget von {de[0]} Euro reicht für keine Maßnahme; die billigste kostet {de[1]} Euro.",
        f"The budget of {en[0]} euros is enough for no measure; the cheapest costs {en[1]} euros.",
        "Erhöhen Sie das Budget oder nennen Sie kleinere Maßnahmen.", "Raise the budget or name smaller measures.",
    )  # fmt: skip


def _fault(where: str, de: str, en: str, remedy_de: str, remedy_en: str) -> Fault:
    return Fault(Text(de, en), Text(remedy_de, remedy_en), where)
