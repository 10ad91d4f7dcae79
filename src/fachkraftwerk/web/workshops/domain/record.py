"""The whole workshop as plain data, for minutes, exports, the Fahrplan and the next workshop."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any

from fachkraftwerk.web.workshops.domain import delphi, formats, results
from fachkraftwerk.web.workshops.domain.perform import open_book
from fachkraftwerk.web.workshops.domain.state import State
from fachkraftwerk.web.workshops.domain.view import LEAST, gap_counts
from fachkraftwerk.web.workshops.models import Workshop


def full_record(workshop: Workshop) -> dict[str, Any]:
    """Return everything that was said and decided; never who said it.

    Keys: workshop, script, benches, fields, existing, gaps, figures, cards, groups, sheets, concordance (of the
    judgements of the forecast), results (by step key), roadmap (lines by sheet id), next_date, notes (by table).
    """
    state = open_book(workshop).state
    return {
        "workshop": _head(workshop, state),
        "script": formats.dump(state.script),
        "benches": benches(state),
        "fields": [asdict(field) for field in state.fields.values() if not field.removed],
        "existing": [asdict(entry) for entry in state.existing.values() if not entry.hidden],
        "gaps": _gaps(state),
        "figures": [figure | {"rounds": _rounds(state, figure)} for figure in state.setup.get("figures", ())],
        "concordance": delphi.concordance(state),
        "cards": [_without(asdict(card), "author") for card in state.cards.values() if not card.hidden],
        "groups": [asdict(group) for group in state.groups.values()],
        "sheets": [asdict(sheet) | {"cards": list(sheet.cards)} for sheet in state.sheets.values() if not sheet.hidden],
        "results": {phase.key: results.of_phase(state, phase.key) for phase in state.script.phases
                    if results.has_votes(state, phase.key)},
        "roadmap": {str(sheet): line for sheet, line in sorted(state.roadmap.items()) if sheet in state.sheets},
        "next_date": state.next_date,
        "notes": {str(table.number): [text for _, text in table.notes] for table in state.tables.values() if table.notes},
    }  # fmt: skip


def _head(workshop: Workshop, state: State) -> dict[str, Any]:
    return {
        "id": str(workshop.id), "code": workshop.code, "title": workshop.title, "region": workshop.region,
        "region_name": workshop.region_name, "status": state.status, "day": workshop.day.isoformat() if workshop.day else "",
        "created": workshop.created.isoformat(), "people": len(state.people), "tables": len(state.tables),
        "budget": state.setup.get("budget", 0), "unit": state.setup.get("unit", "days"), "last_event": state.seq,
        "signed": state.signed,
    }  # fmt: skip


def benches(state: State) -> dict[str, int]:
    """Return people per bench; benches of fewer than five are counted together as "" (others)."""
    counted = Counter(person.bench for person in state.people.values())
    shown = {bench: count for bench, count in sorted(counted.items()) if bench and count >= LEAST}
    rest = sum(counted.values()) - sum(shown.values())
    return shown | ({"": rest} if rest else {})


def _gaps(state: State) -> dict[str, Any]:
    phases = [phase.key for phase in state.script.phases if phase.kind == "gap"]
    found: dict[str, Any] = {}
    for phase in phases:
        for field, votes in state.ballots.get(state.vote_key(phase), {}).items():
            found[field] = {"counts": dict(Counter(vote["judgement"] for vote in votes.values())),
                            "notes": [vote["note"] for vote in votes.values() if vote["note"]]}  # fmt: skip
    return found


def _rounds(state: State, figure: dict[str, Any]) -> list[dict[str, Any]]:
    """Statistics of each Delphi round of one figure, with the reasons given."""
    found: list[dict[str, Any]] = []
    before: dict[str, Any] = {}
    for votes in delphi.rounds(state, figure["id"]):
        reasons = [vote["reason"] for vote in votes.values() if vote["reason"]]
        told = delphi.statistics(list(votes.values()), figure["value"])
        found.append(told | {"reasons": reasons} | _stability(before, votes))
        before = votes
    return found


def _stability(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """How many changed their judgement against the round before, and whether a further round is worth it."""
    if len(before.keys() & after.keys()) < LEAST:
        return {}
    from fachkraftwerk.deliberation.delphi import stability

    first, second = (
        {actor: delphi.SCALE[vote["judgement"]] for actor, vote in votes.items()} for votes in (before, after)
    )
    found = stability(first, second, (-1.0, 0.0, 1.0))
    return {"stability": {"n": found.n, "changed": round(found.changed, 3), "stop": found.stop}}


def _without(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key not in names}


__all__ = ["benches", "full_record", "gap_counts"]
