"""Who stands behind a token or a signed key. Remembered for a minute, so that an act costs no look-up."""

from __future__ import annotations

import time
from collections.abc import Sequence
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


def look_up(secrets: Sequence[str]) -> dict[str, Sender | None]:
    """Return who these are, asking the database once for all tokens; None for nobody."""
    found: dict[str, Sender | None] = dict.fromkeys(secrets)
    found |= {secret: _by_key(secret) for secret in secrets if ":" in secret}
    found |= _by_tokens([secret for secret in secrets if secret and ":" not in secret])
    if len(_known) > 20_000:
        _known.clear()
    now = time.monotonic()
    _known.update((secret, (now, sender)) for secret, sender in found.items())
    return found


def forget() -> None:
    """Forget everybody, after pseudonyms were deleted or links renewed."""
    _known.clear()


def _by_tokens(tokens: Sequence[str]) -> dict[str, Sender | None]:
    digests = {codes.digest(token): token for token in tokens}
    people = Participant.objects.filter(token_hash__in=digests, expires__gt=timezone.now())
    rows = people.values_list("token_hash", "id", "bench", "table", "workshop_id", "workshop__code")
    return {
        digests[digest]: Sender(workshop_id, code, PUBLIC, Actor(str(person), PARTICIPANT, bench, table))
        for digest, person, bench, table, workshop_id, code in rows
    }


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
