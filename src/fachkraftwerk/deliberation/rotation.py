"""Who sits where: tables that mix benches, rounds in which people meet new people.

    cost of a round = sum over pairs at one table of (times already met + 2 if of the same bench)
                      + 100 for everybody who comes back to a table

Start: persons dealt out bench by bench; then the best swap of two persons is made until none helps. Everything is
decided by cost and natural order, so the same room always gets the same plan. Tables differ by at most one person.
References: World Café rules (J. Brown, D. Isaacs 2005); the underlying social golfer problem, CSPLib 010;
2-exchange local search, B. Kernighan, S. Lin (1970).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from fachkraftwerk.core.errors import refuse
from fachkraftwerk.deliberation.agreement import Array, Labels
from fachkraftwerk.deliberation.ballots import natural

AGAIN, ALIKE, BACK = 1.0, 2.0, 100.0


@dataclass(frozen=True)
class Plan:
    """One seating per round: person -> table (0-based). Hosts keep their table."""

    rounds: tuple[Mapping[str, int], ...]
    tables: int


@dataclass(frozen=True)
class Fairness:
    """``met_least``/``met_mean``: different persons met; ``repeated``: share of meetings that are not the first;
    ``bench_spread``: largest difference of a bench between two tables of a round; ``returns``: visits to a known table.
    """

    met_least: int
    met_mean: float
    repeated: float
    bench_spread: int
    returns: int


def plan(seats: Mapping[str, str], tables: int, rounds: int = 3, hosts: Mapping[str, int] | None = None) -> Plan:
    """Return a seating plan for person -> bench. ``hosts``: person -> table they stay at.

    Raises ``Refusal`` if there are more tables than persons or a host's table does not exist.
    """
    fixed = dict(hosts or {})
    if not 0 < tables <= max(len(seats), 1) or any(not 0 <= t < tables or p not in seats for p, t in fixed.items()):
        raise refuse(
            "Tische, Personen und Gastgeber passen nicht zusammen.",
            "Tables, persons and hosts do not match.",
            "Höchstens so viele Tische wie Personen; Gastgeber nur an vorhandenen Tischen.",
            "At most as many tables as persons; hosts only at existing tables.",
        )
    people = sorted(seats, key=lambda person: (natural(seats[person]), natural(person)))
    alike = _alike([seats[person] for person in people])
    met, visited = np.zeros((len(people), len(people))), np.zeros((len(people), tables))
    frozen = np.array([person in fixed for person in people])
    seatings = []
    for turn in range(rounds):
        place = _deal(people, fixed, tables, turn)
        place = _improve(place, AGAIN * met + ALIKE * alike, BACK * visited, frozen)
        met += place[:, None] == place[None, :]
        np.fill_diagonal(met, 0.0)
        visited[np.arange(len(people)), place] += 1
        seatings.append(dict(zip(people, place.tolist(), strict=True)))
    return Plan(tuple(seatings), tables)


def seat_latecomer(seating: Mapping[str, int], seats: Mapping[str, str], bench: str, tables: int) -> int:
    """Return the table for a late comer: the smallest, then the one with the fewest of the bench, then the first."""
    sizes = Counter(seating.values())
    same = Counter(table for person, table in seating.items() if seats.get(person) == bench)
    return min(range(tables), key=lambda table: (sizes[table], same[table], table))


def fairness(made: Plan, seats: Mapping[str, str], hosts: Sequence[str] = ()) -> Fairness:
    """Measure a plan; visits of ``hosts`` to their own table are no returns."""
    people = sorted(made.rounds[0], key=natural) if made.rounds else []
    met = np.zeros((len(people), len(people)))
    for seating in made.rounds:
        place = np.array([seating[person] for person in people])
        met += place[:, None] == place[None, :]
    np.fill_diagonal(met, 0.0)
    different, meetings = (met > 0).sum(axis=1), float(met.sum())
    moving = [person for person in people if person not in set(hosts)]
    return Fairness(
        met_least=int(different.min(initial=len(people))),
        met_mean=float(different.mean()) if people else 0.0,
        repeated=1 - float((met > 0).sum()) / meetings if meetings else 0.0,
        bench_spread=max((_spread(seating, seats, made.tables) for seating in made.rounds), default=0),
        returns=sum(len(made.rounds) - len({seating[person] for seating in made.rounds}) for person in moving),
    )


def _alike(benches: Sequence[str]) -> Array:
    names = np.array(benches, dtype=object)
    same = np.asarray(names[:, None] == names[None, :], dtype=np.float64)
    np.fill_diagonal(same, 0.0)
    return same


def _deal(people: Sequence[str], fixed: Mapping[str, int], tables: int, turn: int) -> Labels:
    """Deal persons out bench by bench, one table further each round; sizes differ by at most one."""
    room = [len(people) // tables + (table < len(people) % tables) for table in range(tables)]
    for table in fixed.values():
        room[table] -= 1
    place = np.zeros(len(people), dtype=np.intp)
    pointer = turn
    for i, person in enumerate(people):
        if person in fixed:
            place[i] = fixed[person]
            continue
        while room[pointer % tables] <= 0:
            pointer += 1
        place[i] = pointer % tables
        room[place[i]] -= 1
        pointer += 1
    return place


def _improve(place: Labels, pairs: Array, returns: Array, frozen: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Labels:
    """Make the best swap until none lowers the cost. ``pairs`` (persons, persons), ``returns`` (persons, tables)."""
    tables, everyone = returns.shape[1], np.arange(len(place))
    for _ in range(20 * len(place)):
        at = (place[:, None] == np.arange(tables)).astype(np.float64)
        load = pairs @ at + returns
        own = load[everyone, place]
        moved = load[:, place]  # cost of person i at the table of person j
        change = moved + moved.T - own[:, None] - own[None, :] - 2 * pairs
        change[(place[:, None] == place[None, :]) | frozen[:, None] | frozen[None, :]] = 0.0
        i, j = np.unravel_index(int(change.argmin()), change.shape)
        if change[i, j] >= -1e-9:
            break
        place[i], place[j] = place[j], place[i]
    return place


def _spread(seating: Mapping[str, int], seats: Mapping[str, str], tables: int) -> int:
    counts = Counter((seats.get(person, ""), table) for person, table in seating.items())
    names = {bench for bench, _ in counts}
    per_bench = ([counts[(bench, table)] for table in range(tables)] for bench in names)
    return max((max(row) - min(row) for row in per_bench), default=0)
