"""Closing a workshop: pseudonyms are deleted, cards and results stay.

The end of the day is an event like any other and is told to all at once. What people wrote before it may be on its way
for a minute; then everything that links contributions of one person is erased in one transaction. Until that is done the
row says so (``closed`` is empty), so whoever starts the server next finishes what a killed one owed.
"""

from __future__ import annotations

import random
import secrets
from collections import Counter
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fachkraftwerk.web.workshops.domain import store
from fachkraftwerk.web.workshops.domain.admission import GRACE
from fachkraftwerk.web.workshops.domain.perform import now_ms
from fachkraftwerk.web.workshops.domain.state import MODERATOR, PARTICIPANT
from fachkraftwerk.web.workshops.domain.view import LEAST
from fachkraftwerk.web.workshops.models import Event, Incident, Participant, Reader, Workshop

READING = timedelta(days=30)
"""How long those who were there open the minutes with their device or their four words."""
LATE = GRACE + 2_000
"""Milliseconds after the end until pseudonyms are erased: what was written in time has arrived by then."""
BALLOTS = frozenset(
    {"judge_figure", "check_gap", "rank_fields", "give_dots", "cast_ballot", "rate_effort", "take_stance"}
)


@transaction.atomic
def close(workshop: Workshop) -> None:
    """Close the workshop and erase every trace that links contributions of one person. Cannot be undone.

    Within one vote a person keeps a random number, drawn anew for each vote, so that results can be computed again;
    across votes and cards nothing links any more. Benches of fewer than five people are emptied.
    """
    workshop = Workshop.objects.select_for_update().get(pk=workshop.pk)
    if workshop.closed is not None:
        return
    events = list(Event.objects.filter(workshop=workshop).order_by("seq"))
    if not any(event.verb == "close" for event in events):
        events.append(_closing_event(workshop, len(events)))
    _erase(events)
    store.rewrite(events)
    _let_read(workshop)
    Participant.objects.filter(workshop=workshop).delete()
    Incident.objects.filter(workshop=workshop).update(actor="")
    workshop.status, workshop.sequence, workshop.closed = Workshop.CLOSED, events[-1].seq, timezone.now()
    workshop.save(update_fields=["status", "sequence", "closed"])
    store.tell(workshop.pk, store.ERASED)
    transaction.on_commit(store.scrub)


def due(now: int) -> list[UUID]:
    """Return the workshops that ended ``LATE`` ago or longer and whose pseudonyms are still there."""
    owed = Workshop.objects.filter(status=Workshop.CLOSED, closed=None)
    return [each.pk for each in owed if not each.events.filter(verb="close", stored__gt=now - LATE).exists()]


def _let_read(workshop: Workshop) -> None:
    """Keep what people hold in their hands as digests, in no order and without bench or table: it opens the minutes."""
    until = timezone.now() + READING
    held = Participant.objects.filter(workshop=workshop).values_list("token_hash", "phrase_hash")
    digests = sorted(digest for pair in held for digest in pair)
    Reader.objects.bulk_create([Reader(workshop=workshop, digest=each, expires=until) for each in digests])


def _closing_event(workshop: Workshop, known: int) -> Event:
    now = now_ms()
    return Event.objects.create(
        workshop=workshop, seq=workshop.sequence + 1, client=_nobody(), number=1, verb="close", payload={},
        actor="moderation", role=MODERATOR, written=now, stored=now,
    )  # fmt: skip


def _erase(events: list[Event]) -> None:
    """Replace senders in place: joins by seat numbers, ballots by numbers of their vote, the rest by nobody."""
    small = _small_benches(events)
    numbers: dict[str, dict[str, str]] = {}
    seats = _shuffled({event.actor for event in events if event.verb == "join"}, "seat")
    for event in events:
        event.client, event.number = _nobody(), 1
        if event.bench in small:
            event.bench = ""
        if event.verb == "join":
            event.actor = seats[event.actor]
            event.payload = event.payload | {"bench": "" if event.payload["bench"] in small else event.payload["bench"]}
        elif event.role == PARTICIPANT:
            event.actor = _voter(event, events, numbers)
        if event.verb == "plan_rotation":
            event.payload = {"rounds": event.payload.get("rounds", 3)}
        if event.verb == "rotate":
            event.payload = {}


def _voter(event: Event, events: list[Event], numbers: dict[str, dict[str, str]]) -> str:
    if event.verb not in BALLOTS:
        return ""
    vote = f"{event.phase}/{event.verb}"
    if vote not in numbers:
        same = {each.actor for each in events if each.phase == event.phase and each.verb == event.verb}
        numbers[vote] = _shuffled(same, "voter")
    return numbers[vote][event.actor]


def _small_benches(events: list[Event]) -> set[str]:
    counted = Counter(event.payload.get("bench", "") for event in events if event.verb == "join")
    return {bench for bench, count in counted.items() if count < LEAST}


def _shuffled(actors: set[str], word: str) -> dict[str, str]:
    order = sorted(actors)
    random.SystemRandom().shuffle(order)
    return {actor: f"{word}-{index}" for index, actor in enumerate(order, start=1)}


def _nobody() -> str:
    return f"erased-{secrets.token_hex(12)}"
