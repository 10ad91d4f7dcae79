"""Workshops made of acts, for tests: small ones by hand, odd ones by hypothesis."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from hypothesis import strategies as st

from fachkraftwerk.web.workshops.domain import formats, hosting, joining
from fachkraftwerk.web.workshops.domain.admission import Message
from fachkraftwerk.web.workshops.domain.perform import Book, Request, open_book, perform
from fachkraftwerk.web.workshops.domain.state import SYSTEM, Actor
from fachkraftwerk.web.workshops.models import Workshop

NOON = 1_700_000_000_000
BENCHES = ("wirtschaft", "verwaltung", "bildung", "sozialpartner", "andere")
FIGURE = {
    "id": "gap",
    "label": {"de": "Bis 2030 fehlen", "en": "Missing by 2030"},
    "value": 8900,
    "low": 7400,
    "high": 10300,
}
SETUP: dict[str, Any] = {
    "tables": 3, "budget": 60, "unit": "days", "figures": [FIGURE],
    "fields": [{"id": "p1", "name": "Bindung", "vocabulary": "arbeitgeberattraktivitaet"},
               {"id": "p2", "name": "Zuwanderung", "vocabulary": "zuwanderung-integration"}],
    "existing": [{"title": "Ausbildungsatlas", "owner": "Kammern", "field": "p1", "note": ""}],
    "table_fields": {"1": "p1", "2": "p2"},
}  # fmt: skip


def host(name: str = "gastgeberin") -> User:
    """Return a host account."""
    return User.objects.get_or_create(username=name)[0]


def workshop(owner: User | None = None, previous: Workshop | None = None) -> Workshop:
    """Return a prepared workshop."""
    script = formats.shipped()["01-hessen-ein-tag"]
    return hosting.create(
        owner or host(), "Werkstatt <Kassel> & Umland", "06611+06633", "Kassel", script, dict(SETUP), previous
    )


class Stage:
    """Acts on a workshop; refused acts are counted, not raised."""

    def __init__(self, made: Workshop, people: int = 6) -> None:
        self.book: Book = open_book(made)
        self.moderation = hosting.moderator("m")
        self.number = 0
        self.clock = NOON
        seats = [joining.take_seat(made, BENCHES[i % len(BENCHES)], 1 + i % 3).actor for i in range(people)]
        for seat in seats:
            self.act(Actor(seat.id, SYSTEM, seat.bench, seat.table), "join", bench=seat.bench, table=seat.table)
        self.people = seats

    def act(self, who: Actor, verb: str, **payload: Any) -> int:
        """Return the number of the event, or 0 if it was refused."""
        self.number += 1
        self.clock += 100
        client = f"{verb[:9]}-{who.id}"[:36]
        answer = perform(self.book, [Request(who, Message(client, self.number, verb, payload))], self.clock)[0]
        return int(answer.body.get("seq", 0))

    def steer(self, verb: str, **payload: Any) -> int:
        """Act as moderation."""
        return self.act(self.moderation, verb, **payload)

    def go(self, key: str) -> None:
        """Walk on to a step."""
        if self.book.state.status == "prepared":
            self.steer("open")
        while self.book.state.phase.key != key:
            self.steer("next_phase", leave=self.book.state.phase.key)


def small(made: Workshop) -> Stage:
    """Play a small whole day: figure, ranking, cards, a double, sheets, dots, ballots, Fahrplan, next date."""
    stage = Stage(made, 12)
    stage.go("prognose")
    for person in stage.people[:6]:
        stage.act(person, "judge_figure", figure="gap", judgement="too_low", estimate=9500, reason="Wir merken mehr.")
    stage.go("felder")
    for person in stage.people:
        stage.act(person, "rank_fields", order=["p2", "p1"])
    stage.go("luecken")
    stage.act(stage.people[0], "check_gap", field="p1", judgement="missing", note="Kita")
    stage.go("karten")
    texts = (
        "Werksbus zum Schichtwechsel",
        "Werksbus zur Schicht",
        "=SUMME(A1)",
        "<script>alert(1)</script>",
        "#emph[kein Satz]",
        "Mehr Lohn",
    )
    cards = [
        stage.act(stage.people[i], "write_card", text=text, field="p1" if i < 4 else "p2")
        for i, text in enumerate(texts)
    ]
    stage.steer("merge_cards", keep=cards[0], merge=[cards[1]])
    stage.steer("hide", kind="card", id=cards[5])
    stage.go("ordnen")
    assert stage.steer("group_cards", cards=[cards[0], cards[2]], heading="Hinkommen")
    stage.go("galerie")
    for i, person in enumerate(stage.people):
        stage.act(person, "take_stance", item=cards[3], stance="agree" if i % 2 else "disagree")
    stage.go("blaetter")
    bus = stage.act(stage.people[0], "open_sheet", title="Werksbus", cards=[cards[0]], field="p1")
    course = stage.act(stage.people[1], "open_sheet", title="Sprachkurs", field="p2")
    for slot, value in (
        ("owner", "Verkehrsverbund"),
        ("owner_state", "asked"),
        ("first_step", "Zeiten sammeln"),
        ("cost", "40"),
    ):
        stage.act(stage.people[0], "fill_sheet", sheet=bus, slot=slot, value=value)
    stage.act(stage.people[1], "fill_sheet", sheet=course, slot="cost", value="30")
    stage.go("punkte")
    for i, person in enumerate(stage.people):
        stage.act(person, "give_dots", dots={bus: 3, course: 1} if i < 8 else {course: 3})
    stage.go("budget")
    for i, person in enumerate(stage.people):
        stage.act(person, "cast_ballot", sheets=[bus] if i < 7 else [course])
    stage.go("fahrplan")
    stage.steer("plan_step", sheet=bus, quarter="2027-Q1", note="Betriebe einladen")
    stage.steer("set_choice", sheets=[bus])
    stage.steer("set_next_date", date="2027-03-18", place="Kreishaus")
    return stage


_WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)
_NUMBER = st.integers(0, 60)
ACTS = st.one_of(
    st.tuples(st.just("next_phase"), st.just({})),
    st.tuples(st.just("write_card"), st.fixed_dictionaries({"text": _WORDS})),
    st.tuples(st.just("add_existing"), st.fixed_dictionaries({"title": _WORDS, "owner": _WORDS})),
    st.tuples(st.just("propose_field"), st.fixed_dictionaries({"name": _WORDS})),
    st.tuples(st.just("judge_figure"), st.fixed_dictionaries({"figure": st.just("gap"), "judgement": st.just("agree"), "estimate": st.none() | _NUMBER})),
    st.tuples(st.just("open_sheet"), st.fixed_dictionaries({"title": _WORDS})),
    st.tuples(st.just("undo"), st.fixed_dictionaries({"seq": _NUMBER})),
    st.tuples(st.just("proxy_entry"), st.fixed_dictionaries({"act": st.just("write_card"), "payload": st.fixed_dictionaries({"text": _WORDS}), "table": st.just(1)})),
    st.tuples(st.just("paper_card"), st.fixed_dictionaries({"text": _WORDS, "paper": st.sampled_from(["001-A", "002-B", "003-C"])})),
    st.tuples(st.just("plan_rotation"), st.just({"rounds": 2})),
    st.tuples(st.just("set_next_date"), st.fixed_dictionaries({"date": st.just("2027-01-01"), "place": _WORDS})),
)  # fmt: skip
PARTICIPANTS = frozenset({"write_card", "add_existing", "propose_field", "judge_figure", "open_sheet"})


def play(stage: Stage, acts: list[tuple[int, tuple[str, dict[str, Any]]]]) -> None:
    """Perform generated acts; what the step does not allow is refused and leaves no trace."""
    stage.steer("open")
    for seat, (verb, payload) in acts:
        who = stage.people[seat % len(stage.people)] if verb in PARTICIPANTS else stage.moderation
        extra = {"leave": stage.book.state.phase.key} if verb == "next_phase" else {}
        stage.act(who, verb, **payload, **extra)
