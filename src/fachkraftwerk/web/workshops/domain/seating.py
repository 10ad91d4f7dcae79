"""Who sits where, as ``deliberation.rotation`` decides it: a seat for whoever comes late, seats of a round for all."""

from __future__ import annotations

from collections.abc import Mapping

from fachkraftwerk.web.workshops.domain.state import State


def benches(state: State) -> dict[str, str]:
    """Return the bench of everybody who can be told where to go: people with a device."""
    return {actor: person.bench for actor, person in state.people.items() if not person.proxy}


def hosts(state: State) -> dict[str, int]:
    """Return the place of the table (counted from 0) at which each host stays."""
    tables = tables_in_use(state)
    return {
        actor: tables.index(each.table) for actor, each in state.people.items() if each.host and each.table in tables
    }


def tables_in_use(state: State) -> list[int]:
    """Return the tables people sit at; all of them as long as the day has not begun or fewer than two are taken."""
    taken = sorted({person.table for person in state.people.values() if person.table in state.tables})
    return taken if state.status == "running" and len(taken) > 1 else sorted(state.tables)


def suggest(state: State, bench: str) -> int:
    """Return the table for a late comer: the smallest, then the one with the fewest of the bench; 0 without tables."""
    from fachkraftwerk.deliberation.rotation import seat_latecomer

    tables = tables_in_use(state)
    if not tables:
        return 0
    everybody = {actor: person.bench for actor, person in state.people.items()}
    taken = {a: tables.index(person.table) for a, person in state.people.items() if person.table in tables}
    return tables[seat_latecomer(taken, everybody, bench, len(tables))]


def latecomers(state: State, planned: Mapping[str, int]) -> dict[str, int]:
    """Return the tables of a round for those whom its plan does not know, one after the other."""
    from fachkraftwerk.deliberation.rotation import seat_latecomer

    tables, people = sorted(set(planned.values())) or tables_in_use(state), benches(state)
    taken = {actor: tables.index(table) for actor, table in planned.items() if actor in people and table in tables}
    found: dict[str, int] = {}
    for actor in (each for each in people if each not in planned and not state.people[each].host):
        taken[actor] = seat_latecomer(taken, people, people[actor], len(tables))
        found[actor] = tables[taken[actor]]
    return found
