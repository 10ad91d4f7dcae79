"""Who stands behind a token or a signed key. Remembered for a minute, so that an act costs no look-up."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from fachkraftwerk.web.workshops.domain import codes, hosting, store
from fachkraftwerk.web.workshops.domain.state import PARTICIPANT, Actor
from fachkraftwerk.web.workshops.live.rooms import DESK, PUBLIC
from fachkraftwerk.web.workshops.models import Participant, Workshop

REMEMBER = 60.0
REVOKED = "revoked:"


@dataclass(frozen=True)
class Sender:
    """Somebody with a valid secret. ``actor`` is None for a screen, which only reads."""

    workshop_id: UUID
    code: str
    audience: str
    actor: Actor | None
    link: int = 0
    """Version of the link they came by; 0 for participants."""


_known: dict[str, tuple[float, Sender | None]] = {}
_forgotten = 0


def remembered(secret: str) -> tuple[bool, Sender | None]:
    """Return whether the secret was looked up lately, and what was found."""
    at, sender = _known.get(secret, (0.0, None))
    return time.monotonic() - at < REMEMBER and at > 0, sender


def look_up(secrets: Sequence[str]) -> dict[str, Sender | None]:
    """Return who these are, asking the database once for all tokens; None for nobody."""
    forgotten = _forgotten
    found: dict[str, Sender | None] = dict.fromkeys(secrets)
    found |= {secret: _by_key(secret) for secret in secrets if ":" in secret}
    found |= _by_tokens([secret for secret in secrets if secret and ":" not in secret])
    if len(_known) > 20_000:
        _known.clear()
    if forgotten == _forgotten:
        now = time.monotonic()
        _known.update((secret, (now, sender)) for secret, sender in found.items())
    return found


def changes() -> int:
    """Return a number that grows whenever somebody was forgotten."""
    return _forgotten


def forget(workshop_id: UUID | None = None, person: str = "") -> None:
    """Forget everybody, those of a workshop who came by a link, or one of its people."""
    global _forgotten
    _forgotten += 1  # first, so that a look-up under way is not remembered
    for secret, (_, sender) in list(_known.items()):
        if workshop_id is None or (sender and sender.workshop_id == workshop_id and _meant(sender, person)):
            _known.pop(secret, None)


def _meant(sender: Sender, person: str) -> bool:
    return sender.actor is not None and sender.actor.id == person if person else sender.link > 0


def revoke(workshop_id: UUID, person: str = "") -> None:
    """Let the old links of a workshop, or the old token of a person, end at once in all processes."""
    forget(workshop_id, person)
    store.tell(workshop_id, f"{REVOKED}{person}")


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
        return Sender(workshop_id, workshop.code, DESK, hosting.moderator(name), version)
    return Sender(workshop_id, workshop.code, PUBLIC, None, version)
