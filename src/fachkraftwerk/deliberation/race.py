"""One exact run of Equal Shares: who can pay for what, and at which price per unit of satisfaction.

Money is counted in whole ``unit``s over a growing common denominator ``scale``: integers only, because a ``Fraction``
per person and step is many times slower. References: see ``equal_shares``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fachkraftwerk.deliberation.ballots import Ballot, Measure, natural, supporters
from fachkraftwerk.deliberation.outcome import Purchase, Satisfaction


@dataclass(frozen=True)
class Entry:
    """A measure in the race. Cost in whole ``unit``s; ``factor`` = the part of u_i(p) equal for all supporters."""

    id: str
    cost: int
    factor: int
    weights: tuple[tuple[int, int], ...]
    total: int
    multiple: int
    tie: tuple[object, ...]


@dataclass(frozen=True)
class Bought:
    """A purchase in whole numbers: ``paid`` = (voter index, money in unit / ``scale``)."""

    measure: str
    rho: Fraction
    paid: list[tuple[int, int]]
    scale: int


@dataclass(frozen=True)
class Race:
    """Everything a run needs; ``voters`` in natural order, ``entries`` only measures with supporters."""

    measures: tuple[Measure, ...]
    voters: tuple[str, ...]
    entries: tuple[Entry, ...]
    support: Mapping[str, Mapping[str, int]]
    budget: Fraction
    unit: Fraction


def race_of(
    measures: Sequence[Measure], ballots: Sequence[Ballot], budget: Fraction, satisfaction: Satisfaction, step: Fraction
) -> Race:
    """Count all money in the smallest unit that divides shares, steps and costs."""
    voters = tuple(sorted((ballot.voter for ballot in ballots), key=natural))
    place = {voter: i for i, voter in enumerate(voters)}
    support = supporters(ballots)
    start = budget / max(len(voters), 1)
    unit = Fraction(1, math.lcm(start.denominator, step.denominator, *(m.cost.denominator for m in measures)))
    entries = (_entry(m, support[m.id], place, satisfaction, unit) for m in measures if support.get(m.id))
    return Race(tuple(measures), voters, tuple(entries), support, budget, unit)


def _entry(
    measure: Measure, votes: Mapping[str, int], place: Mapping[str, int], satisfaction: Satisfaction, unit: Fraction
) -> Entry:
    cost = int(measure.cost / unit)
    points = satisfaction == "points"
    weights = tuple((place[voter], weight if points else 1) for voter, weight in votes.items())
    return Entry(
        id=measure.id,
        cost=cost,
        factor=cost if satisfaction == "cost" else 1,
        weights=weights,
        total=sum(weight for _, weight in weights),
        multiple=math.lcm(*(weight for _, weight in weights)),
        tie=(-len(votes), measure.cost, natural(measure.id)),
    )


def run(race: Race, share: Fraction) -> list[Bought]:
    """One run of the rule with ``share`` per person."""
    money = [int(share / race.unit)] * len(race.voters)
    scale = 1  # money is counted in unit / scale
    bounds = {entry.id: Fraction(0) for entry in race.entries}
    alive = {entry.id: entry for entry in race.entries}
    bought: list[Bought] = []
    while (found := _cheapest(alive, bounds, money, scale)) is not None:
        entry, left, weight = found
        widen = weight // math.gcd(left, weight)
        scale *= widen
        money = [m * widen for m in money]
        rate = left * widen // weight
        paid = [(i, min(money[i], rate * w)) for i, w in entry.weights]
        for i, payment in paid:
            money[i] -= payment
        bought.append(Bought(entry.id, bounds[entry.id], paid, scale))
        del alive[entry.id]
    return bought


def purchase(race: Race, item: Bought) -> Purchase:
    """Return a purchase in exact fractions of the currency."""
    payments = {race.voters[i]: Fraction(payment, item.scale) * race.unit for i, payment in item.paid}
    return Purchase(item.measure, item.rho, payments)


def _cheapest(
    alive: dict[str, Entry], bounds: dict[str, Fraction], money: list[int], scale: int
) -> tuple[Entry, int, int] | None:
    """Return the entry with the smallest rho; drops entries nobody can pay for any more.

    Money only shrinks, so rho only grows: an entry whose last rho is above the best one needs no new look.
    """
    best: tuple[Fraction, tuple[object, ...]] | None = None
    found: tuple[Entry, int, int] | None = None
    for entry in sorted(alive.values(), key=lambda e: bounds[e.id]):
        if best is not None and bounds[entry.id] > best[0]:
            break
        price = _price(entry, money, scale)
        if price is None:
            del alive[entry.id]
            continue
        bounds[entry.id] = rho = Fraction(price[0], price[1] * scale * entry.factor)
        if best is None or (rho, entry.tie) < best:
            best, found = (rho, entry.tie), (entry, *price)
    return found


def _price(entry: Entry, money: list[int], scale: int) -> tuple[int, int] | None:
    """Return (left, weight): those not paying everything pay left/weight per unit of weight; None if too dear."""
    left, weight = entry.cost * scale, entry.total
    if sum(money[i] for i, _ in entry.weights) < left:
        return None
    purses = [(money[i] * (entry.multiple // w), w, money[i]) for i, w in entry.weights]
    if min(purses)[0] * weight >= left * entry.multiple:  # nobody is short: the usual case early in a run
        return left, weight
    for _, w, purse in sorted(purses):
        if purse * weight >= left * w:
            break
        left -= purse
        weight -= w
    return left, weight
