"""The moderation log: refusals are counted in memory and written at most once a second, so that flooding costs little."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from fachkraftwerk.web.workshops.models import Incident

Key = tuple[UUID | None, str, str, str, str]
_waiting: Counter[Key] = Counter()


def note(workshop_id: UUID | None, kind: str, actor: str = "", verb: str = "", text: str = "") -> bool:
    """Count an incident. Return True if it is the first since the last writing."""
    first = not _waiting
    _waiting[(workshop_id, kind, actor[:60], verb[:30], text[:300])] += 1
    return first


def write() -> int:
    """Write what was counted; the same incident within a minute raises the count of its line. Return the lines."""
    counted = dict(_waiting)
    _waiting.clear()
    lately = timezone.now() - timedelta(minutes=1)
    for (workshop_id, kind, actor, verb, text), count in counted.items():
        same = {"workshop_id": workshop_id, "kind": kind, "actor": actor, "verb": verb, "note": text}
        row = Incident.objects.filter(**same, at__gte=lately).first()
        if row is None:
            Incident.objects.create(**same, count=count)
        else:
            Incident.objects.filter(pk=row.pk).update(count=F("count") + count)
    return len(counted)
