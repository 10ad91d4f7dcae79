"""Benches: nobody can be picked out of a breakdown.

Benches with fewer than ``SMALLEST`` persons are pooled into ``POOL``; if the pool itself stays below five, the next
smallest bench joins it, so that no figure of a small bench can be found by subtraction from the total.
Method: primary and secondary suppression, as statistical offices use it (threshold rule n = 5).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from fachkraftwerk.deliberation.ballots import natural

SMALLEST = 5
POOL = "*"
"""Key of the pooled benches; pages write "übrige" / "others"."""


def pooled(benches: Mapping[str, str], smallest: int = SMALLEST) -> dict[str, str]:
    """Return voter -> bench to show. An empty result means: too few persons for any breakdown."""
    sizes = Counter(benches.values())
    order = sorted(sizes, key=lambda bench: (sizes[bench], natural(bench)))
    pool = [bench for bench in order if sizes[bench] < smallest]
    rest = [bench for bench in order if sizes[bench] >= smallest]
    while pool and rest and sum(sizes[bench] for bench in pool) < smallest:
        pool.append(rest.pop(0))
    if sum(sizes.values()) < smallest:
        return {}
    return {voter: POOL if bench in pool else bench for voter, bench in benches.items()}


def sizes(shown: Mapping[str, str]) -> dict[str, int]:
    """Return bench -> persons in natural order, the pool last."""
    return dict(sorted(Counter(shown.values()).items(), key=lambda item: (item[0] == POOL, natural(item[0]))))


def count(voters: Iterable[str], shown: Mapping[str, str]) -> dict[str, int]:
    """Return bench -> how many of ``voters`` sit on it; benches without any of them count 0."""
    found = Counter(shown[voter] for voter in voters if voter in shown)
    return {bench: found.get(bench, 0) for bench in sizes(shown)}
