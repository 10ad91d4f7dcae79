"""What each audience sees: flat maps from key to plain data, so that a change is a few keys.

Keys: ``room``, ``step``, ``people``, ``tables``, ``roadmap``, and one per thing: ``card:12``, ``group:3``, ``field:f4``,
``sheet:9``, ``existing:5``, ``figure:gap``, ``gap:f4``, ``result``.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from fachkraftwerk.web.workshops.domain.delphi import concordance, statistics
from fachkraftwerk.web.workshops.domain.results import statements
from fachkraftwerk.web.workshops.domain.routing import KINDS, least
from fachkraftwerk.web.workshops.domain.state import Actor, Card, State

View = dict[str, Any]
LEAST = 5
"""Breakdowns are shown from this many people on."""
_SHEETS = ("tables", "gallery", "sheets", "dots", "ballot", "effort", "opinion", "roadmap", "info")
_WALL = frozenset(
    {"group_cards", "name_group", "move_card", "open_sheet", "propose_field", "add_existing", "host_note"}
)
_VOTES = ("dots", "ballot", "effort", "opinion", "fields", "gallery")


def public(state: State, result: Any = None) -> View:
    """What everybody may see now: projector, phones, tablets."""
    view = _frame(state)
    for phase in state.phase.wall:
        if is_open(state, phase):
            view |= _cards(state, phase)
    view |= _things(state)
    if state.phase.kind in _VOTES and state.phase.key in state.revealed:
        view["result"] = result
    return view


def desk(state: State, result: Any = None) -> View:
    """What the moderation sees: hidden cards, counts per table, the last acts. Never names, never single votes."""
    view = _frame(state)
    for phase in state.phase.wall:
        view |= _cards(state, phase, everything=True)
    view |= _things(state, everything=True)
    if state.phase.kind in _VOTES and state.phase.key in state.revealed:
        view["result"] = result
    if state.phase.kind == "forecast" and state.phase.key in state.revealed:
        view["concordance"] = concordance(state)
    if state.phase.kind in KINDS:
        view["answers"] = {"statements": len(statements(state, state.phase.key)), "least": least(state)}
    view["acted"] = acted_by_table(state)
    view["log"] = _log(state)
    view["slow"] = sum(person.slow for person in state.people.values())
    view["script"] = [{"key": p.key, "title": p.title._asdict(), "minutes": p.minutes} for p in state.script.phases]
    view["rotation"] = {"rounds": len(state.rotation), "turn": state.turn, "fairness": state.fairness,
                        "hosts": sum(person.host for person in state.people.values())}  # fmt: skip
    return view


def mine(state: State, who: Actor) -> View:
    """What one person alone may see: own cards and own votes of the running step."""
    person = state.people.get(who.id)
    cards = [card for card in state.cards.values() if card.author == who.id]
    ballots = {
        item: votes[who.id]
        for item, votes in state.ballots.get(state.vote_key(state.phase.key), {}).items()
        if who.id in votes
    }
    first_round = state.ballots.get(state.phase.key, {})
    return {
        "slow": state.patient(who.id),
        "host": bool(person and person.host),
        "bench": person.bench if person else who.bench,
        "table": person.table if person else who.table,
        "cards": [{"id": card.id, "text": card.text, "fate": _fate(state, card)} for card in cards
                  if card.phase in (state.phase.key, *state.phase.wall)],
        "votes": ballots,
        "before": {item: votes[who.id] for item, votes in first_round.items() if who.id in votes}
        if state.rounds.get(state.phase.key, 1) > 1 else {},
    }  # fmt: skip


def is_open(state: State, phase: str) -> bool:
    """Whether the contributions of a step may be read by all: not hidden by the script, or revealed since."""
    step = state.script.phase(phase)
    return phase in state.revealed or (step is not None and not step.hidden)


def acted_by_table(state: State) -> list[dict[str, int]]:
    """Counts per table: how many sit there, how many have acted in this step. Never who."""
    acted = state.acted.get(state.phase.key, {})
    seated = Counter(person.table for person in state.people.values())
    busy = Counter(person.table for actor, person in state.people.items() if actor in acted)
    return [
        {"table": table, "seated": seated[table], "acted": busy[table]}
        for table in sorted(set(seated) | set(state.tables))
    ]


def _frame(state: State) -> View:
    phase = state.phase
    acted = state.acted.get(phase.key, {})
    step = {
        "index": state.index, "count": len(state.script.phases), "key": phase.key, "kind": phase.kind,
        "title": phase.title._asdict(), "prompt": phase.prompt._asdict(), "plain": phase.plain._asdict(),
        "verbs": list(phase.verbs), "started": state.started, "ends": state.ends, "frozen": state.frozen,
        "closes": phase.closes, "hidden": phase.hidden, "revealed": phase.key in state.revealed,
        "open": is_open(state, phase.key), "round": state.rounds.get(phase.key, 1), "options": phase.options, "turn": state.turn,
    }  # fmt: skip
    if phase.kind == "break":
        step["next"] = next((p.title._asdict() for p in state.script.phases[state.index + 1 :]), {})
    return {
        "room": {"status": state.status, "budget": state.setup.get("budget", 0), "unit": state.setup.get("unit", "days")},
        "step": step,
        "people": {"joined": len(state.people), "acted": sum(actor in state.people for actor in acted)},
        "tables": {str(t.number): {"field": t.field, "notes": [text for _, text in t.notes[-5:]]} for t in state.tables.values()},
    }  # fmt: skip


def _cards(state: State, phase: str, everything: bool = False) -> View:
    doubles = Counter(card.merged_into for card in state.cards.values() if card.merged_into)
    view: View = {}
    for card in state.cards.values():
        if card.phase != phase or (not everything and (card.hidden or card.merged_into)):
            continue
        same = doubles.get(card.id, 0)
        shown = _card(card, same, everything)
        if same and len(tables := state.tables_of(card)) > 1:
            shown["tables"] = sorted(tables)
        view[f"card:{card.id}"] = shown
    for group in state.groups.values():
        if group.phase == phase:
            view[f"group:{group.id}"] = {
                "heading": group.heading,
                "table": group.table,
                "field": group.field,
                "order": group.order,
            }
    return view


def _card(card: Card, doubles: int, everything: bool) -> View:
    shown = {
        "text": card.text,
        "table": card.table,
        "field": card.field,
        "group": card.group,
        "order": round(card.order, 6),
    }
    if doubles:
        shown["doubles"] = doubles
    if everything and card.hidden:
        shown["hidden"] = True
    if everything and card.merged_into:
        shown["merged_into"] = card.merged_into
    return shown


def _things(state: State, everything: bool = False) -> View:
    kind = state.phase.kind
    view: View = {
        f"field:{f.id}": {"name": f.name, "vocabulary": f.vocabulary} | ({"aside": True} if f.aside else {})
        for f in state.fields.values()
        if f.on or (kind == "fields" and not f.removed)
    }
    if kind == "forecast":
        view |= {f"figure:{figure['id']}": figure | judged(state, figure) for figure in state.setup.get("figures", ())}
    if kind in ("register", "gap", "tables"):
        view |= {f"existing:{e.id}": {"title": e.title, "owner": e.owner, "field": e.field, "note": e.note, "hidden": e.hidden}
                 for e in state.existing.values() if everything or not e.hidden}  # fmt: skip
    if kind == "gap":
        view |= {f"gap:{field}": gap_counts(state, field) for field, f in state.fields.items() if f.on}
    if kind == "info":
        view["agenda"] = [{"title": p.title._asdict(), "minutes": p.minutes} for p in state.script.phases]
    if kind in _SHEETS:
        view |= {f"sheet:{s.id}": {"title": s.title, "field": s.field, "table": s.table, "cards": list(s.cards), "hidden": s.hidden} | s.values
                 for s in state.sheets.values() if everything or not s.hidden}  # fmt: skip
    if kind in ("roadmap", "info", "sheets"):
        view["roadmap"] = {"lines": {str(k): v for k, v in state.roadmap.items()}, "next": state.next_date}
    return view


def judged(state: State, figure: View) -> View:
    """Counts of one figure, shown once revealed; from round two on with the statistics of the round before."""
    phase = state.phase.key
    votes = list(state.ballots.get(state.vote_key(phase), {}).get(figure["id"], {}).values())
    view: View = {"answered": len(votes)}
    if phase in state.revealed:
        view |= {key: value for key, value in statistics(votes, figure["value"]).items() if key != "n"}
        view["reasons"] = [vote["reason"] for vote in votes if vote["reason"]][-20:]
    turn = state.rounds.get(phase, 1)
    if turn > 1:
        key = phase if turn == 2 else f"{phase}:{turn - 1}"
        before = list(state.ballots.get(key, {}).get(figure["id"], {}).values())
        view["before"] = statistics(before, figure["value"])
    return view


def gap_counts(state: State, field: str) -> View:
    """Counts of the gap check of one field."""
    votes = state.ballots.get(state.vote_key(state.phase.key), {}).get(field, {}).values()
    if state.phase.hidden and state.phase.key not in state.revealed:
        return {"answered": len(votes)}
    return {"answered": len(votes), "counts": dict(Counter(vote["judgement"] for vote in votes)),
            "notes": [vote["note"] for vote in votes if vote["note"]][-20:]}  # fmt: skip


def _fate(state: State, card: Card) -> str:
    """What happened to one's card: the person sees that it was not lost."""
    if card.hidden:
        return "hidden"
    if not is_open(state, card.phase):
        return "waiting"
    if card.merged_into:
        return "merged"
    if any(card.id in sheet.cards for sheet in state.sheets.values()):
        return "measure"
    if card.group:
        return "grouped"
    return "shown"


def _log(state: State) -> list[View]:
    """The last acts that can be taken back, newest first; votes are left out, they belong to their voters."""
    shown = [seq for seq, entry in state.log.items() if entry.undoable and (entry.steering or entry.verb in _WALL)]
    return [
        {"seq": seq, "verb": state.log[seq].verb, "phase": state.log[seq].phase, "undone": seq in state.undone,
         "steering": state.log[seq].steering}
        for seq in reversed(shown[-8:])
    ]  # fmt: skip
