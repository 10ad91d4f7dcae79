"""Method of Equal Shares (MES): every person holds the same part of the budget and pays only for what they support.

    b_i = B/n.   p is rho-affordable if  sum_{i in N_p} min(b_i, rho * u_i(p)) = c(p).
    Take the p with the smallest rho, charge min(b_i, rho * u_i(p)), repeat.

``satisfaction``: "cost" u_i(p) = c(p); "cardinality" u_i(p) = 1; "points" u_i(p) = dots or Borda points.
``completion``: "add1" raises every b_i by ``step``, recomputes, and keeps the last result whose cost is within B; it
stops when the next one exceeds B or when nothing supported fits any more. "add1u" then fills what is left by votes.
Ties: more supporters, then lower cost, then natural order of the ids.

All money is exact: integers over one growing common denominator inside (Fraction objects per person would be
twenty times slower), ``Fraction`` outside.
References: D. Peters, P. Skowron, "Proportionality and the Limits of Welfarism" (EC 2020); D. Peters,
G. Pierczyński, P. Skowron, "Proportional Participatory Budgeting with Additive Utilities" (NeurIPS 2021);
P. Faliszewski et al., "Participatory Budgeting: Data, Tools, and Analysis" (IJCAI 2023), add1 and comparison step.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from fachkraftwerk.core.errors import Refusal, refuse
from fachkraftwerk.deliberation.ballots import Ballot, Measure, check, natural, supporters
from fachkraftwerk.deliberation.greedy import by_points, fill, greedy
from fachkraftwerk.deliberation.outcome import Comparison, Completion, Outcome, Purchase, Satisfaction

MOST_RAISES = 20_000  # a guard against a step of a cent, not a rule


@dataclass(frozen=True)
class _Entry:
    """A measure in the race. Cost in whole ``unit``s; ``factor`` = the part of u_i(p) equal for all supporters."""

    id: str
    cost: int
    factor: int
    weights: tuple[tuple[int, int], ...]
    total: int
    multiple: int
    tie: tuple[object, ...]


@dataclass(frozen=True)
class _Bought:
    measure: str
    rho: Fraction
    paid: list[tuple[int, int]]
    scale: int


@dataclass(frozen=True)
class _Race:
    measures: tuple[Measure, ...]
    voters: tuple[str, ...]
    entries: tuple[_Entry, ...]
    support: Mapping[str, Mapping[str, int]]
    budget: Fraction
    unit: Fraction


def equal_shares(
    measures: Sequence[Measure],
    ballots: Sequence[Ballot],
    budget: Fraction | int,
    satisfaction: Satisfaction = "cost",
    completion: Completion = "add1",
    step: Fraction | int = 1,
) -> Outcome:
    """Return the balanced selection within ``budget``; ``step`` in units of cost per person.

    The step 1 is the rule of real elections in whole EUR; ``one_percent`` suits small budgets.

    Raises ``Refusal`` on bad ballots, or a step so small that the run would take more than ``MOST_RAISES`` rounds.
    """
    check(ballots, measures)
    race = _race(measures, ballots, Fraction(budget), satisfaction, Fraction(step))
    bought, share, raises = _complete(race, completion, Fraction(step))
    chosen = _chosen(race, [item.measure for item in bought])
    filled = _leftover(race, chosen) if completion == "add1u" else []
    return Outcome(
        rule="equal_shares",
        satisfaction=satisfaction,
        budget=race.budget,
        selected=tuple(measure.id for measure in [*chosen, *filled]),
        cost=_cost([*chosen, *filled]),
        completion=completion,
        step=Fraction(step),
        raises=raises,
        share=share,
        purchases=tuple(_purchase(race, item) for item in bought),
        filled=tuple(measure.id for measure in filled),
    )


def one_percent(budget: Fraction | int, persons: int) -> Fraction:
    """Return a hundredth of the first share: a step for budgets in person-days, where one unit would be coarse."""
    return Fraction(budget) / (100 * max(persons, 1))


def with_comparison(equal: Outcome, measures: Sequence[Measure], ballots: Sequence[Ballot]) -> Outcome:
    """Return ``equal`` or, if more persons prefer it, the greedy result; the count is attached either way.

    A person prefers the result that brings more satisfaction in the sense of ``equal.satisfaction``.
    """
    by_votes = replace(greedy(measures, ballots, equal.budget), satisfaction=equal.satisfaction)
    mine = satisfactions(measures, ballots, equal.selected, equal.satisfaction)
    other = satisfactions(measures, ballots, by_votes.selected, equal.satisfaction)
    better = sum(mine[voter] > other[voter] for voter in mine)
    worse = sum(mine[voter] < other[voter] for voter in mine)
    comparison = Comparison(better, worse, len(mine) - better - worse)
    return (by_votes if worse > better else equal).with_comparison(comparison)


def satisfactions(
    measures: Sequence[Measure], ballots: Sequence[Ballot], selected: Sequence[str], satisfaction: Satisfaction
) -> dict[str, Fraction]:
    """Return voter -> sum of u_i(p) over the selected measures."""
    costs = {measure.id: measure.cost for measure in measures}
    chosen = set(selected)
    return {
        ballot.voter: sum(
            (_utility(costs[m], weight, satisfaction) for m, weight in ballot.weights().items() if m in chosen),
            Fraction(0),
        )
        for ballot in ballots
    }


def _utility(cost: Fraction, weight: int, satisfaction: Satisfaction) -> Fraction:
    if satisfaction == "points":
        return Fraction(weight)
    return cost if satisfaction == "cost" else Fraction(1)


def _race(
    measures: Sequence[Measure], ballots: Sequence[Ballot], budget: Fraction, satisfaction: Satisfaction, step: Fraction
) -> _Race:
    voters = tuple(sorted((ballot.voter for ballot in ballots), key=natural))
    place = {voter: i for i, voter in enumerate(voters)}
    support = supporters(ballots)
    start = budget / max(len(voters), 1)
    unit = Fraction(1, math.lcm(start.denominator, step.denominator, *(m.cost.denominator for m in measures)))
    entries = (_entry(m, support[m.id], place, satisfaction, unit) for m in measures if support.get(m.id))
    return _Race(tuple(measures), voters, tuple(entries), support, budget, unit)


def _entry(
    measure: Measure, votes: Mapping[str, int], place: Mapping[str, int], satisfaction: Satisfaction, unit: Fraction
) -> _Entry:
    cost = int(measure.cost / unit)
    points = satisfaction == "points"
    weights = tuple((place[voter], weight if points else 1) for voter, weight in votes.items())
    return _Entry(
        id=measure.id,
        cost=cost,
        factor=cost if satisfaction == "cost" else 1,
        weights=weights,
        total=sum(weight for _, weight in weights),
        multiple=math.lcm(*(weight for _, weight in weights)),
        tie=(-len(votes), measure.cost, natural(measure.id)),
    )


def _complete(race: _Race, completion: Completion, step: Fraction) -> tuple[list[_Bought], Fraction, int]:
    share = race.budget / max(len(race.voters), 1)
    kept, raises = _run(race, share), 0
    if completion == "none" or not race.entries:
        return kept, share, 0
    while not _exhaustive(race, kept):
        if step <= 0 or raises == MOST_RAISES:
            raise _step_refusal(step)
        tried = _run(race, share + step)
        if _cost(_chosen(race, [item.measure for item in tried])) > race.budget:
            break
        kept, share, raises = tried, share + step, raises + 1
    return kept, share, raises


def _step_refusal(step: Fraction) -> Refusal:
    return refuse(
        f"Die Schrittweite {step} führt zu mehr als {MOST_RAISES} Durchgängen.",
        f"The step {step} takes more than {MOST_RAISES} rounds.",
        "Wählen Sie eine größere Schrittweite.",
        "Choose a larger step.",
    )


def _run(race: _Race, share: Fraction) -> list[_Bought]:
    """One run of the rule with ``share`` per person."""
    money = [int(share / race.unit)] * len(race.voters)
    scale = 1  # money is counted in unit / scale
    bounds = {entry.id: Fraction(0) for entry in race.entries}
    alive = {entry.id: entry for entry in race.entries}
    bought: list[_Bought] = []
    while (found := _cheapest(alive, bounds, money, scale)) is not None:
        entry, left, weight = found
        widen = weight // math.gcd(left, weight)
        scale *= widen
        money = [m * widen for m in money]
        rate = left * widen // weight
        paid = [(i, min(money[i], rate * w)) for i, w in entry.weights]
        for i, payment in paid:
            money[i] -= payment
        bought.append(_Bought(entry.id, bounds[entry.id], paid, scale))
        del alive[entry.id]
    return bought


def _purchase(race: _Race, item: _Bought) -> Purchase:
    payments = {race.voters[i]: Fraction(payment, item.scale) * race.unit for i, payment in item.paid}
    return Purchase(item.measure, item.rho, payments)


def _cheapest(
    alive: dict[str, _Entry], bounds: dict[str, Fraction], money: list[int], scale: int
) -> tuple[_Entry, int, int] | None:
    """Return the entry with the smallest rho; drops entries nobody can pay for any more.

    Money only shrinks, so rho only grows: an entry whose last rho is above the best one needs no new look.
    """
    best: tuple[Fraction, tuple[object, ...]] | None = None
    found: tuple[_Entry, int, int] | None = None
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


def _price(entry: _Entry, money: list[int], scale: int) -> tuple[int, int] | None:
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


def _exhaustive(race: _Race, bought: Sequence[_Bought]) -> bool:
    chosen = _chosen(race, [item.measure for item in bought])
    return not _leftover(race, chosen)


def _leftover(race: _Race, chosen: Sequence[Measure]) -> list[Measure]:
    taken = {measure.id for measure in chosen}
    rest = [measure for measure in race.measures if measure.id not in taken]
    return fill(by_points(rest, race.support), race.budget - _cost(chosen))


def _chosen(race: _Race, ids: Sequence[str]) -> list[Measure]:
    known = {measure.id: measure for measure in race.measures}
    return [known[name] for name in ids]


def _cost(chosen: Sequence[Measure]) -> Fraction:
    return sum((measure.cost for measure in chosen), Fraction(0))
