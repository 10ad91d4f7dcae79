"""The log of events in the database: three prepared statements, because an act waits for them.

Written as SQL for SQLite and PostgreSQL alike: under load the ORM needs as long to compile these few statements as the
database needs to carry them out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from fachkraftwerk.web.workshops.domain.state import Actor, Fact, State
from fachkraftwerk.web.workshops.models import Event, Workshop

CHANNEL = "fachkraftwerk_workshops"
_WORKSHOP, _EVENT = Workshop._meta.db_table, Event._meta.db_table
_COLUMNS = ("workshop_id", "seq", "client", "number", "verb", "payload", "actor", "role", "bench", "table", "phase",
            "written", "stored", "undone")  # fmt: skip
_NAMES, _PLACES = ", ".join(f'"{name}"' for name in _COLUMNS), ", ".join(["%s"] * len(_COLUMNS))
_READ_BACK = (
    "seq",
    "client",
    "number",
    "verb",
    "payload",
    "actor",
    "role",
    "bench",
    "table",
    "phase",
    "written",
    "stored",
)
_INSERT = f'INSERT INTO "{_EVENT}" ({_NAMES}) VALUES ({_PLACES})'
_MOVE = f'UPDATE "{_WORKSHOP}" SET "sequence" = %s, "status" = %s, "phase" = %s WHERE "id" = %s'
_READ = f'SELECT "sequence", "link_version" FROM "{_WORKSHOP}" WHERE "id" = %s'


def lock(workshop_id: UUID) -> tuple[int, int]:
    """Return the number of the last event and the version of the links; nobody else writes until the commit.

    SQLite has locked the whole database when the transaction began. Raises Workshop.DoesNotExist.
    """
    with connection.cursor() as cursor:
        cursor.execute(_READ + (" FOR UPDATE" if connection.vendor == "postgresql" else ""), [_key(workshop_id)])
        row = cursor.fetchone()
    if row is None:
        raise Workshop.DoesNotExist
    return int(row[0]), int(row[1])


def append(workshop_id: UUID, facts: Sequence[Fact], state: State) -> None:
    """Store new events and what the workshop's own row says; other processes are told at the commit."""
    key = _key(workshop_id)
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT, [_row(key, fact) for fact in facts])
        cursor.execute(_MOVE, [state.seq, state.status, state.index, key])
    undos = [int(fact.payload["seq"]) for fact in facts if fact.verb == "undo"]
    if undos:
        Event.objects.filter(workshop_id=workshop_id, seq__in=undos).update(undone=True)
    tell(workshop_id, str(state.seq))


def since(workshop_id: UUID, seq: int) -> list[Fact]:
    """Return the events after a number, in order."""
    rows = Event.objects.filter(workshop_id=workshop_id, seq__gt=seq).order_by("seq").values_list(*_READ_BACK)
    return [
        Fact(seq, client, number, verb, payload, Actor(actor, role, bench, table), phase, written, stored)
        for seq, client, number, verb, payload, actor, role, bench, table, phase, written, stored in rows
    ]


def tell(workshop_id: UUID, what: str) -> None:
    """Tell all processes, once this transaction is committed: a number of an event, or "links"."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"{workshop_id}:{what}"])


def _key(workshop_id: UUID) -> str:
    """The number as the database keeps it: SQLite has no type of its own for it."""
    return str(workshop_id) if connection.features.has_native_uuid_field else workshop_id.hex


def _row(key: str, fact: Fact) -> tuple[str | int, ...]:
    who = fact.actor
    return (key, fact.seq, fact.client, fact.number, fact.verb, json.dumps(fact.payload), who.id, who.role, who.bench,
            who.table, fact.phase, fact.written, fact.stored, False)  # fmt: skip
