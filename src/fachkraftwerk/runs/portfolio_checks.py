"""What a portfolio may be asked: limits, and every fault in them at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fachkraftwerk.core.errors import Fault
from fachkraftwerk.core.text import Text, number
from fachkraftwerk.model.measures.measure import Measure, faults


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
    found = [fault for m in measures for fault in faults(m)]
    found += _limits(limits) + _twice(measures) + _prerequisites(measures)
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


def _twice(measures: Sequence[Measure]) -> list[Fault]:
    ids = [m.id for m in measures]
    return [
        _fault(
            one, f"„{one}“ kommt zweimal vor.", f'"{one}" occurs twice.',
            "Geben Sie jeder Maßnahme ein eigenes Kennzeichen.", "Give every measure an id of its own.",
        )
        for one in dict.fromkeys(ids)
        if ids.count(one) > 1
    ]  # fmt: skip


def _prerequisites(measures: Sequence[Measure]) -> list[Fault]:
    known = {m.id: m for m in measures}
    found = [
        _fault(
            m.id, f"Die Voraussetzung „{need}“ fehlt in der Liste.", f'The prerequisite "{need}" is not in the list.',
            "Nehmen Sie sie auf oder streichen Sie die Voraussetzung.", "Add it or drop the prerequisite.",
        )
        for m in measures
        for need in m.requires
        if need not in known
    ]  # fmt: skip
    ring = cycle(measures)
    if ring:
        way = " → ".join(ring)
        found.append(_fault(
            ring[0], f"Voraussetzungen im Kreis: {way}.", f"Prerequisites in a circle: {way}.",
            "Streichen Sie eine von ihnen.", "Drop one of them.",
        ))  # fmt: skip
    return found


def cycle(measures: Sequence[Measure]) -> list[str]:
    """Return the ids of a ring of prerequisites, first one repeated; empty where there is none."""
    needs = {m.id: m.requires for m in measures}
    done: set[str] = set()

    def walk(one: str, way: list[str]) -> list[str]:
        if one in way:
            return [*way[way.index(one) :], one]
        if one in done:
            return []
        for need in needs.get(one, ()):
            if ring := walk(need, [*way, one]):
                return ring
        done.add(one)
        return []

    for ident in needs:
        if ring := walk(ident, []):
            return ring
    return []


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
