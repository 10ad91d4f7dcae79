"""People in the room: joining, moving, hosting a table, speaking for others."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field as Limits
from pydantic import ValidationError

from fachkraftwerk.web.workshops.domain.acts.base import Act, Key, Line, ModeratorAct, known_field, refused
from fachkraftwerk.web.workshops.domain.state import PARTICIPANT, SYSTEM, Actor, Fact, Person, State, Table
from fachkraftwerk.web.workshops.domain.values import unfit

BENCHES = {
    "wirtschaft": ("Wirtschaft", "Business", "◆"),
    "verwaltung": ("Verwaltung", "Administration", "■"),
    "bildung": ("Bildung", "Education", "▲"),
    "sozialpartner": ("Sozialpartner", "Social partners", "●"),
    "andere": ("Andere", "Others", "★"),
}
Seat = Annotated[int, Limits(ge=0, le=99)]


class Join(Act):
    """Take a seat. Written by the server alone when a person joins."""

    verb = "join"
    roles = frozenset({SYSTEM})
    always = True
    undoable = False
    bench: Key
    table: Seat = 0

    def apply(self, state: State, fact: Fact) -> None:
        """Seat the person."""
        state.people[fact.actor.id] = Person(self.bench, self.table)


class MoveSeat(Act):
    """Go to another table."""

    verb = "move_seat"
    roles = frozenset({PARTICIPANT})
    always = True
    table: Seat

    def check(self, state: State, who: Actor) -> None:
        """Refuse tables that are not in the room."""
        _known_table(state, self.table)

    def apply(self, state: State, fact: Fact) -> None:
        """Move the person."""
        if person := state.people.get(fact.actor.id):
            person.table, person.host = self.table, False


class HostTable(Act):
    """Stay at one's table when the others go on, and tell those who come what lies there; or no longer."""

    verb = "host_table"
    roles = frozenset({PARTICIPANT})
    undoable = False
    on: bool = True

    def check(self, state: State, who: Actor) -> None:
        """Refuse a second host at a table, and hosts without one."""
        person = state.people.get(who.id)
        if person is None or person.table not in state.tables:
            raise _no_table()
        others = (each for actor, each in state.people.items() if actor != who.id)
        if self.on and any(each.host and each.table == person.table for each in others):
            raise refused(409, "host", "An diesem Tisch bleibt schon jemand.", "Somebody stays at this table already.",
                          "Sprechen Sie sich am Tisch ab.", "Agree at the table.")  # fmt: skip

    def apply(self, state: State, fact: Fact) -> None:
        """Set the mark."""
        if person := state.people.get(fact.actor.id):
            person.host = self.on


class NeedTime(Act):
    """Ask for more time, for oneself alone, or give it back. It holds for the rest of the day."""

    verb = "need_time"
    roles = frozenset({PARTICIPANT})
    always = True
    undoable = False
    on: bool = True

    def apply(self, state: State, fact: Fact) -> None:
        """Set the mark; the moderation sees a count, never who."""
        if person := state.people.get(fact.actor.id):
            person.slow = self.on


class HandOver(Act):
    """Note that a shared device went to the next person at the table."""

    verb = "hand_over"
    always = True

    def apply(self, state: State, fact: Fact) -> None:
        """Change nothing: the note is in the log."""


class AssignTable(ModeratorAct):
    """Give a table its field of action."""

    verb = "assign_table"
    table: Seat
    field: Key

    def check(self, state: State, who: Actor) -> None:
        """Refuse unknown tables and fields."""
        _known_table(state, self.table)
        known_field(state, self.field)

    def apply(self, state: State, fact: Fact) -> None:
        """Set the field."""
        state.tables.setdefault(self.table, Table(self.table)).field = self.field


class HostNote(Act):
    """Leave a note for those who come to this table next."""

    verb = "host_note"
    text: Line
    table: Seat = 0

    def check(self, state: State, who: Actor) -> None:
        """Refuse notes of people without a table."""
        _known_table(state, self.table or who.table)

    def apply(self, state: State, fact: Fact) -> None:
        """Add the note."""
        number = self.table or fact.actor.table
        state.tables.setdefault(number, Table(number)).notes.append((fact.seq, self.text))


class ProxyEntry(ModeratorAct):
    """Write or vote for a person without a device. ``person`` keeps one person's votes apart from another's."""

    verb = "proxy_entry"
    act: Key
    payload: dict[str, Any]
    bench: Key = "andere"
    table: Seat = 0
    person: Annotated[int, Limits(ge=1, le=999)] = 1
    verbs: ClassVar[dict[str, type[Act]]] = {}

    def inner(self, who: Actor) -> tuple[Act, Actor]:
        """Return the act and the pseudonym it counts for. Raises Refused for verbs of the moderation."""
        kind = self.verbs.get(self.act)
        if kind is None or PARTICIPANT not in kind.roles:
            raise refused(
                422,
                "verb",
                "Das lässt sich nicht für andere eintragen.",
                "This cannot be entered for others.",
                "Laden Sie die Seite neu.",
                "Reload the page.",
            )
        try:
            return kind.model_validate(self.payload), self._person(who)
        except ValidationError as error:
            raise unfit(error) from error

    def _person(self, who: Actor) -> Actor:
        return Actor(f"proxy-{self.table}-{self.person}", PARTICIPANT, self.bench, self.table)

    def check(self, state: State, who: Actor) -> None:
        """Check the inner act as if the person had sent it."""
        if self.bench not in BENCHES:
            raise unknown_bench()
        act, person = self.inner(who)
        if act.verb not in state.phase.verbs:
            raise refused(
                409,
                "verb",
                "Dieser Schritt sieht das nicht vor.",
                "This step does not provide for that.",
                "Laden Sie die Seite neu.",
                "Reload the page.",
            )
        act.check(state, person)

    def apply(self, state: State, fact: Fact) -> None:
        """Apply the inner act under the pseudonym of the person."""
        kind = self.verbs[self.act]
        person = self._person(fact.actor)
        state.people.setdefault(person.id, Person(self.bench, self.table, proxy=True))
        inner = Fact(
            fact.seq, fact.client, fact.number, self.act, self.payload, person, fact.phase, fact.written, fact.stored
        )
        kind.model_construct(**kind.model_validate(self.payload).model_dump()).apply(state, inner)
        state.acted.setdefault(fact.phase, {})[person.id] = fact.seq


def unknown_bench() -> Exception:
    """Refuse a bench that is not on the list."""
    return refused(422, "bench", "Diese Bank gibt es nicht.", "There is no such bench.", "Wählen Sie eine aus der Liste.",
                   "Choose one from the list.")  # fmt: skip


def _no_table() -> Exception:
    return refused(409, "no_table", "Sie sitzen an keinem Tisch.", "You sit at no table.",
                   "Wählen Sie unter „Tisch wechseln“ Ihren Tisch.", "Choose yours under “Change table”.")  # fmt: skip


def _known_table(state: State, table: int) -> None:
    if table not in state.tables:
        raise refused(404, "unknown", "Diesen Tisch gibt es nicht.", "There is no such table.",
                      "Wählen Sie einen aus der Liste.", "Choose one from the list.")  # fmt: skip
