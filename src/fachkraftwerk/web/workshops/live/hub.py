"""The asynchronous side of the live channel: acts gathered into batches, changes handed to whoever listens."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar
from uuid import UUID
from weakref import WeakKeyDictionary

from fachkraftwerk.web.workshops.domain.perform import Answer, Request
from fachkraftwerk.web.workshops.live import notify, rooms, senders
from fachkraftwerk.web.workshops.live.rooms import Channel
from fachkraftwerk.web.workshops.live.senders import Sender

R = TypeVar("R")
TICK, SLOWEST_TICK = 0.2, 0.6
"""Seconds: changes are gathered this long before they go out; longer where a tick costs much."""
PER_LISTENER = 0.0008
"""Seconds of tick for each listener: handing out changes then takes about a tenth of a processor, however many listen."""
ROW, ROWS, BREATH = 40, 16, 0.008
"""Listeners told in one go, number of such rows, seconds between two rows."""
ERASING = 5.0
"""Seconds between two looks whether pseudonyms are due."""
HEARTBEAT = 15.0
PATIENCE = 1.0
BATCH = 64
log = logging.getLogger(__name__)
_readers = ThreadPoolExecutor(1, thread_name_prefix="reading")
_aside = ThreadPoolExecutor(2, thread_name_prefix="rendering")


class Hub:
    """All workshops of one event loop."""

    def __init__(self) -> None:
        self._waiting: dict[UUID, list[tuple[Request, asyncio.Future[Answer]]]] = {}
        self._channels: dict[UUID, dict[str, Channel]] = {}
        self._looked: dict[UUID, float] = {}
        self._changed: dict[UUID, list[asyncio.Event]] = {}
        self._cost: dict[UUID, float] = {}
        self._listeners: dict[UUID, int] = {}
        self._arrivals = 0
        self._unknown: list[tuple[str, asyncio.Future[Sender | None]]] = []
        self._publishing: set[UUID] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.get_running_loop()
        notify.start(self._told)
        rooms.watch(self._moved)
        self._spawn(self._erase_regularly())

    async def submit(self, workshop_id: UUID, request: Request) -> Answer:
        """Hand in one act; several that arrive together share one transaction."""
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        queue = self._waiting.setdefault(workshop_id, [])
        queue.append((request, future))
        if len(queue) == 1:
            self._spawn(self._drain(workshop_id))
        return await future

    async def _drain(self, workshop_id: UUID) -> None:
        while waiting := self._waiting[workshop_id][:BATCH]:
            requests = [request for request, _ in waiting]
            try:
                answers = await self.owned(partial(rooms.act, workshop_id, requests))
            except Exception as error:
                _fail(waiting, error)
            else:
                _answer(waiting, answers)
                self.mark(workshop_id)
            del self._waiting[workshop_id][: len(waiting)]
        del self._waiting[workshop_id]

    async def owned(self, work: Callable[[], R]) -> R:
        """Run work on the thread that owns the rooms."""
        return await asyncio.get_running_loop().run_in_executor(rooms.executor(), rooms.owned, work)

    async def identify(self, secret: str) -> Sender | None:
        """Return who stands behind a secret; a hall that comes back at once is looked up in a few questions."""
        future: asyncio.Future[Sender | None] = asyncio.get_running_loop().create_future()
        self._unknown.append((secret, future))
        if len(self._unknown) == 1:
            self._spawn(self._identify())
        return await future

    async def _identify(self) -> None:
        while waiting := self._unknown[:200]:
            try:
                found = await self.read(partial(senders.look_up, [secret for secret, _ in waiting]))
            except Exception as error:
                _fail(waiting, error)
            else:
                for secret, future in waiting:
                    if not future.done():
                        future.set_result(found[secret])
            del self._unknown[: len(waiting)]

    async def read(self, work: Callable[[], R]) -> R:
        """Run work that only reads the database, beside the writer."""
        return await asyncio.get_running_loop().run_in_executor(_readers, rooms.reading, work)

    async def aside(self, work: Callable[[], R]) -> R:
        """Run work that touches neither rooms nor database (rendering) beside the loop."""
        return await asyncio.get_running_loop().run_in_executor(_aside, work)

    def mark(self, workshop_id: UUID) -> None:
        """Note that something changed; it goes out within one tick."""
        if workshop_id not in self._publishing:
            self._publishing.add(workshop_id)
            self._spawn(self._publish_soon(workshop_id))

    async def _publish_soon(self, workshop_id: UUID) -> None:
        due = self._looked.get(workshop_id, 0.0) + self._tick(workshop_id)
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        self._publishing.discard(workshop_id)
        await self._publish(workshop_id)

    def _tick(self, workshop_id: UUID) -> float:
        """Seconds between two publishings: neither making nor handing out changes may crowd out the acts."""
        wanted = max(10 * self._cost.get(workshop_id, 0.0), PER_LISTENER * self._listeners.get(workshop_id, 0))
        return min(max(TICK, wanted), SLOWEST_TICK)

    async def _publish(self, workshop_id: UUID) -> None:
        self._looked[workshop_id] = time.monotonic()
        fresh, cost = await self.owned(partial(_published, workshop_id))
        known = self._channels.get(workshop_id)
        self._channels[workshop_id] = fresh
        if known is not None and known[rooms.PUBLIC].version == fresh[rooms.PUBLIC].version:
            return
        self._cost[workshop_id] = cost
        self._wake(workshop_id)

    def _wake(self, workshop_id: UUID) -> None:
        """Let all who listen look for what is new, row by row."""
        for place, row in enumerate(self._changed.pop(workshop_id, ())):
            self._loop.call_later(place * BREATH, row.set)

    async def channel(self, workshop_id: UUID, audience: str) -> Channel:
        """Return what an audience may see now, at most ``PATIENCE`` seconds behind other processes."""
        if workshop_id not in self._channels or time.monotonic() - self._looked.get(workshop_id, 0.0) > PATIENCE:
            await self._publish(workshop_id)
        return self._channels[workshop_id][audience]

    async def changes(
        self, workshop_id: UUID, audience: str, version: int, front: bool = False
    ) -> AsyncIterator[bytes]:
        """Yield changes from ``version`` on as Server-Sent Events, and a comment when nothing happens.

        ``front``: is told first (screens and moderation); a large hall is told row by row, so that acts come between.
        """
        row = self._listen(workshop_id, front)
        try:
            while True:
                channel = await self.channel(workshop_id, audience)
                for frame in channel.since(version):
                    yield frame.event
                version = channel.version
                if self._channels[workshop_id][audience].version != version:
                    continue
                if not await self._wait(workshop_id, row):
                    yield b": still here\n\n"
        finally:
            self._listeners[workshop_id] -= 1

    async def _wait(self, workshop_id: UUID, row: int) -> bool:
        rows = self._changed.get(workshop_id)
        if rows is None:
            rows = self._changed[workshop_id] = [asyncio.Event() for _ in range(ROWS)]
        try:
            async with asyncio.timeout(HEARTBEAT):
                return await rows[row].wait()
        except TimeoutError:
            return False

    def _listen(self, workshop_id: UUID, front: bool) -> int:
        """Count a listener and return its row: the front one (screens, moderation) or one further back."""
        listeners = self._listeners.get(workshop_id, 0)
        self._listeners[workshop_id] = listeners + 1
        if listeners == 0:
            self._spawn(self._look_regularly(workshop_id))
        self._arrivals += 1
        return 0 if front else self._arrivals % min(1 + listeners // ROW, ROWS)

    async def _look_regularly(self, workshop_id: UUID) -> None:
        """Look for events of other processes while anybody listens: the marker is the number of the last event."""
        while self._listeners.get(workshop_id, 0) > 0:
            await asyncio.sleep(PATIENCE)
            self.mark(workshop_id)

    def _told(self, workshop_id: UUID) -> None:
        if workshop_id in self._channels:
            self.mark(workshop_id)

    def _moved(self, workshop_id: UUID) -> bool:
        """Hear of an act that came by a plain form. From any thread."""
        if not self._loop.is_running():
            return False
        self._loop.call_soon_threadsafe(self._told, workshop_id)
        return True

    async def _erase_regularly(self) -> None:
        """Erase the pseudonyms of workshops that ended a minute ago, and those a killed server still owed."""
        while True:
            try:
                await self.owned(rooms.erase_due)
            except Exception as error:  # the next turn tries again
                log.warning("erasing pseudonyms failed, trying again: %s", error)
            await asyncio.sleep(ERASING)

    def later(self, seconds: float, work: Callable[[], object]) -> None:
        """Run work on the owner's thread after a while."""

        async def wait() -> None:
            await asyncio.sleep(seconds)
            await self.owned(work)

        self._spawn(wait())

    def _spawn(self, work: object) -> None:
        task: asyncio.Task[None] = asyncio.get_running_loop().create_task(work)  # type: ignore[arg-type]
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _published(workshop_id: UUID) -> tuple[dict[str, Channel], float]:
    """Return the channels brought up to date, and the seconds it took. On the owner's thread."""
    begun = time.perf_counter()
    return rooms.publish(workshop_id).channels, time.perf_counter() - begun


def _answer(waiting: list[tuple[Request, asyncio.Future[Answer]]], answers: list[Answer]) -> None:
    for (_, future), answer in zip(waiting, answers, strict=True):
        if not future.done():
            future.set_result(answer)


def _fail(waiting: Sequence[tuple[object, asyncio.Future[Any]]], error: Exception) -> None:
    for _, future in waiting:
        if not future.done():
            future.set_exception(error)


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub() -> Hub:
    """Return the hub of the running loop."""
    loop = asyncio.get_running_loop()
    found = _hubs.get(loop)
    if found is None:
        found = _hubs[loop] = Hub()
    return found
