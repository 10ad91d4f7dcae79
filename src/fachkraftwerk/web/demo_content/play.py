"""Perform a written workshop day: every line becomes an act of a person or the moderation, checked like any other."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from fachkraftwerk.web.workshops.domain import hosting, joining
from fachkraftwerk.web.workshops.domain.acts.forecast import GAPS, JUDGEMENTS
from fachkraftwerk.web.workshops.domain.admission import Message
from fachkraftwerk.web.workshops.domain.formats import Phase
from fachkraftwerk.web.workshops.domain.perform import Request, open_book, perform
from fachkraftwerk.web.workshops.domain.state import SYSTEM, Actor
from fachkraftwerk.web.workshops.models import Workshop

MINUTE = 60_000
Content = Mapping[str, Any]
Wanted = tuple[Actor, str, dict[str, Any]]


class Play:
    """One workshop on stage. ``clock`` is the time of the play in milliseconds since 1970.

    Chance (who likes what) comes from a generator seeded with the title, so that every performance is the same.
    """

    def __init__(self, workshop: Workshop, content: Content, clock: int) -> None:
        self.book = open_book(workshop)
        self.content = content
        self.clock = clock
        self.moderation = hosting.moderator("demo")
        self.chance = random.Random(str(content["title"]))
        self.numbers: Counter[str] = Counter()
        self.people = self._seat(workshop)
        self.cards: dict[str, int] = {}
        self.sheets: list[int] = []

    # --- acting --------------------------------------------------------------------------------------------------

    def acts(self, wanted: Iterable[Wanted]) -> list[int]:
        """Perform acts at the present time of the play; return the numbers of their events. Raises RuntimeError."""
        requests = [Request(who, self._message(who, verb, payload)) for who, verb, payload in wanted]
        answers = perform(self.book, requests, self.clock)
        for request, answer in zip(requests, answers, strict=True):
            if answer.status != 200:
                raise RuntimeError(f"{request.message.verb} {request.message.payload}: {answer.body}")
        return [int(answer.body["seq"]) for answer in answers]

    def steer(self, verb: str, **payload: Any) -> int:
        """Perform one act of the moderation."""
        return self.acts([(self.moderation, verb, payload)])[0]

    def _message(self, who: Actor, verb: str, payload: dict[str, Any]) -> Message:
        client = who.id[:36] if verb != "join" else f"join-{who.id[:24]}"
        self.numbers[client] += 1
        return Message(client, self.numbers[client], verb, payload)

    def _seat(self, workshop: Workshop) -> list[Actor]:
        """Seat everybody, benches spread over the tables."""
        benches = [bench for bench, count in self.content["benches"].items() for _ in range(count)]
        tables = int(self.content["tables"])
        seats = [joining.take_seat(workshop, bench, 1 + i % tables).actor for i, bench in enumerate(benches)]
        joins = [(Actor(each.id, SYSTEM, each.bench, each.table), "join", {"bench": each.bench, "table": each.table})
                 for each in seats]  # fmt: skip
        self.acts(joins)
        return seats

    # --- the course of the day -----------------------------------------------------------------------------------

    def until(self, last: str) -> None:
        """Open the workshop and play every step; the step ``last`` is played and stays open."""
        self.steer("open")
        while True:
            phase, begin = self.book.state.phase, self.clock
            self.clock += MINUTE
            _STEPS.get(phase.kind, _nothing)(self, phase)
            if phase.key == last:
                return
            if phase.hidden:
                self.steer("reveal", phase=phase.key)
            self.clock = begin + phase.minutes * MINUTE
            self.steer("next_phase", leave=phase.key)

    def some(self, share: float) -> list[Actor]:
        """Return those who act in a step: nearly all, never in the order of the benches."""
        return self.chance.sample(self.people, round(share * len(self.people)))

    def at_table(self, field: str) -> list[Actor]:
        """Return people at the tables of a field."""
        tables = next(each["tables"] for each in self.content["fields"] if each["id"] == field)
        return [person for person in self.people if person.table in tables]

    def weighted(self, keys: Sequence[Any], weights: Sequence[float], count: int = 1) -> list[Any]:
        """Draw with replacement."""
        return self.chance.choices(list(keys), weights=list(weights), k=count)


def _nothing(play: Play, phase: Phase) -> None:
    """A step in which people listen."""


def _forecast(play: Play, phase: Phase) -> None:
    """Two rounds: in the second one people have seen the answers of the first and some move towards the middle."""
    first = _judge(play, 1.0)
    if first:
        play.clock += 12 * MINUTE
        play.steer("open_round")
        play.clock += MINUTE
        _judge(play, 0.5)


def _judge(play: Play, apart: float) -> bool:
    """Everybody judges every figure; ``apart`` is how far their own numbers lie from the one shown."""
    acted = False
    for figure in play.book.state.setup.get("figures", ()):
        written = play.content["judgements"].get(figure["id"])
        if written is None:
            continue
        # What was said in the first round need not be said again.
        reasons = list(written["reasons"]) if apart == 1.0 else []
        wanted: list[Wanted] = []
        for person in play.some(0.88):
            said = play.weighted(JUDGEMENTS, written["weights"])[0]
            reason = reasons.pop() if said != "agree" and reasons else ""
            payload = {"figure": figure["id"], "judgement": said if said != "explain" or reason else "agree",
                       "estimate": _estimate(play, said, figure["value"], apart), "reason": reason}  # fmt: skip
            wanted.append((person, "judge_figure", payload))
        play.acts(wanted)
        acted = True
    return acted


def _estimate(play: Play, said: str, value: float, apart: float) -> int | None:
    """Two in three who disagree name a figure of their own, rounded as people do."""
    factor = {"too_high": (0.6, 0.9), "too_low": (1.1, 1.5)}.get(said)
    if factor is None or play.chance.random() < 0.33:
        return None
    return int(round(value * (1 + apart * (play.chance.uniform(*factor) - 1)) / 500) * 500)


def _register(play: Play, phase: Phase) -> None:
    people = play.some(1)
    play.acts([(people[i], "add_existing", dict(each)) for i, each in enumerate(play.content["added_existing"])])


def _fields(play: Play, phase: Phase) -> None:
    wanted: list[Wanted] = []
    for person in play.some(0.93):
        weights = dict(play.content["ranking"][person.bench])
        order: list[str] = []
        for _ in range(int(phase.options.get("places", 3))):
            order += play.weighted(list(weights), list(weights.values()))
            del weights[order[-1]]
        wanted.append((person, "rank_fields", {"order": order}))
    play.acts(wanted)


def _gaps(play: Play, phase: Phase) -> None:
    for field, written in play.content["gaps"].items():
        notes = list(written["notes"])
        play.acts([
            (person, "check_gap", {"field": field, "judgement": play.weighted(GAPS, written["weights"])[0],
                                   "note": notes.pop() if notes else ""})
            for person in play.some(0.85)
        ])  # fmt: skip


def _cards(play: Play, phase: Phase) -> None:
    """Everybody writes in turn; who writes what is left to chance."""
    lines = [(group["field"], text) for group in play.content["groups"] for text in group["cards"]]
    lines += [(each["field"], each["text"]) for each in play.content["loose"]]
    play.chance.shuffle(lines)
    for field, text in lines:
        person = play.chance.choice(play.at_table(field))
        play.clock += MINUTE // 8
        play.cards[text] = play.acts([(person, "write_card", {"text": text, "field": field})])[0]


def _group(play: Play, phase: Phase) -> None:
    for group in play.content["groups"]:
        person = play.at_table(group["field"])[0]
        numbers = [play.cards[text] for text in group["cards"]]
        # The moderation joins cards of two tables with one field.
        play.steer("group_cards", cards=numbers, heading=group["heading"])
        play.clock += MINUTE
        _note(play, person)


def _note(play: Play, person: Actor) -> None:
    for each in play.content["notes"]:
        if each["table"] == person.table and not play.book.state.tables[person.table].notes:
            play.acts([(person, "host_note", {"text": each["text"]})])


def _tables(play: Play, phase: Phase) -> None:
    for each in play.content["late"]:
        person = play.at_table(each["field"])[-1]
        play.acts([(person, "write_card", {"text": each["text"], "field": each["field"]})])
    for each in play.content["notes"]:
        if not play.book.state.tables[each["table"]].notes:
            play.steer("host_note", text=each["text"], table=each["table"])


def _gallery(play: Play, phase: Phase) -> None:
    for written in play.content["stances"]:
        wanted: list[Wanted] = []
        for person in play.some(0.9):
            agrees = "agree" if play.chance.random() < written[person.bench] / 100 else "disagree"
            stance = "pass" if play.chance.random() < 0.1 else agrees
            wanted.append((person, "take_stance", {"item": play.cards[written["text"]], "stance": stance}))
        play.acts(wanted)


def _sheets(play: Play, phase: Phase) -> None:
    for written in play.content["sheets"]:
        person = play.chance.choice(play.at_table(written["field"]))
        cards = [play.cards[text] for text in written["from"]]
        opened = {"title": written["title"], "cards": cards, "field": written["field"]}
        number = play.acts([(person, "open_sheet", opened)])[0]
        play.clock += 4 * MINUTE
        play.acts([(person, "fill_sheet", {"sheet": number, "slot": slot, "value": value})
                   for slot, value in written["values"].items()])  # fmt: skip
        play.sheets.append(number)


def _dots(play: Play, phase: Phase) -> None:
    most, given = int(phase.options.get("per_item", 3)), int(phase.options.get("dots", 5))
    wanted: list[Wanted] = []
    for person in play.some(0.95):
        weights = [each["support"][person.bench] ** 2 for each in play.content["sheets"]]
        drawn = Counter(play.weighted(play.sheets, weights, given))
        wanted.append((person, "give_dots", {"dots": {number: min(count, most) for number, count in drawn.items()}}))
    play.acts(wanted)


def _ballot(play: Play, phase: Phase) -> None:
    if play.book.state.setup.get("budget", 0) == 0:
        play.steer("set_budget", budget=int(play.content["budget"]), unit=play.content["unit"])
    wanted: list[Wanted] = []
    for person in play.some(0.85):
        likes = [number for number, each in zip(play.sheets, play.content["sheets"], strict=True)
                 if play.chance.random() * 100 < each["support"][person.bench]]  # fmt: skip
        wanted.append((person, "cast_ballot", {"sheets": likes}))
    play.acts(wanted)


def _roadmap(play: Play, phase: Phase) -> None:
    planned = [
        (number, each) for number, each in zip(play.sheets, play.content["sheets"], strict=True) if each.get("quarter")
    ]
    for number, each in planned:
        play.steer("plan_step", sheet=number, quarter=each["quarter"], note=each["values"]["first_step"])
    if planned:
        play.steer("set_choice", sheets=[number for number, _ in planned])
    if play.content.get("next_date"):
        written = play.content["next_date"]
        play.steer("set_next_date", date=str(written["date"]), place=written["place"])


_STEPS: dict[str, Callable[[Play, Phase], None]] = {
    "forecast": _forecast, "register": _register, "fields": _fields, "gap": _gaps, "cards": _cards, "group": _group,
    "tables": _tables, "gallery": _gallery, "sheets": _sheets, "dots": _dots, "ballot": _ballot, "roadmap": _roadmap,
}  # fmt: skip
