"""Typed ballots: what one person handed in, exact integers only.

Three kinds share one shape (``voter``, ``bench``, ``weights()``):

* ``Approval``  A_i, a set of measures;                      w_ip = 1
* ``Dots``      k dots spread over measures, sum_p w_ip <= k;  w_ip = dots
* ``Ranking``   an order, best first, at most L places;        w_ip = L - place (Borda, place counted from 0)

``voter`` is the pseudonym of the workshop, ``bench`` the bench the person sits on ("" = not stated).
Reference: D. Stolicki, S. Szufa, N. Talmon, "Pabulib: A Participatory Budgeting Library" (2020), ballot types.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.text import Text


@dataclass(frozen=True)
class Measure:
    """Something to choose. ``cost`` in one unit for all (person-days, EUR), greater than zero."""

    id: str
    cost: Fraction = Fraction(1)
    name: str = ""


@dataclass(frozen=True)
class Approval:
    """A set of measures the person is for; also the ballot of a personal budget."""

    voter: str
    chosen: frozenset[str]
    bench: str = ""

    def weights(self) -> dict[str, int]:
        """Return 1 for each chosen measure."""
        return dict.fromkeys(self.chosen, 1)


@dataclass(frozen=True)
class Dots:
    """Dots per measure; measures with 0 dots count as not chosen."""

    voter: str
    dots: Mapping[str, int]
    bench: str = ""

    def weights(self) -> dict[str, int]:
        """Return the dots of each measure that got at least one."""
        return {measure: dots for measure, dots in self.dots.items() if dots > 0}


@dataclass(frozen=True)
class Ranking:
    """An order, best first. ``places`` is the number of places that could be filled (0 = as many as filled)."""

    voter: str
    order: tuple[str, ...]
    bench: str = ""
    places: int = 0

    def weights(self) -> dict[str, int]:
        """Return Borda points: the first of L places gets L, the last 1."""
        places = max(self.places, len(self.order))
        return {measure: places - place for place, measure in enumerate(self.order)}


Ballot = Approval | Dots | Ranking


@dataclass(frozen=True)
class Limits:
    """What a ballot may hold; ``None`` = no limit. ``budget`` bounds the cost of everything chosen."""

    dots: int | None = None
    cap: int | None = None
    choices: int | None = None
    budget: Fraction | None = None


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key that puts M9 before M10; the last resort of every tie-break, equal on every machine."""
    parts = re.findall(r"[0-9]+|[^0-9]+", name)
    return (*((0, int(part), part) if part.isdecimal() else (1, 0, part) for part in parts), (2, 0, name))


def supporters(ballots: Iterable[Ballot]) -> dict[str, dict[str, int]]:
    """Return measure -> voter -> weight, from positive weights only."""
    table: dict[str, dict[str, int]] = {}
    for ballot in ballots:
        for measure, weight in ballot.weights().items():
            table.setdefault(measure, {})[ballot.voter] = weight
    return table


def check(ballots: Sequence[Ballot], measures: Sequence[Measure], limits: Limits | None = None) -> None:
    """Raise one ``Refusal`` with every fault: doubled ids, unknown measures, broken limits, costs not above zero."""
    costs = {measure.id: measure.cost for measure in measures}
    faults = [_fault_cost(measure) for measure in measures if measure.cost <= 0]
    faults += [_fault_double(name) for name, count in Counter(m.id for m in measures).items() if count > 1]
    faults += [_fault_double(name) for name, count in Counter(b.voter for b in ballots).items() if count > 1]
    for ballot in ballots:
        faults += _ballot_faults(ballot, costs, limits or Limits())
    if faults:
        raise Refusal(faults)


def _ballot_faults(ballot: Ballot, costs: Mapping[str, Fraction], limits: Limits) -> list[Fault]:
    weights = ballot.weights()
    unknown = sorted(set(weights) - set(costs), key=natural)
    faults = [_fault_unknown(ballot.voter, measure) for measure in unknown]
    if isinstance(ballot, Ranking) and len(set(ballot.order)) < len(ballot.order):
        faults.append(_fault_limit(ballot.voter, "Eine Maßnahme steht zweimal.", "A measure is listed twice."))
    if isinstance(ballot, Dots):
        faults += _dot_faults(ballot, limits)
    if limits.choices is not None and len(weights) > limits.choices:
        faults.append(
            _fault_limit(ballot.voter, f"Mehr als {limits.choices} gewählt.", f"Over {limits.choices} chosen.")
        )
    spent = sum((costs.get(measure, Fraction(0)) for measure in weights), Fraction(0))
    if limits.budget is not None and spent > limits.budget:
        faults.append(_fault_limit(ballot.voter, f"Budget {limits.budget} überschritten.", f"Over {limits.budget}."))
    return faults


def _dot_faults(ballot: Dots, limits: Limits) -> list[Fault]:
    faults = []
    if any(dots < 0 for dots in ballot.dots.values()):
        faults.append(_fault_limit(ballot.voter, "Punkte unter null.", "Dots below zero."))
    if limits.dots is not None and sum(ballot.dots.values()) > limits.dots:
        faults.append(_fault_limit(ballot.voter, f"Mehr als {limits.dots} Punkte.", f"More than {limits.dots} dots."))
    if limits.cap is not None and max(ballot.dots.values(), default=0) > limits.cap:
        faults.append(
            _fault_limit(
                ballot.voter, f"Mehr als {limits.cap} Punkte auf einer Maßnahme.", f"Over {limits.cap} on one."
            )
        )
    return faults


def _fault_cost(measure: Measure) -> Fault:
    what = Text("Der Aufwand muss größer als null sein.", "The cost must be greater than zero.")
    return Fault(what, Text("Tragen Sie einen Aufwand ein.", "Enter a cost."), measure.id)


def _fault_double(name: str) -> Fault:
    what = Text("Diese Kennung kommt mehrfach vor.", "This id occurs more than once.")
    return Fault(what, Text("Jede Kennung nur einmal verwenden.", "Use each id once."), name)


def _fault_unknown(voter: str, measure: str) -> Fault:
    what = Text(f"Unbekannte Maßnahme {measure}.", f"Unknown measure {measure}.")
    return Fault(what, Text("Nur Maßnahmen der Liste wählen.", "Choose measures of the list only."), voter)


def _fault_limit(voter: str, de: str, en: str) -> Fault:
    return Fault(Text(de, en), Text("Stimmzettel anpassen.", "Change the ballot."), voter)
