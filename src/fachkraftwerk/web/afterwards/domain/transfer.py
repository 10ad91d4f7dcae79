"""The workshop file: all events of a workshop, so that another installation can go on as if it had been there.

Export, import, export gives the same bytes. Secrets of devices and of moderator links never leave the installation.
"""

from __future__ import annotations

from typing import Any

from fachkraftwerk.web.afterwards.domain import shape
from fachkraftwerk.web.workshops.domain.record import full_record
from fachkraftwerk.web.workshops.models import Event, Incident, Workshop

EVENT = ("seq", "client", "number", "verb", "payload", "actor", "role", "bench", "table", "phase", "written", "stored")
INCIDENT = ("kind", "actor", "verb", "note", "count")
LOST_PREVIOUS = "previous_elsewhere"
"""Key in the setup that remembers the workshop before, where it is not on this installation."""


def export(workshop: Workshop) -> bytes:
    """Return the workshop file."""
    events = Event.objects.filter(workshop=workshop).order_by("seq")
    incidents = Incident.objects.filter(workshop=workshop).order_by("at", "kind", "verb", "note", "id")
    return shape.write({
        "format": shape.NAME, "version": shape.VERSION, "workshop": _head(workshop),
        "events": [{name: getattr(event, name) for name in EVENT} for event in events],
        "incidents": [{"at": each.at.isoformat(), **{name: getattr(each, name) for name in INCIDENT}} for each in incidents],
        "record": full_record(workshop),
    })  # fmt: skip


def _head(workshop: Workshop) -> dict[str, Any]:
    setup = dict(workshop.setup)
    elsewhere = setup.pop(LOST_PREVIOUS, None)
    return {
        "id": str(workshop.id), "code": workshop.code, "title": workshop.title, "region": workshop.region,
        "region_name": workshop.region_name, "format": workshop.format, "setup": setup,
        "previous": str(workshop.previous_id) if workshop.previous_id else elsewhere,
        "day": workshop.day.isoformat() if workshop.day else None, "created": workshop.created.isoformat(),
        "closed": workshop.closed.isoformat() if workshop.closed else None,
    }  # fmt: skip
