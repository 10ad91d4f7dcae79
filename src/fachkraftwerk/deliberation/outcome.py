"""What a selection rule decided, with everything needed to repeat it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

Rule = Literal["equal_shares", "greedy"]
Satisfaction = Literal["cost", "cardinality", "points"]
Completion = Literal["none", "add1", "add1u"]


@dataclass(frozen=True)
class Purchase:
    """One step of Equal Shares: the measure, the price per unit of satisfaction, who paid what."""

    measure: str
    rho: Fraction
    payments: Mapping[str, Fraction]


@dataclass(frozen=True)
class Comparison:
    """How many persons are better off under each of two results; the rest is indifferent."""

    prefer_equal_shares: int
    prefer_greedy: int
    indifferent: int


@dataclass(frozen=True)
class Outcome:
    """A selection. ``share`` is what each person could spend in the deciding run, ``raises`` the number of add1 steps.

    ``filled`` lists measures that were added after Equal Shares by votes (completion "add1u").
    """

    rule: Rule
    satisfaction: Satisfaction
    budget: Fraction
    selected: tuple[str, ...]
    cost: Fraction
    completion: Completion = "none"
    step: Fraction = Fraction(1)
    raises: int = 0
    share: Fraction = Fraction(0)
    purchases: tuple[Purchase, ...] = ()
    filled: tuple[str, ...] = ()
    comparison: Comparison | None = None

    def with_comparison(self, comparison: Comparison) -> Outcome:
        """Return this result with the head-to-head count attached."""
        return replace(self, comparison=comparison)

    def record(self) -> dict[str, object]:
        """Return rule, settings and result as plain JSON values; exact numbers as text such as ``"7/3"``."""
        return {
            "rule": self.rule,
            "satisfaction": self.satisfaction,
            "completion": self.completion,
            "step": str(self.step),
            "raises": self.raises,
            "share": str(self.share),
            "budget": str(self.budget),
            "cost": str(self.cost),
            "selected": list(self.selected),
            "filled": list(self.filled),
            "comparison": None if self.comparison is None else vars(self.comparison).copy(),
        }
