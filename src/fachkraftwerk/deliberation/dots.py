"""Dots: what a cumulative vote says beyond its sum.

    score s_p = sum_i w_ip     supporters n_p = #{i : w_ip > 0}     concentration H_p = sum_i (w_ip / s_p)^2

H_p is 1/n_p when all supporters gave the same, 1 when one person gave everything: one club stacking dots shows.
All exact: integers and ``Fraction``. Measures nobody chose stay in the table with zeros.
References: A. O. Hirschman (1945) and O. C. Herfindahl (1950) for the concentration index H.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from fachkraftwerk.deliberation.ballots import Ballot, Limits, Measure, check, natural, supporters


@dataclass(frozen=True)
class Tally:
    """One measure: ``place`` is shared by equal scores (1, 2, 2, 4), ``concentration`` 0 where nobody voted."""

    measure: str
    score: int
    supporters: int
    concentration: Fraction
    place: int


def tally(measures: Sequence[Measure], ballots: Sequence[Ballot], limits: Limits | None = None) -> list[Tally]:
    """Return all measures, highest score first; ties in the order: more supporters, natural id.

    Raises ``Refusal`` naming every ballot that breaks ``limits`` or names an unknown measure.
    """
    check(ballots, measures, limits)
    support = supporters(ballots)
    scores = {measure.id: sum(support.get(measure.id, {}).values()) for measure in measures}
    rows = [_row(name, list(support.get(name, {}).values()), scores) for name in scores]
    return sorted(rows, key=lambda row: (-row.score, -row.supporters, natural(row.measure)))


def concentration(weights: Sequence[int]) -> Fraction:
    """Return sum (w/s)^2, or 0 for no votes at all."""
    total = sum(weights)
    return Fraction(sum(weight * weight for weight in weights), total * total) if total else Fraction(0)


def _row(name: str, weights: list[int], scores: dict[str, int]) -> Tally:
    place = 1 + sum(score > scores[name] for score in scores.values())
    return Tally(name, scores[name], len(weights), concentration(weights), place)
