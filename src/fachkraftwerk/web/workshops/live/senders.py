"""Who stands behind a token or a signed key. Remembered for a minute, so that an act costs no look-up."""

from __future__ import annotations

import time
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from fachkraftwerk.web.workshops.domain import codes, hosting
from fachkraftwerk.web.workshops.domain.state import PARTICIPANT, Actor
from fachkraftwerk.web.workshops.live.rooms import DESK, PUBLIC
from fachkraftwerk.web.workshops.models import Participant, Workshop

REMEMBER = 60.0


@dataclass(frozen=True)
class Sender:
    """Somebody with a valid secret. ``actor`` is None for a screen, which only reads."""

    workshop_id: UUID
    code: str
    audience: str
    actor: Actor | None


_known: dict[str, tuple[float, Sender | None]] = {}


def remembered(secret: str) -> tuple[bool, Sender | None]:
    """Return whether the secret was looked up lately, and what was found."""
    at, sender = _known.get(secret, (0.0, None))
    return time.monotonic() - at < REMEMBER and at > 0, sender


def look_up(secret: str) -> Sender | None:
    """Return who this is, asking the database; None if nobody."""
    sender = _by_key(secret) if ":" in secret else _by_token(secret)
    if len(_known) > 20_000:
        _known.clear()
    _known[secret] = (time.monotonic(), sender)
    return sender


def forget() -> None:
    """Forget everybody, after pseudonyms were deleted or links renewed."""
    _known.clear()


def _by_token(token: str) -> Sender | None:
    people = Participant.objects.filter(token_hash=codes.digest(token), expires__gt=timezone.now())
    found = people.values_list("id", "bench", "table", "workshop_id", "workshop__code").first()
    if found is None:
        return None
    person, bench, table, workshop_id, code = found
    return Sender(workshop_id, code, PUBLIC, Actor(str(person), PARTICIPANT, bench, table))


def _by_key(signed: str) -> Sender | None:
    read = hosting.read_key(signed)
    if read is None:
        return None
    workshop_id, purpose, version, name = read
    workshop = Workshop.objects.filter(pk=workshop_id, link_version=version).first()
    if workshop is None:
        return None
    if purpose == hosting.MODERATE:
        return Sender(workshop_id, workshop.code, DESK, hosting.moderator(name))
    return Sender(workshop_id, workshop.code, PUBLIC, None)
