"""The one write path: check, apply and store acts in one transaction, numbered without a gap."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fachkraftwerk.web.workshops.domain import formats, store
from fachkraftwerk.web.workshops.domain.acts.base import Refused
from fachkraftwerk.web.workshops.domain.admission import Message, admit
from fachkraftwerk.web.workshops.domain.fold import fold, replay
from fachkraftwerk.web.workshops.domain.state import Actor, Fact, State
from fachkraftwerk.web.workshops.models import Workshop


@dataclass
class Book:
    """A workshop in memory: its state and the events it was made of."""

    id: UUID
    code: str
    title: str
    state: State
    region_name: str = ""
    facts: list[Fact] = field(default_factory=list)
    setup: dict[str, Any] = field(default_factory=dict)

    def take(self, fact: Fact) -> None:
        """Add one event; an undo replays the rest."""
        self.facts.append(fact)
        if fact.verb == "undo":
            self.state = replay(self.state.script, self.setup, self.facts)
        else:
            fold(self.state, fact)


@dataclass(frozen=True)
class Answer:
    """What the sender is told. The same for every repetition of the same message."""

    status: int
    body: dict[str, Any]
    new: bool = False


_REVOKED = Answer(
    401,
    {
        "refused": "token",
        "de": "Dieser Link gilt nicht mehr. Bitten Sie den Gastgeber um den neuen.",
        "en": "This link is no longer valid. Ask the host for the new one.",
    },
)
_FOREIGN = Answer(403, {"refused": "client", "de": "Diese Nachricht stammt von jemand anderem. Laden Sie die Seite neu.",
                        "en": "This message is somebody else's. Reload the page."})  # fmt: skip


@dataclass(frozen=True)
class Request:
    """A message and who sent it; ``link`` is the version of the link they came by, 0 for participants."""

    who: Actor
    message: Message
    link: int = 0


def open_book(workshop: Workshop) -> Book:
    """Read a workshop and all its events."""
    script = formats.read(workshop.format)
    book = Book(workshop.id, workshop.code, workshop.title, replay(script, workshop.setup, ()), workshop.region_name)
    book.setup = workshop.setup
    catch_up(book)
    return book


def catch_up(book: Book) -> bool:
    """Take events that another process has stored since. Return whether there were any."""
    return _take(book, store.since(book.id, book.state.seq))


def _take(book: Book, facts: list[Fact]) -> bool:
    book.facts.extend(facts)
    if any(fact.verb == "undo" for fact in facts):
        book.state = replay(book.state.script, book.setup, book.facts)
    else:
        for fact in facts:
            fold(book.state, fact)
    return bool(facts)


def perform(book: Book, requests: Sequence[Request], now: int | None = None) -> list[Answer]:
    """Check, apply and store several acts in one transaction; return one answer each, in order.

    If the transaction fails, nothing of it is stored and the book must be thrown away by the caller.
    """
    now = now or now_ms()
    with transaction.atomic():
        link, missed = store.lock(book.id, book.state.seq)
        _take(book, missed)
        known = len(book.facts)
        answers = [_one(book, request, now, link) for request in requests]
        if len(book.facts) > known:
            store.append(book.id, book.facts[known:], book.state)
            _date(book.id, book.facts[known:])
    return answers


def _date(workshop: UUID, new: Sequence[Fact]) -> None:
    """A workshop without a day has the one on which it was opened."""
    if any(fact.verb == "open" for fact in new):
        Workshop.objects.filter(pk=workshop, day=None).update(day=timezone.localdate())


def _one(book: Book, request: Request, now: int, link: int) -> Answer:
    message, state = request.message, book.state
    if request.link and request.link != link:
        return _REVOKED
    known = state.stored.get((message.client, message.number))
    if known is not None:
        return Answer(200, {"seq": known}) if state.log[known].actor == request.who.id else _FOREIGN
    try:
        act, phase = admit(state, request.who, message, now)
    except Refused as refusal:
        return Answer(
            refusal.status, {"refused": refusal.kind, "de": refusal.message("de"), "en": refusal.message("en")}
        )
    seq = state.seq + 1
    payload = act.model_dump(mode="json") | act.settle(state)
    who = _seated(state, request.who)
    book.take(Fact(seq, message.client, message.number, act.verb, payload, who, phase, message.written(now), now))
    return Answer(200, {"seq": seq}, new=True)


def _seated(state: State, who: Actor) -> Actor:
    """Return the actor at the table where the person sits now."""
    person = state.people.get(who.id)
    return Actor(who.id, who.role, person.bench, person.table) if person else who


def now_ms() -> int:
    """Return the clock of the server, milliseconds since 1970."""
    return time.time_ns() // 1_000_000
