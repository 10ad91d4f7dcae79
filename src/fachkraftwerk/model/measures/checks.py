"""What can be wrong with a planned measure: every fault at once, each with its remedy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from fachkraftwerk.core.classifications import OCCUPATIONS
from fachkraftwerk.core.errors import Fault
from fachkraftwerk.core.text import Text, number
from fachkraftwerk.model.measures.reach import touched

if TYPE_CHECKING:
    from fachkraftwerk.model.measures.measure import Measure

#: First and last year in which a measure may begin, and the longest times.
BEGIN = (2024, 2040)
LONGEST = {"ramp": 20, "duration": 40, "fade": 20}


def faults(measure: Measure, saved: bool = False) -> list[Fault]:
    """Return what is wrong: dose without reason, impossible times, costs, capacity, occupations, own ranges.

    ``saved``: it was planned and asked for reasons before; a strength usual in the Kreis the lever refers to is not asked again.
    """
    dose = _limit if saved and _known(measure) else _dose
    checks = (dose, _times, _assumptions, _amounts, _occupations, _levels, _needs)
    return [fault for check in checks for fault in check(measure)]


def _known(measure: Measure) -> bool:
    dose = measure.kind.dose
    return dose.open or (dose.origin is not None and dose.origin.usual(measure.dose))


def _limit(measure: Measure) -> Iterator[Fault]:
    if not measure.kind.dose.open and measure.dose > measure.kind.dose.limit:
        yield measure.kind.impossible(measure.dose)


def _dose(measure: Measure) -> Iterator[Fault]:
    yield from _limit(measure)
    if not measure.kind.usual(measure.dose) and not measure.reason.strip():
        yield Fault(outside(measure), _reason(measure), measure.id)


def outside(measure: Measure) -> Text:
    """Say that a strength lies outside the range for which experience exists, and what that range is."""
    (de, en), unit, (low, high) = _both(measure.dose), measure.kind.dose.unit, _range(measure)
    if measure.dose == 0:
        return Text(f"Die Stärke 0 heißt: Die Maßnahme findet nicht statt (Erfahrung gibt es für {low.de} bis {high.de} {unit.de}).",
                    f"The strength 0 means: the measure does not take place (there is experience for {low.en} to {high.en} {unit.en}).")  # fmt: skip
    return Text(f"Die Stärke {de} ({unit.de}) liegt außerhalb der Erfahrung ({low.de} bis {high.de}).",
                f"The strength {en} ({unit.en}) is outside experience ({low.en} to {high.en}).")  # fmt: skip


def _reason(measure: Measure) -> Text:
    low, high = _range(measure)
    if measure.dose == 0:
        return Text(f"Nehmen Sie die Maßnahme heraus, wählen Sie mindestens {low.de} oder nennen Sie einen Grund.",
                    f"Remove the measure, choose at least {low.en} or give a reason.")  # fmt: skip
    return Text(f"Nennen Sie einen Grund oder wählen Sie {low.de} bis {high.de}.",
                f"Give a reason or choose {low.en} to {high.en}.")  # fmt: skip


def _range(measure: Measure) -> tuple[Text, Text]:
    dose = measure.kind.dose
    return Text(*_both(dose.low)), Text(*_both(dose.high))


def _times(measure: Measure) -> Iterator[Fault]:
    timing = measure.timing
    least = {"ramp": 1, "duration": 1, "fade": 0}
    possible = all(least[name] <= getattr(timing, name) <= most for name, most in LONGEST.items())
    if not possible or not BEGIN[0] <= timing.start <= BEGIN[1]:
        ramp, duration, fade = LONGEST.values()
        yield Fault(
            Text("Beginn, Anlauf, Dauer oder Auslauf sind nicht möglich.", "Start, ramp-up, duration or fade-out are not possible."),
            Text(f"Beginn {BEGIN[0]} bis {BEGIN[1]}; Anlauf 1 bis {ramp} Jahre, Dauer 1 bis {duration}, Auslauf 0 bis {fade}.",
                 f"Start {BEGIN[0]} to {BEGIN[1]}; ramp-up 1 to {ramp} years, duration 1 to {duration}, fade-out 0 to {fade}."),
            measure.id,
        )  # fmt: skip


def _assumptions(measure: Measure) -> Iterator[Fault]:
    """Own ranges must be ordered and finite; beyond the evidence they need a reason."""
    known = {p.key: p for p in measure.kind.parameters}
    for key, low, central, high in measure.assumptions:
        where = f"{measure.id}.{key}"
        if key not in known or not (np.isfinite([low, central, high]).all() and 0 <= low <= central <= high):
            yield Fault(
                Text("Diese Annahme gibt es nicht oder ihre Spanne ist nicht geordnet.", "There is no such assumption or its range is not in order."),
                Text("Geben Sie niedrig, mittel und hoch in dieser Reihenfolge an, null oder mehr.", "Give low, central and high in this order, zero or more."),
                where,
            )  # fmt: skip
        elif (low < known[key].low or high > known[key].high) and not measure.reason.strip():
            yield Fault(
                Text("Diese Spanne liegt außerhalb des Belegs.", "This range lies outside the evidence."),
                Text("Nennen Sie einen Grund.", "Give a reason."), where,
            )  # fmt: skip


def _amounts(measure: Measure) -> Iterator[Fault]:
    names = (
        (Text("Kosten", "Cost"), measure.euro), (Text("Personaltage", "Person-days"), measure.days),
        (Text("Kapazität", "Capacity"), measure.capacity),
    )  # fmt: skip
    for name, amount in names:
        if amount is not None and not (np.isfinite(amount) and amount >= 0):
            yield Fault(
                Text(f"{name.de}: {amount:g} ist nicht möglich.", f"{name.en}: {amount:g} is not possible."),
                Text("Geben Sie null oder mehr an.", "Give zero or more."), measure.id,
            )  # fmt: skip


def _occupations(measure: Measure) -> Iterator[Fault]:
    unknown = [key for key in measure.occupations if key not in OCCUPATIONS]
    if unknown:
        listed = ", ".join(unknown)
        yield Fault(
            Text(f"Diese Berufe gibt es nicht: {listed}.", f"There are no such occupations: {listed}."),
            Text("Wählen Sie aus den Berufshauptgruppen der KldB 2010, zum Beispiel 81.",
                 "Choose from the main groups of KldB 2010, for example 81."), measure.id,
        )  # fmt: skip


def _levels(measure: Measure) -> Iterator[Fault]:
    known = touched(measure.kind)
    strange = [key for key in measure.levels if key not in known]
    if strange:
        listed, possible = ", ".join(strange), ", ".join(known)
        yield Fault(
            Text(f"Diese Anforderungsniveaus erreicht die Maßnahme nicht: {listed}.", f"The measure does not reach these requirement levels: {listed}."),
            Text(f"Möglich sind: {possible}.", f"Possible are: {possible}."), measure.id,
        )  # fmt: skip


def _needs(measure: Measure) -> Iterator[Fault]:
    if measure.id in measure.requires:
        yield Fault(
            Text("Eine Maßnahme kann nicht ihre eigene Voraussetzung sein.", "A measure cannot be its own prerequisite."),
            Text("Streichen Sie die Voraussetzung.", "Drop the prerequisite."), measure.id,
        )  # fmt: skip


def _both(value: float) -> tuple[str, str]:
    decimals = next((n for n in (0, 1, 2) if round(value, n) == value), 3)
    return number(value, "de", decimals), number(value, "en", decimals)
