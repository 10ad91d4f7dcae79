"""Who stands behind a token or a signed key. Remembered for a minute, so that an act costs no look-up."""

from __future__ import annotations

import time
from dataclasses import dataclass
from uuid import UUID

from fachkraftwerk.web.workshops.domain import hosting, joining
from fachkraftwerk.web.workshops.domain.state import Actor
from fachkraftwerk.web.workshops.live.rooms import DESK, PUBLIC
from fachkraftwerk.web.workshops.models import Workshop

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
    found = joining.by_token(token)
    if found is None:
        return None
    actor, workshop_id = found
    code = Workshop.objects.values_list("code", flat=True).get(pk=workshop_id)
    return Sender(workshop_id, code, PUBLIC, actor)


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
