"""The minutes of a stored workshop: its record with the words readers see."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.reports import minutes
from fachkraftwerk.web.workshops.domain import effect
from fachkraftwerk.web.workshops.domain.acts.fields import VOCABULARY
from fachkraftwerk.web.workshops.domain.acts.people import BENCHES
from fachkraftwerk.web.workshops.domain.record import full_record
from fachkraftwerk.web.workshops.models import Event, Incident, Workshop
from fachkraftwerk.web.workshops.views import wordings


def document(workshop: Workshop, lang: str) -> minutes.Document:
    """Return the minutes in one language."""
    return minutes.document(record(workshop), names(lang), lang)


def record(workshop: Workshop) -> dict[str, Any]:
    """Return the record of the workshop with the figures of its moderation log."""
    hidden = Event.objects.filter(workshop=workshop, verb="hide", undone=False).count()
    log = {
        "events": workshop.sequence,
        "hidden": hidden,
        "incidents": Incident.objects.filter(workshop=workshop).count(),
    }
    found = full_record(workshop)
    before = workshop.previous
    known = {"title": before.title, "day": before.day.isoformat() if before.day else ""} if before else None
    return found | {
        "log": log,
        "effects": _effects(found["sheets"], workshop.region),
        "previous": known,
        "existing": [_with_origin(each, workshop) for each in found["existing"]],
    }


def _effects(sheets: list[dict[str, Any]], region: str) -> dict[str, Any]:
    """Return what each sheet's lever changes in the gap, by sheet; left out where it cannot be computed."""
    found = {}
    for sheet in sheets:
        values = sheet["values"]
        try:
            if lever := values.get("lever"):
                dose = effect.parse_dose(str(values.get("strength", "")))
                found[str(sheet["id"])] = effect.effect(region, str(lever), dose)._asdict()
        except (Refusal, KeyError, ValueError, FileNotFoundError):
            continue
    return found


def _with_origin(entry: dict[str, Any], workshop: Workshop) -> dict[str, Any]:
    """Mark measures of the workshop before; prepared measures have the numbers -1, -2 and so on."""
    prepared = workshop.setup.get("existing", ())
    place = -entry["id"] - 1
    return entry | {"origin": prepared[place].get("origin", "") if 0 <= place < len(prepared) else ""}


def names(lang: str) -> minutes.Names:
    """Return the words of all keys in one language."""
    place = 1 if lang.startswith("en") else 0
    with translation.override(lang):
        return minutes.Names(
            benches={key: words[place] for key, words in BENCHES.items()},
            judgements={key: str(word) for key, word in wordings.JUDGEMENTS},
            gaps={key: str(word) for key, word in wordings.GAPS},
            strengths={key: str(word) for key, word in wordings.STRENGTHS.items()},
            quadrants={key: str(word) for key, word in wordings.QUADRANTS.items()},
            levers={key: str(word) for key, word in wordings.LEVERS},
            vocabulary={key: words[place] for key, words in VOCABULARY.items()},
        )
