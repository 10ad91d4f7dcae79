"""A test of the back-test and its table."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.text import Text
from fachkraftwerk.runs.backtest.scores import Score
from fachkraftwerk.runs.backtest.words import PEOPLE

OURS = "fachkraftwerk"
_SHARES = ("coverage_50", "coverage_80")
#: Groups whose series stand in other groups of their test too.
_REPEATED = ("all", "15–64")


@dataclass(frozen=True)
class Test:
    """One proof: the question, how it was asked, the scores, what to keep in mind."""

    key: str
    title: Text
    method: Text
    scores: tuple[Score, ...]
    notes: tuple[Text, ...] = ()
    #: Signed error of our forecast per Kreis (AGS → percent), for the map of errors.
    errors: dict[str, float] = field(default_factory=dict)

    def whole(self) -> tuple[float, float] | None:
        """Return the shares inside our two ranges, all groups together that no other repeats; None without ranges.

        Thirds by size, the sum over all years and ages of work repeat what stands in groups of their own.
        """
        lines = [line for line in self.scores if line.model.startswith(OURS) and line.coverage_50 is not None]
        parts = [line for line in lines if line.group not in _REPEATED and "third" not in line.group]
        count = sum(line.n for line in parts)
        if not count:
            return None
        inner, outer = (sum(line.n * (getattr(line, name) or 0.0) for line in parts) / count for name in _SHARES)
        return inner, outer

    def won(self) -> dict[str, bool]:
        """Return, for each group, whether ours has the smallest WAPE."""
        groups = {line.group for line in self.scores}
        return {group: self._best(group) == OURS for group in groups}

    def _best(self, group: str) -> str:
        lines = (line for line in self.scores if line.group == group and line.model != PEOPLE)
        return min(lines, key=lambda line: line.wape).model


def size_classes(size: NDArray[np.float64]) -> dict[str, NDArray[np.bool_]]:
    """Return masks for small, middle and large Kreise (thirds of ``size``)."""
    low, high = np.quantile(size, [1 / 3, 2 / 3])
    return {
        "small third": np.asarray(size < low),
        "middle third": np.asarray((size >= low) & (size < high)),
        "large third": np.asarray(size >= high),
    }
