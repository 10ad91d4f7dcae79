"""Rotation plan for tables (World Café): benches mixed, people meet others in every round."""

from __future__ import annotations

import random
from collections import Counter
from itertools import combinations


def plan(benches: dict[str, str], tables: list[int], rounds: int, seed: int = 0) -> list[dict[str, int]]:
    """Return person -> table for each round.

    Greedy: people are dealt bench by bench onto the table where their bench is rarest, then where they know fewest,
    among the least filled tables. Table sizes differ by at most one. Deterministic for a seed.
    """
    generator = random.Random(seed)
    met: Counter[frozenset[str]] = Counter()
    return [_round(benches, tables, met, generator) for _ in range(rounds)]


def _round(
    benches: dict[str, str], tables: list[int], met: Counter[frozenset[str]], generator: random.Random
) -> dict[str, int]:
    seats: dict[int, list[str]] = {table: [] for table in tables}
    people = sorted(benches)
    generator.shuffle(people)
    for person in sorted(people, key=lambda each: benches[each]):
        fewest = min(len(seated) for seated in seats.values())
        open_tables = [table for table, seated in seats.items() if len(seated) == fewest]
        best = min(open_tables, key=lambda table: _cost(person, seats[table], benches, met))
        seats[best].append(person)
    for seated in seats.values():
        met.update(frozenset(pair) for pair in combinations(seated, 2))
    return {person: table for table, seated in seats.items() for person in seated}


def _cost(person: str, seated: list[str], benches: dict[str, str], met: Counter[frozenset[str]]) -> tuple[int, int]:
    same = sum(benches[other] == benches[person] for other in seated)
    known = sum(met[frozenset((person, other))] for other in seated)
    return same, known
