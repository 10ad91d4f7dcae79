"""The log of events in the database: few statements in few journeys, because an act waits for them.

Written as SQL for SQLite and PostgreSQL alike: under load the ORM needs as long to compile these few statements as the
database needs to carry them out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from uuid import UUID

from django.db import connection

from fachkraftwerk.web.workshops.domain.state import Actor, Fact, State
from fachkraftwerk.web.workshops.models import Event, Participant, Workshop

CHANNEL = "fachkraftwerk_workshops"
ERASED = "erased"
"""Told when the pseudonyms of a workshop are gone."""
_WORKSHOP, _EVENT = Workshop._meta.db_table, Event._meta.db_table
_COLUMNS = ("workshop_id", "seq", "client", "number", "verb", "payload", "actor", "role", "bench", "table", "phase",
            "written", "stored", "undone")  # fmt: skip
_NAMES, _PLACES = ", ".join(f'"{name}"' for name in _COLUMNS), ", ".join(["%s"] * len(_COLUMNS))
_INSERT = f'INSERT INTO "{_EVENT}" ({_NAMES}) VALUES ({_PLACES})'
_MOVE = f'UPDATE "{_WORKSHOP}" SET "sequence" = %s, "status" = %s, "phase" = %s WHERE "id" = %s'
_REWRITE = (
    f'UPDATE "{_EVENT}" SET "client" = %s, "number" = %s, "actor" = %s, "bench" = %s, "payload" = %s WHERE "id" = %s'
)
_LINK = f'SELECT "link_version" FROM "{_WORKSHOP}" WHERE "id" = %s'
_SINCE = f'SELECT {_NAMES} FROM "{_EVENT}" WHERE "workshop_id" = %s AND "seq" > %s ORDER BY "seq"'


def lock(workshop_id: UUID, seq: int) -> tuple[int, list[Fact]]:
    """Return the version of the links and the events after ``seq``; nobody else writes until the commit.

    SQLite has locked the whole database when the transaction began. Raises Workshop.DoesNotExist.
    """
    key = _key(workshop_id)
    with _at_once(), connection.cursor() as row, connection.cursor() as events:
        row.execute(_LINK + (" FOR UPDATE" if connection.vendor == "postgresql" else ""), [key])
        events.execute(_SINCE, [key, seq])
        found = row.fetchone()
        if found is None:
            raise Workshop.DoesNotExist
        return int(found[0]), [_fact(*each) for each in events.fetchall()]


def since(workshop_id: UUID, seq: int) -> list[Fact]:
    """Return the events after a number, in order."""
    with connection.cursor() as events:
        events.execute(_SINCE, [_key(workshop_id), seq])
        return [_fact(*each) for each in events.fetchall()]


def append(workshop_id: UUID, facts: Sequence[Fact], state: State) -> None:
    """Store new events and what the workshop's own row says; other processes are told at the commit."""
    key = _key(workshop_id)
    with _at_once(), connection.cursor() as cursor:
        cursor.executemany(_INSERT, [_row(key, fact) for fact in facts])
        cursor.execute(_MOVE, [state.seq, state.status, state.index, key])
        tell(workshop_id, str(state.seq))
    undos = [int(fact.payload["seq"]) for fact in facts if fact.verb == "undo"]
    if undos:
        Event.objects.filter(workshop_id=workshop_id, seq__in=undos).update(undone=True)


def rewrite(events: Sequence[Event]) -> None:
    """Store who sent events anew, and what they say: one prepared statement for all of them."""
    rows = [(e.client, e.number, e.actor, e.bench, json.dumps(e.payload), e.pk) for e in events]
    with connection.cursor() as cursor:
        cursor.executemany(_REWRITE, rows)


def _at_once() -> AbstractContextManager[object]:
    """Let PostgreSQL take all statements in one go instead of answering each; SQLite has no way to go."""
    return connection.connection.pipeline() if connection.vendor == "postgresql" else nullcontext()


def tell(workshop_id: UUID, what: str) -> None:
    """Tell all processes, once this transaction is committed: a number of an event, or what else happened."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"{workshop_id}:{what}"])


def scrub() -> None:
    """Let nothing of what was deleted or overwritten stay in the files of the database. Outside a transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute(f'VACUUM "{_EVENT}", "{Participant._meta.db_table}"')


def _key(workshop_id: UUID) -> str:
    """The number as the database keeps it: SQLite has no type of its own for it."""
    return str(workshop_id) if connection.features.has_native_uuid_field else workshop_id.hex


def _row(key: str, fact: Fact) -> tuple[str | int, ...]:
    who = fact.actor
    return (key, fact.seq, fact.client, fact.number, fact.verb, json.dumps(fact.payload), who.id, who.role, who.bench,
            who.table, fact.phase, fact.written, fact.stored, False)  # fmt: skip


def _fact(_workshop: object, seq: int, client: str, number: int, verb: str, payload: str, actor: str, role: str,
          bench: str, table: int, phase: str, written: int, stored: int, _undone: bool) -> Fact:  # fmt: skip
    who = Actor(actor, role, bench, table)
    return Fact(seq, client, number, verb, json.loads(payload), who, phase, written, stored)
