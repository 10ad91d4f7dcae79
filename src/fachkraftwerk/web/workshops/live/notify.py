"""PostgreSQL tells other processes that a workshop moved on; SQLite needs none of this."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from uuid import UUID

from django.db import connection

from fachkraftwerk.web.workshops.domain.store import CHANNEL, ERASED
from fachkraftwerk.web.workshops.live import rooms, senders

log = logging.getLogger(__name__)
_tasks: set[asyncio.Task[None]] = set()


def start(told: Callable[[UUID], None]) -> None:
    """Listen in the background if the database can notify."""
    if connection.vendor != "postgresql":
        return
    task = asyncio.get_running_loop().create_task(_listen(told))
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)


async def _listen(told: Callable[[UUID], None]) -> None:
    while True:
        try:
            await _one_connection(told)
        except Exception as error:  # the polling of the marker goes on meanwhile
            log.warning("listening for notifications failed, trying again: %s", error)
        await asyncio.sleep(2.0)


async def _one_connection(told: Callable[[UUID], None]) -> None:
    import psycopg

    params = connection.get_connection_params()
    wanted = {key: params[key] for key in ("dbname", "user", "password", "host", "port") if params.get(key)}
    async with await psycopg.AsyncConnection.connect(**wanted, autocommit=True) as listener:
        await listener.execute(f"LISTEN {CHANNEL}")
        senders.forget()  # nobody knows what was said while we did not listen
        async for notice in listener.notifies():
            with contextlib.suppress(ValueError):
                _hear(notice.payload, told)


def _hear(payload: str, told: Callable[[UUID], None]) -> None:
    """Take a message: ``workshop:number of an event``, ``:revoked:person or nothing`` or ``:erased``."""
    workshop, _, what = payload.partition(":")
    if what.startswith(senders.REVOKED):
        senders.forget(UUID(workshop), what.removeprefix(senders.REVOKED))
    elif what == ERASED:
        senders.forget()
        rooms.executor().submit(rooms.forget, UUID(workshop))
    else:
        told(UUID(workshop))
