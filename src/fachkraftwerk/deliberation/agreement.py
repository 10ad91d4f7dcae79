"""Agreement table: persons x statements, 1 = agree, -1 = disagree, 0 = pass, nan = not seen.

``rejected`` statements (hidden by moderation) stay in the table and are zeroed before any mathematics.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Labels = NDArray[np.intp]


@dataclass(frozen=True)
class Agreement:
    """``votes`` of shape (persons, statements); labels of both axes; ``accepted`` of shape (statements,)."""

    persons: tuple[str, ...]
    statements: tuple[str, ...]
    votes: Array
    accepted: Flags

    def seen(self) -> NDArray[np.intp]:
        """Return how many statements each person reacted to, rejected ones included."""
        return np.asarray((~np.isnan(self.votes)).sum(axis=1), dtype=np.intp)

    def counted(self) -> Array:
        """Return the votes with rejected statements set to 0, whether seen or not."""
        return np.where(self.accepted, self.votes, 0.0)

    def keep(self, persons: Flags) -> Agreement:
        """Return the table of those persons only."""
        names = tuple(name for name, stays in zip(self.persons, persons, strict=True) if stays)
        return Agreement(names, self.statements, self.votes[persons], self.accepted)


def table(persons: list[str], statements: list[str], votes: Array, rejected: set[str] | None = None) -> Agreement:
    """Build an agreement table; ``rejected`` names hidden statements."""
    accepted = np.array([name not in (rejected or set()) for name in statements], dtype=np.bool_)
    return Agreement(tuple(persons), tuple(statements), np.asarray(votes, dtype=np.float64), accepted)
