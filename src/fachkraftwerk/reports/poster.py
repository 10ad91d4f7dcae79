"""The Fahrplan as a poster: A1, fields of action down, quarters across."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fachkraftwerk.reports import typeset
from fachkraftwerk.reports.minutes import after, weighing
from fachkraftwerk.reports.minutes.wording import Say, date, field_names

Record = Mapping[str, Any]


def poster(record: Record, lang: str = "de") -> bytes:
    """Return the poster as PDF, always one page."""
    return typeset.pdf("poster", content(record, lang))


def content(record: Record, lang: str = "de") -> dict[str, Any]:
    """Return what the poster shows: columns, rows with cells of measures, next date.

    Chosen measures without a quarter stand in a last column, so that nothing the room wants is lost.
    """
    say = Say(lang)
    planned = {sheet["id"]: line["quarter"] for line, sheet in after.lines(record)}
    open_end = [
        sheet["id"]
        for sheet in record["sheets"]
        if sheet["id"] in weighing.chosen(record) and sheet["id"] not in planned
    ]
    quarters = sorted(set(planned.values())) + ([""] if open_end else [])
    shown = planned | dict.fromkeys(open_end, "")
    rows = _rows(record, shown, quarters, say)
    head = record["workshop"]
    return {
        "title": say(f"Fahrplan {head['region_name']}", f"Fahrplan {head['region_name']}"), "lang": say.lang,
        "subtitle": " · ".join(filter(None, (head["title"], date(head["day"], say.lang)))),
        "columns": [after.quarter(key, say) or say("Beginn offen", "start open") for key in quarters],
        "rows": rows,
        "empty": say("Hier stehen die Maßnahmen, sobald der Raum Quartale festlegt.", "Measures stand here once the room sets quarters."),
        "next": {"label": say("Wir sehen uns wieder", "We meet again"), "value": after.next_date(record, say)},
        "words": {"field": say("Handlungsfeld", "Field of action"), "owner": say("Träger", "Owner"),
                  "step": say("Erster Schritt", "First step"), "sign": say("Woran wir es merken", "How we notice")},
        "foot": say("Version 0, wie sie im Raum entstand. Angefragt heißt: noch nicht zugesagt.",
                    "Version 0, as it came about in the room. Asked means: not agreed yet."),
    }  # fmt: skip


def _rows(record: Record, shown: Mapping[int, str], quarters: list[str], say: Say) -> list[dict[str, Any]]:
    names = [*field_names(record).items(), ("", say("Ohne Handlungsfeld", "Without a field"))]
    known = {key for key, _ in names}
    rows = []
    for place, (key, name) in enumerate(names):
        mine = [s for s in record["sheets"] if s["id"] in shown and (s["field"] if s["field"] in known else "") == key]
        if mine:
            cells = [[_measure(s, say) for s in mine if shown[s["id"]] == quarter] for quarter in quarters]
            rows.append({"field": name, "shape": place % 4, "cells": cells})
    return rows


def _measure(sheet: Record, say: Say) -> dict[str, str]:
    values = sheet["values"]
    return {"title": sheet["title"], "owner": weighing.owner(sheet, say), "step": str(values.get("first_step", "")),
            "sign": str(values.get("indicator", ""))}  # fmt: skip
