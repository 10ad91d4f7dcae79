"""Method of Equal Shares (MES): every person holds the same part of the budget and pays only for what they support.

    b_i = B/n.   p is rho-affordable if  sum_{i in N_p} min(b_i, rho * u_i(p)) = c(p).
    Take the p with the smallest rho, charge min(b_i, rho * u_i(p)), repeat.

``satisfaction``: "cost" u_i(p) = c(p); "cardinality" u_i(p) = 1; "points" u_i(p) = dots or Borda points.
``completion``: "add1" raises every b_i by ``step``, recomputes, and keeps the last result whose cost is within B; it
stops when the next one exceeds B or when nothing supported fits any more. "add1u" then fills what is left by votes.
Ties: more supporters, then lower cost, then natural order of the ids.

All money is exact: integers over one growing common denominator inside (``race``), ``Fraction`` outside.
References: D. Peters, P. Skowron, "Proportionality and the Limits of Welfarism" (EC 2020); D. Peters,
G. Pierczyński, P. Skowron, "Proportional Participatory Budgeting with Additive Utilities" (NeurIPS 2021);
P. Faliszewski et al., "Participatory Budgeting: Data, Tools, and Analysis" (IJCAI 2023), add1 and comparison step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from fachkraftwerk.core.errors import Refusal, refuse
from fachkraftwerk.deliberation.ballots import Ballot, Measure, check
from fachkraftwerk.deliberation.greedy import by_points, fill, greedy
from fachkraftwerk.deliberation.outcome import Comparison, Completion, Outcome, Satisfaction
from fachkraftwerk.deliberation.race import Bought, Race, purchase, race_of, run

MOST_RAISES = 20_000  # a guard against a step of a cent, not a rule


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
    race = race_of(measures, ballots, Fraction(budget), satisfaction, Fraction(step))
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
        purchases=tuple(purchase(race, item) for item in bought),
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


def _complete(race: Race, completion: Completion, step: Fraction) -> tuple[list[Bought], Fraction, int]:
    share = race.budget / max(len(race.voters), 1)
    kept, raises = run(race, share), 0
    if completion == "none" or not race.entries:
        return kept, share, 0
    while not _exhaustive(race, kept):
        if step <= 0 or raises == MOST_RAISES:
            raise _step_refusal(step)
        tried = run(race, share + step)
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


def _exhaustive(race: Race, bought: Sequence[Bought]) -> bool:
    chosen = _chosen(race, [item.measure for item in bought])
    return not _leftover(race, chosen)


def _leftover(race: Race, chosen: Sequence[Measure]) -> list[Measure]:
    taken = {measure.id for measure in chosen}
    rest = [measure for measure in race.measures if measure.id not in taken]
    return fill(by_points(rest, race.support), race.budget - _cost(chosen))


def _chosen(race: Race, ids: Sequence[str]) -> list[Measure]:
    known = {measure.id: measure for measure in race.measures}
    return [known[name] for name in ids]


def _cost(chosen: Sequence[Measure]) -> Fraction:
    return sum((measure.cost for measure in chosen), Fraction(0))
