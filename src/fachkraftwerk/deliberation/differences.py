"""Two results side by side: only the measures they disagree on, and whom each of them serves.

    coverage_k = share of persons with at least k of their measures chosen
    served     = mean over persons of (own weight on chosen measures / own weight in all)

Benches are pooled below five persons (see ``benches``). Reference for the comparison on real ballots: J. C. Yang,
C. I. Hausladen, D. Peters, E. Pournaras, R. Hänggli Fricker, D. Helbing, "Designing Digital Voting Systems for
Citizens" (2024), and the justified-representation literature for coverage.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fachkraftwerk.deliberation import benches
from fachkraftwerk.deliberation.ballots import Ballot, Measure, natural, supporters
from fachkraftwerk.deliberation.equal_shares import equal_shares
from fachkraftwerk.deliberation.greedy import greedy
from fachkraftwerk.deliberation.outcome import Outcome, Satisfaction


@dataclass(frozen=True)
class Served:
    """A measure only one result contains. ``by_bench``: bench -> (supporters, persons); empty if the room is tiny."""

    measure: str
    supporters: int
    score: int
    by_bench: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Coverage:
    """Shares of all persons, exact: with at least one, with at least two of their measures; own weight served."""

    one: Fraction
    two: Fraction
    served: Fraction


@dataclass(frozen=True)
class Difference:
    """Results by points and balanced, what both contain, and what only one contains."""

    by_points: Outcome
    balanced: Outcome
    both: tuple[str, ...]
    only_points: tuple[Served, ...]
    only_balanced: tuple[Served, ...]
    coverage_points: Coverage
    coverage_balanced: Coverage

    @property
    def same(self) -> bool:
        """True if there is nothing to discuss."""
        return not self.only_points and not self.only_balanced


def compare(
    measures: Sequence[Measure],
    ballots: Sequence[Ballot],
    budget: Fraction | int,
    satisfaction: Satisfaction = "cost",
    step: Fraction | int = 1,
) -> Difference:
    """Return both selections on the same ballots and their differences. Raises ``Refusal`` on bad ballots."""
    by_points = greedy(measures, ballots, budget)
    balanced = equal_shares(measures, ballots, budget, satisfaction, "add1u", step)
    return difference(by_points, balanced, ballots)


def difference(by_points: Outcome, balanced: Outcome, ballots: Sequence[Ballot]) -> Difference:
    """Return the differences of two finished outcomes."""
    first, second = set(by_points.selected), set(balanced.selected)
    return Difference(
        by_points=by_points,
        balanced=balanced,
        both=tuple(name for name in by_points.selected if name in second),
        only_points=_served(first - second, ballots),
        only_balanced=_served(second - first, ballots),
        coverage_points=coverage(ballots, first),
        coverage_balanced=coverage(ballots, second),
    )


def coverage(ballots: Sequence[Ballot], selected: Collection[str]) -> Coverage:
    """Return how well ``selected`` serves the persons; zeros without ballots. Persons without a vote count as unserved."""
    chosen, persons = set(selected), max(len(ballots), 1)
    weights = [ballot.weights() for ballot in ballots]
    hits = [len(chosen & own.keys()) for own in weights]
    parts = [Fraction(sum(w for m, w in own.items() if m in chosen), sum(own.values()) or 1) for own in weights]
    return Coverage(
        one=Fraction(sum(hit >= 1 for hit in hits), persons),
        two=Fraction(sum(hit >= 2 for hit in hits), persons),
        served=sum(parts, Fraction(0)) / persons,
    )


def _served(names: Collection[str], ballots: Sequence[Ballot]) -> tuple[Served, ...]:
    shown = benches.pooled({ballot.voter: ballot.bench for ballot in ballots})
    sizes, support = benches.sizes(shown), supporters(ballots)
    rows = []
    for name in sorted(names, key=natural):
        votes = support.get(name, {})
        counts = benches.count(votes, shown)
        by_bench = {bench: (counts[bench], size) for bench, size in sizes.items()}
        rows.append(Served(name, len(votes), sum(votes.values()), by_bench))
    return tuple(rows)
