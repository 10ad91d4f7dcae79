"""Selection by points: the highest score first, skip what no longer fits.

    order p by (score s_p, supporters n_p, lower cost, natural id); take p if cost(chosen) + c(p) <= B

The rule most participatory budgets use ("greedy by votes"), shown beside Equal Shares.
Reference: H. Aziz, N. Shah, "Participatory Budgeting: Models and Approaches" (2021), section 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from fachkraftwerk.deliberation.ballots import Ballot, Measure, check, natural, supporters
from fachkraftwerk.deliberation.outcome import Outcome


def greedy(measures: Sequence[Measure], ballots: Sequence[Ballot], budget: Fraction | int) -> Outcome:
    """Return the selection by points within ``budget``; measures without a supporter are never taken.

    Ties: more supporters, then lower cost, then natural order of the ids. Raises ``Refusal`` on bad ballots.
    """
    check(ballots, measures)
    ranked = by_points(measures, supporters(ballots))
    chosen = fill(ranked, Fraction(budget))
    return Outcome(
        rule="greedy",
        satisfaction="points",
        budget=Fraction(budget),
        selected=tuple(measure.id for measure in chosen),
        cost=sum((measure.cost for measure in chosen), Fraction(0)),
    )


def by_points(measures: Iterable[Measure], support: Mapping[str, Mapping[str, int]]) -> list[Measure]:
    """Return the supported measures, highest score first."""

    def key(measure: Measure) -> tuple[object, ...]:
        votes = support[measure.id]
        return -sum(votes.values()), -len(votes), measure.cost, natural(measure.id)

    return sorted((measure for measure in measures if support.get(measure.id)), key=key)


def fill(ranked: Iterable[Measure], budget: Fraction) -> list[Measure]:
    """Take measures in order as long as each fits into what is left of ``budget``."""
    chosen: list[Measure] = []
    left = budget
    for measure in ranked:
        if measure.cost <= left:
            chosen.append(measure)
            left -= measure.cost
    return chosen
