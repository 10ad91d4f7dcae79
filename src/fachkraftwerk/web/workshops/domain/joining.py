"""Joining: code, bench, table. No name, no account."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from fachkraftwerk.core.errors import refuse
from fachkraftwerk.web.workshops.domain import codes
from fachkraftwerk.web.workshops.domain.acts.people import BENCHES, unknown_bench
from fachkraftwerk.web.workshops.domain.state import PARTICIPANT, Actor
from fachkraftwerk.web.workshops.models import Participant, Reader, Workshop

LIFETIME = timedelta(days=30)


@dataclass(frozen=True)
class Seat:
    """A fresh seat: the secrets are shown once and stored only as digests."""

    actor: Actor
    token: str
    phrase: str


def find(code: str) -> Workshop:
    """Return the open workshop with this code. Raises Refusal."""
    workshop = Workshop.objects.filter(code=codes.read_code(code)).exclude(status=Workshop.CLOSED).first()
    if workshop is None:
        raise refuse(
            "Diesen Code gibt es nicht oder die Werkstatt ist beendet.", "This code does not exist or the workshop is over.",
            "Vergleichen Sie ihn mit der Leinwand: sechs Zeichen.", "Compare it with the screen: six characters.",
        )  # fmt: skip
    return workshop


def take_seat(workshop: Workshop, bench: str, table: int) -> Seat:
    """Make a pseudonym and seat it. The event is written by the caller's room (``seat_event``)."""
    if bench not in BENCHES:
        raise unknown_bench()
    table = table if 0 <= table <= int(workshop.setup.get("tables", 0)) else 0
    token = codes.new_token()
    for _ in range(5):
        phrase = codes.new_phrase()
        try:
            with transaction.atomic():
                person = _store(workshop, token, phrase, bench, table)
        except IntegrityError:
            continue
        return Seat(Actor(str(person.id), PARTICIPANT, bench, table), token, phrase)
    raise RuntimeError("no free phrase found")


def _store(workshop: Workshop, token: str, phrase: str, bench: str, table: int) -> Participant:
    return Participant.objects.create(
        workshop=workshop, token_hash=codes.digest(token), phrase_hash=codes.digest(phrase, str(workshop.id)),
        bench=bench, table=table, expires=timezone.now() + LIFETIME,
    )  # fmt: skip


def seat_message(seat: Seat) -> dict[str, Any]:
    """Return client, number, verb and payload of the event that seats a person."""
    payload = {"bench": seat.actor.bench, "table": seat.actor.table}
    return {"client": f"join-{uuid.uuid4().hex[:24]}", "number": 1, "verb": "join", "payload": payload}


def by_token(token: str) -> tuple[Actor, uuid.UUID] | None:
    """Return who holds this token and in which workshop; None if it is forged, expired or erased."""
    row = Participant.objects.filter(token_hash=codes.digest(token), expires__gt=timezone.now()).first()
    if row is None:
        return None
    return Actor(str(row.id), PARTICIPANT, row.bench, row.table), row.workshop_id


def re_enter(workshop: Workshop, phrase: str) -> tuple[Actor, str] | None:
    """Return the person of this phrase with a new token; the old token stops working."""
    typed = codes.digest(codes.read_phrase(phrase), str(workshop.id))
    row = Participant.objects.filter(workshop=workshop, phrase_hash=typed, expires__gt=timezone.now()).first()
    if row is None:
        return None
    token = codes.new_token()
    row.token_hash = codes.digest(token)
    row.save(update_fields=["token_hash"])
    return Actor(str(row.id), PARTICIPANT, row.bench, row.table), token


def may_read(workshop: Workshop, tokens: Sequence[str] = (), phrase: str = "") -> bool:
    """Whether somebody was in this workshop, by a token of the device or the four words; until 30 days after closing."""
    digests = [codes.digest(token) for token in tokens]
    if phrase.strip():
        digests.append(codes.digest(codes.read_phrase(phrase), str(workshop.id)))
    held = Q(token_hash__in=digests) | Q(phrase_hash__in=digests)  # in the minute before pseudonyms are erased
    return (
        workshop.readers.filter(digest__in=digests, expires__gt=timezone.now()).exists()
        or workshop.participants.filter(held).exists()
    )


def expire() -> int:
    """Delete guests and readers whose time is over. Return how many."""
    Reader.objects.filter(expires__lte=timezone.now()).delete()
    deleted, _ = Participant.objects.filter(expires__lte=timezone.now()).delete()
    return deleted
