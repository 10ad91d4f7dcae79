"""State of a workshop: what the events add up to. Plain data, no database, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as made
from typing import Any

from fachkraftwerk.web.workshops.domain.formats import Format, Phase

PARTICIPANT, MODERATOR, SYSTEM = "participant", "moderator", "system"


@dataclass(frozen=True)
class Actor:
    """Who acts: pseudonym, role, bench, table (0 = none)."""

    id: str
    role: str
    bench: str = ""
    table: int = 0


@dataclass(frozen=True)
class Fact:
    """One event as the fold sees it. Times in milliseconds since 1970."""

    seq: int
    client: str
    number: int
    verb: str
    payload: dict[str, Any]
    actor: Actor
    phase: str
    written: int
    stored: int


@dataclass
class Card:
    """One thought of one person.

    ``merged_into`` is the card that stands for it, ``same`` tells that it was merged by itself because the words are
    equal, ``apart`` that the moderation took it out again: it is never merged by itself once more.
    """

    id: int
    text: str
    phase: str
    author: str
    bench: str
    table: int
    field: str = ""
    group: int = 0
    merged_into: int = 0
    same: bool = False
    apart: bool = False
    hidden: bool = False
    order: float = 0.0
    paper: str = ""


@dataclass
class Group:
    """Cards that belong together, with a heading."""

    id: int
    heading: str
    table: int
    phase: str
    field: str = ""
    order: float = 0.0


@dataclass
class Field:
    """Handlungsfeld of this workshop, mapped to the shared vocabulary.

    ``removed``: a mistake, gone; ``aside``: the room ranked it and goes on with others.
    """

    id: str
    name: str
    vocabulary: str = ""
    removed: bool = False
    aside: bool = False

    @property
    def on(self) -> bool:
        """Whether the room works on it."""
        return not (self.removed or self.aside)


@dataclass
class Existing:
    """A measure that exists already."""

    id: int
    title: str
    owner: str
    field: str
    note: str = ""
    bench: str = ""
    hidden: bool = False


@dataclass
class Sheet:
    """Measure sheet: named values, last writer wins per value; ``cards`` tell where it came from."""

    id: int
    title: str
    cards: tuple[int, ...] = ()
    field: str = ""
    table: int = 0
    values: dict[str, Any] = made(default_factory=dict)
    hidden: bool = False


@dataclass
class Table:
    """A table of the room: its field and the notes of its hosts."""

    number: int
    field: str = ""
    notes: list[tuple[int, str]] = made(default_factory=list)


@dataclass
class Person:
    """A pseudonym in the room. ``slow``: this person asked for more time; ``host``: stays when others change tables."""

    bench: str
    table: int
    proxy: bool = False
    slow: bool = False
    host: bool = False


@dataclass(frozen=True)
class Entry:
    """Line of the log as far as undoing needs it."""

    verb: str
    actor: str
    phase: str
    undoable: bool
    steering: bool = False


Ballots = dict[str, dict[str, Any]]
"""Item of a vote or "" for the whole ballot -> actor -> value."""


@dataclass
class State:
    """Everything the events of a workshop add up to."""

    script: Format
    setup: dict[str, Any] = made(default_factory=dict)
    seq: int = 0
    status: str = "prepared"
    index: int = 0
    started: int = 0
    extended: int = 0
    signed: int = 0
    frozen: bool = False
    frozen_at: int = 0
    ended: dict[str, int] = made(default_factory=dict)
    revealed: set[str] = made(default_factory=set)
    bells: dict[str, int] = made(default_factory=dict)
    rounds: dict[str, int] = made(default_factory=dict)
    people: dict[str, Person] = made(default_factory=dict)
    cards: dict[int, Card] = made(default_factory=dict)
    words: dict[tuple[str, str], list[int]] = made(default_factory=dict)
    groups: dict[int, Group] = made(default_factory=dict)
    fields: dict[str, Field] = made(default_factory=dict)
    existing: dict[int, Existing] = made(default_factory=dict)
    sheets: dict[int, Sheet] = made(default_factory=dict)
    tables: dict[int, Table] = made(default_factory=dict)
    benches: dict[str, str] = made(default_factory=dict)
    ballots: dict[str, Ballots] = made(default_factory=dict)
    hands: dict[str, dict[str, int]] = made(default_factory=dict)
    acted: dict[str, dict[str, int]] = made(default_factory=dict)
    rotation: list[dict[str, int]] = made(default_factory=list)
    fairness: dict[str, Any] = made(default_factory=dict)
    turn: int = 0
    roadmap: dict[int, dict[str, Any]] = made(default_factory=dict)
    next_date: dict[str, str] = made(default_factory=dict)
    stored: dict[tuple[str, int], int] = made(default_factory=dict)
    undone: set[int] = made(default_factory=set)
    log: dict[int, Entry] = made(default_factory=dict)

    @property
    def phase(self) -> Phase:
        """The running step."""
        return self.script.phases[min(self.index, len(self.script.phases) - 1)]

    @property
    def ends(self) -> int:
        """When the running step ends, in milliseconds since 1970; 0 = no timer."""
        return self.started + self.phase.minutes * 60_000 + self.extended if self.started and self.phase.minutes else 0

    def patient(self, actor: str) -> bool:
        """Whether this person has asked for more time."""
        person = self.people.get(actor)
        return person is not None and person.slow

    def ballot(self, vote: str) -> Ballots:
        """Return the ballots of one vote: item -> actor -> value."""
        return self.ballots.setdefault(vote, {})

    def vote_key(self, phase: str) -> str:
        """Return the key under which a phase's votes are counted: the phase, and the round after the first."""
        turn = self.rounds.get(phase, 1)
        return phase if turn == 1 else f"{phase}:{turn}"

    def tables_of(self, card: Card) -> set[int]:
        """Tables at which a card lies: its own, and those of the cards merged into it."""
        return {card.table, *(each.table for each in self.cards.values() if each.merged_into == card.id)}

    def people_at(self, table: int) -> int:
        """Number of people seated at a table."""
        return sum(person.table == table for person in self.people.values())

    def visible_cards(self, phases: tuple[str, ...]) -> list[Card]:
        """Cards of these phases that are neither hidden nor merged away, in the order of the wall."""
        cards = (card for card in self.cards.values() if card.phase in phases and not card.hidden)
        return sorted((card for card in cards if not card.merged_into), key=lambda card: (card.order, card.id))


def bench_of(state: State, actor: str) -> str:
    """Return the bench of a person; after closing the one their ballots still name."""
    person = state.people.get(actor)
    return person.bench if person else state.benches.get(actor, "")


def opening(script: Format, setup: dict[str, Any]) -> State:
    """Return the state before the first event: the script and what the host prepared."""
    state = State(script, setup)
    for raw in setup.get("fields", ()):
        state.fields[raw["id"]] = Field(raw["id"], raw["name"], raw.get("vocabulary", ""))
    for number in range(1, int(setup.get("tables", 0)) + 1):
        state.tables[number] = Table(number)
    for number, field_id in setup.get("table_fields", {}).items():
        state.tables.setdefault(int(number), Table(int(number))).field = field_id
    for index, raw in enumerate(setup.get("existing", ()), start=1):
        state.existing[-index] = Existing(
            -index, raw["title"], raw.get("owner", ""), raw.get("field", ""), raw.get("note", "")
        )
    return state
