"""Workshops in memory, owned by one thread: writing, folding and encoding never meet another writer.

Readers get published snapshots: a version (the number of the last event), the encoded full state and the encoded
changes since the version before. Every event is encoded once, whoever listens.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from bisect import bisect_right
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import close_old_connections, connection

from fachkraftwerk.web.workshops.domain import perform as writing
from fachkraftwerk.web.workshops.domain import view
from fachkraftwerk.web.workshops.domain.perform import Answer, Book, Request
from fachkraftwerk.web.workshops.domain.results import Results
from fachkraftwerk.web.workshops.domain.routing import Routing
from fachkraftwerk.web.workshops.domain.state import Actor
from fachkraftwerk.web.workshops.models import Workshop

P = ParamSpec("P")
R = TypeVar("R")
PUBLIC, DESK = "public", "desk"
RING = 300
IDLE = 600.0
log = logging.getLogger(__name__)
_thread = ThreadPoolExecutor(1, thread_name_prefix="workshops")
_owner = threading.local()


@dataclass(frozen=True)
class Frame:
    """One change, encoded once: brings a reader of any version from ``since`` on to ``version``."""

    since: int
    version: int
    data: bytes

    @cached_property
    def event(self) -> bytes:
        """The change as a Server-Sent Event, the same bytes for all who listen."""
        return b"data: " + self.data + b"\n\n"


class Channel:
    """What one audience has been shown. Never changed: a newer one takes its place, so any thread may read it."""

    def __init__(self, version: int = -1, shown: view.View | None = None, frames: tuple[Frame, ...] = ()) -> None:
        self.version = version
        self.shown: view.View = shown or {}
        self.frames = frames

    @cached_property
    def full(self) -> Frame:
        """The whole state of the step, encoded once."""
        data = encode({"since": 0, "version": self.version, "set": self.shown, "del": []})
        return Frame(0, self.version, data)

    def since(self, version: int) -> Sequence[Frame]:
        """Return what a reader of ``version`` lacks: the changes in order, or the full state after a gap."""
        if version == self.version:
            return []
        if version <= 0 or version > self.version or not self.frames or version < self.frames[0].since:
            return [self.full]
        return self.frames[bisect_right(self.frames, version, key=lambda frame: frame.version) :]

    def after(self, version: int, shown: view.View) -> Channel:
        """Return the channel after a change."""
        changed = {key: value for key, value in shown.items() if self.shown.get(key, _NOTHING) != value}
        gone = [key for key in self.shown if key not in shown]
        data = encode({"since": self.version, "version": version, "set": changed, "del": gone})
        kept = (*self.frames[-RING:], Frame(self.version, version, data)) if self.version >= 0 else ()
        return Channel(version, shown, kept)


@dataclass
class Room:
    """A workshop in memory with its audiences."""

    book: Book
    results: Results
    routing: Routing = field(default_factory=Routing)
    channels: dict[str, Channel] = field(default_factory=lambda: {PUBLIC: Channel(), DESK: Channel()})
    looked: float = 0.0
    used: float = 0.0


_rooms: dict[UUID, Room] = {}
_watchers: list[Callable[[UUID], bool]] = []
_NOTHING = object()


def on_thread(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run ``work`` on the thread that owns the rooms and wait for it.

    Inside a transaction of the caller the work must happen on the caller's connection, so it runs at once.
    """
    if connection.in_atomic_block or getattr(_owner, "here", False):
        return work(*args, **kwargs)
    return _thread.submit(_owned, lambda: work(*args, **kwargs)).result()


def executor() -> ThreadPoolExecutor:
    """The thread that owns the rooms, for event loops."""
    return _thread


def owned(work: Callable[[], R]) -> R:
    """Run work on the owner's thread itself (to be submitted to ``executor``)."""
    return _owned(work)


def reading(work: Callable[[], R]) -> R:
    """Run work that only reads, on a thread of its own; a broken connection is not used again."""
    try:
        return work()
    except Exception:
        close_old_connections()
        raise


def _owned(work: Callable[[], R]) -> R:
    _owner.here = True
    try:
        return work()
    except Exception:
        close_old_connections()
        raise


def room(workshop_id: UUID) -> Room:
    """Return the room, read from the database if it is not in memory. Owner's thread only."""
    found = _rooms.get(workshop_id)
    if found is None:
        _forget_idle()
        found = _rooms[workshop_id] = Room(writing.open_book(Workshop.objects.get(pk=workshop_id)), Results())
    found.used = time.monotonic()
    return found


def forget(workshop_id: UUID) -> None:
    """Drop a room; it is read again when needed."""
    _rooms.pop(workshop_id, None)


def _forget_idle() -> None:
    limit = time.monotonic() - IDLE
    for key in [key for key, each in _rooms.items() if each.used < limit]:
        del _rooms[key]


def act(workshop_id: UUID, requests: Sequence[Request]) -> list[Answer]:
    """Perform acts; on a failed transaction forget the room, so that memory never runs ahead of the database."""
    found = room(workshop_id)
    try:
        answers: list[Answer] = writing.perform(found.book, requests)
    except BaseException:
        forget(workshop_id)
        raise
    heard = _tell(workshop_id)
    ended = any(answer.new and each.message.verb == "close" for answer, each in zip(answers, requests, strict=True))
    if ended and not heard:
        erase(workshop_id)
    return answers


def watch(moved: Callable[[UUID], bool]) -> None:
    """Let an event loop hear of acts that came another way; ``moved`` returns False once the loop is gone."""
    _watchers.append(moved)


def _tell(workshop_id: UUID) -> bool:
    """Tell the event loops that a workshop moved on. Return whether any listens: then it erases when it is time."""
    _watchers[:] = [moved for moved in _watchers if moved(workshop_id)]
    return bool(_watchers)


def erase(workshop_id: UUID) -> None:
    """Close for good: delete pseudonyms, in the database and in memory. Owner's thread only."""
    from fachkraftwerk.web.workshops.domain import closing
    from fachkraftwerk.web.workshops.live import senders

    closing.close(Workshop.objects.get(pk=workshop_id))
    forget(workshop_id)
    senders.forget()
    _tell(workshop_id)


def erase_due() -> None:
    """Erase what is due, be it that a killed server still owed it. Owner's thread only."""
    from fachkraftwerk.web.workshops.domain import closing

    for workshop_id in closing.due(writing.now_ms()):
        erase(workshop_id)


def refresh(workshop_id: UUID, patience: float = 0.0) -> Room:
    """Return the room after looking for events of other processes, at most every ``patience`` seconds."""
    found = room(workshop_id)
    if time.monotonic() - found.looked >= patience:
        found.looked = time.monotonic()
        writing.catch_up(found.book)
    return found


def publish(workshop_id: UUID, patience: float = 0.0) -> Room:
    """Bring all audiences up to date. Cheap if nothing changed."""
    found = refresh(workshop_id, patience)
    state = found.book.state
    if found.channels[PUBLIC].version == state.seq:
        return found
    result = found.results.current(state)
    shown = {PUBLIC: view.public(state, result), DESK: view.desk(state, result)}
    found.channels = {name: found.channels[name].after(state.seq, shown[name]) for name in shown}
    return found


def encode(data: Any) -> bytes:
    """Return compact JSON bytes."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def mine(workshop_id: UUID, who: Actor) -> view.View:
    """Return what only this person may see."""
    found = room(workshop_id)
    return view.mine(found.book.state, who) | {"queue": found.routing.queue(found.book.state, who.id)}
