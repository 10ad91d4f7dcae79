"""Series of workshops: the next one begins with what became of the measures of the last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from fachkraftwerk.core.errors import refuse
from fachkraftwerk.web.workshops.domain.record import full_record
from fachkraftwerk.web.workshops.models import Workshop

STATES = {
    "": gettext_lazy("noch nicht gefragt"), "runs": gettext_lazy("läuft"), "stuck": gettext_lazy("stockt"),
    "ended": gettext_lazy("beendet"), "never": gettext_lazy("nicht begonnen"),
}  # fmt: skip
MOST_WORDS = 200


@dataclass(frozen=True)
class Past:
    """A measure of the workshop before: what is known of it now."""

    sheet: int
    title: str
    owner: str
    chosen: bool
    state: str = ""
    note: str = ""
    vocabulary: str = ""


def past(workshop: Workshop) -> list[Past]:
    """Return the measures of the workshop before, chosen ones first; empty without one."""
    if workshop.previous is None:
        return []
    known: Mapping[str, Mapping[str, str]] = workshop.setup.get("became", {})
    record, found = full_record(workshop.previous), []
    words = {field["id"]: field["vocabulary"] for field in record["fields"]}
    for sheet in record["sheets"]:
        said = known.get(str(sheet["id"]), {})
        found.append(Past(sheet["id"], sheet["title"], str(sheet["values"].get("owner", "")),
                          sheet["values"].get("chosen") is True, said.get("state", ""), said.get("note", ""), words.get(sheet["field"], "")))  # fmt: skip
    return sorted(found, key=lambda each: (not each.chosen, each.sheet))


def keep(workshop: Workshop, said: Mapping[int, tuple[str, str]]) -> None:
    """Store state and one sentence per measure, and hang them on the wall of existing measures.

    Raises Refusal once the workshop has begun: the wall belongs to the room then.
    """
    if workshop.status != Workshop.PREPARED:
        raise refuse("Die Werkstatt läuft schon.", "The workshop is running already.",
                     "Der Rückblick gehört in die Vorbereitung; ergänzen Sie im Raum.", "Looking back belongs to preparing; add in the room.")  # fmt: skip
    setup = dict(workshop.setup)
    known = {each.sheet: each for each in past(workshop)}
    setup["became"] = {
        str(sheet): {"state": state, "note": " ".join(note.split())[:MOST_WORDS]}
        for sheet, (state, note) in said.items() if sheet in known and state in STATES
    }  # fmt: skip
    setup["existing"] = _on_wall(workshop, setup, known)
    workshop.setup = setup
    workshop.save(update_fields=["setup"])


def _on_wall(workshop: Workshop, setup: Mapping[str, Any], known: Mapping[int, Past]) -> list[dict[str, str]]:
    """Return the prepared measures with the notes of the past ones; past ones that are missing are added."""
    entries = [dict(each) for each in setup.get("existing", ())]
    fields = {each["vocabulary"]: each["id"] for each in setup.get("fields", ()) if each.get("vocabulary")}
    by_origin = {each.get("origin", ""): each for each in entries}
    for sheet, said in setup["became"].items():
        origin, each = f"{workshop.previous_id}:{sheet}", known[int(sheet)]
        entry = by_origin.get(origin)
        if entry is None:
            entry = next((e for e in entries if e["title"] == each.title and not e.get("origin")), None)
        if entry is None:
            entry = {"title": each.title, "owner": each.owner, "field": ""}
            entries.append(entry)
        field = entry.get("field") or fields.get(each.vocabulary, "")
        entry |= {"origin": origin, "field": field, "note": in_words(said["state"], said["note"])}
    return entries


def in_words(state: str, note: str) -> str:
    """Return "läuft: 310 Beratungen im Jahr"."""
    word = str(STATES[state]) if state else ""
    return ": ".join(filter(None, (word, note)))
