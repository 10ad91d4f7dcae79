"""A workshop with every kind of step, people in it, and the three who may look at a page: owner, colleague, stranger."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from fachkraftwerk.runs import desk as desks
from fachkraftwerk.runs.desk import Desk
from fachkraftwerk.web.workshops.domain import formats, hosting, joining
from fachkraftwerk.web.workshops.domain.admission import Message
from fachkraftwerk.web.workshops.domain.perform import Answer, Request
from fachkraftwerk.web.workshops.domain.state import SYSTEM, Actor, State
from fachkraftwerk.web.workshops.live import rooms
from fachkraftwerk.web.workshops.models import Workshop

FIELDS = [{"id": f"p{n}", "name": name, "vocabulary": word} for n, (name, word) in enumerate(
    (("Ankommen", "zuwanderung-integration"), ("Lernen", "kompetenz-qualifizierung"), ("Bleiben", "arbeitgeberattraktivitaet")), 1)]  # fmt: skip
FIGURE = {"id": "gap", "label": {"de": "Es fehlen", "en": "Missing"}, "text": {"de": "", "en": ""}, "value": 8900.0,
          "low": 7400.0, "high": 10300.0, "address": "2026-1.06633.2030.gap_cumulated.skilled.all.all"}  # fmt: skip


class Hall:
    """Drives one workshop through the one write path, as the live channel does."""

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop
        self._numbers = itertools.count(1)
        self.moderator = hosting.moderator("test")

    def join(self, bench: str = "bildung", table: int = 1) -> joining.Seat:
        """Seat a person."""
        seat = joining.take_seat(self.workshop, bench, table)
        message = Message(**joining.seat_message(seat))
        self.send(Actor(seat.actor.id, SYSTEM, bench, table), message)
        return seat

    def act(self, who: Actor, verb: str, *, phase: str = "", age: int = 0, client: str = "", **payload: Any) -> Answer:
        """Send one act under a fresh number."""
        return self.send(
            who, Message(client or f"client-{who.id[:20]}", next(self._numbers), verb, payload, phase, age)
        )

    def send(self, who: Actor, message: Message) -> Answer:
        """Send a message as it is."""
        answer: Answer = rooms.on_thread(rooms.act, self.workshop.id, [Request(who, message)])[0]
        return answer

    def steer(self, verb: str, **payload: Any) -> Answer:
        """Act as moderator."""
        return self.send(self.moderator, Message("client-moderator", next(self._numbers), verb, payload))

    @property
    def state(self) -> State:
        """State in memory."""
        return rooms.on_thread(rooms.refresh, self.workshop.id).book.state

    def go(self, phase: str) -> None:
        """Go to a step, opening the workshop first."""
        if self.state.status == "prepared":
            assert self.steer("open").status == 200
        while self.state.phase.key != phase:
            assert self.steer("next_phase", leave=self.state.phase.key).status == 200

    def seen(self, audience: str = rooms.PUBLIC) -> dict[str, Any]:
        """What an audience is shown."""
        return rooms.on_thread(rooms.publish, self.workshop.id).channels[audience].shown


@pytest.fixture
def muster_desk(musterland_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Let the workshop ask Musterland for its figures."""
    from fachkraftwerk.edition import open_edition

    desk = Desk(open_edition(musterland_path), draws=20)
    monkeypatch.setitem(desks._OPEN, "", desk)
    monkeypatch.delenv("FACHKRAFTWERK_EDITION", raising=False)
    return desk


@pytest.fixture
def host(db: None) -> User:
    """The owner of the workshop."""
    return User.objects.create_user("host", password="ein-langes-kennwort")


@pytest.fixture
def make(host: User) -> Callable[..., Hall]:
    """Make a workshop with a shipped script."""

    def made(script: str = "01-hessen-ein-tag", **changes: Any) -> Hall:
        setup = {
            "tables": 3,
            "fields": FIELDS,
            "figures": [FIGURE],
            "existing": [{"title": "Bildungspunkt", "field": "p2"}],
        }
        found = formats.shipped()[script]
        return Hall(hosting.create(host, "Probe", "06633", "Landkreis Kassel", found, setup | changes))

    return made


@pytest.fixture
def hall(make: Callable[..., Hall]) -> Hall:
    """The Hessian one-day workshop, prepared."""
    return make()
