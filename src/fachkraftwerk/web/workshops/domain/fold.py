"""From events to state: one event at a time, or all again after an undo."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fachkraftwerk.web.workshops.domain.acts import VERBS
from fachkraftwerk.web.workshops.domain.formats import Format
from fachkraftwerk.web.workshops.domain.state import MODERATOR, PARTICIPANT, Entry, Fact, State, opening


def fold(state: State, fact: Fact) -> None:
    """Apply one event to the state, in place."""
    _note(state, fact)
    kind = VERBS[fact.verb]
    kind.model_construct(**{k: v for k, v in fact.payload.items() if k in kind.model_fields}).apply(state, fact)
    if fact.actor.role == PARTICIPANT:
        state.acted.setdefault(fact.phase, {})[fact.actor.id] = fact.seq
        if fact.actor.id not in state.people:
            state.benches[fact.actor.id] = fact.actor.bench


def _note(state: State, fact: Fact) -> None:
    state.seq = fact.seq
    if fact.client:
        state.stored[(fact.client, fact.number)] = fact.seq
    entry = Entry(fact.verb, fact.actor.id, fact.phase, VERBS[fact.verb].undoable, fact.actor.role == MODERATOR)
    state.log[fact.seq] = entry


def replay(script: Format, setup: dict[str, Any], facts: Iterable[Fact]) -> State:
    """Build the state from all events, leaving out what was undone."""
    facts = list(facts)
    undone = undone_by(facts)
    state = opening(script, setup)
    for fact in facts:
        if fact.seq in undone:
            _note(state, fact)
        else:
            fold(state, fact)
    state.undone = undone
    return state


def undone_by(facts: Iterable[Fact]) -> set[int]:
    """Return the numbers of undone events. An undo that was undone itself counts for nothing."""
    undone: set[int] = set()
    for fact in sorted(facts, key=lambda fact: -fact.seq):
        if fact.verb == "undo" and fact.seq not in undone:
            undone.add(int(fact.payload["seq"]))
    return undone
