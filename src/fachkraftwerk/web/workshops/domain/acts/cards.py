"""Cards: one thought each, written silently, moved and merged on the wall."""

from __future__ import annotations

from fachkraftwerk.web.workshops.domain.acts.base import (
    Act,
    Count,
    Few,
    Key,
    Line,
    ModeratorAct,
    Number,
    Optional,
    card_of,
    known_field,
    refused,
    unknown,
)
from fachkraftwerk.web.workshops.domain.doubles import hang, reword
from fachkraftwerk.web.workshops.domain.state import MODERATOR, Actor, Card, Fact, Group, State


class WriteCard(Act):
    """Write one card. Its number is the number of the event."""

    verb = "write_card"
    text: Line
    field: Key = ""
    paper: Key = ""

    def check(self, state: State, who: Actor) -> None:
        """Refuse beyond the limit per person and beside the fields."""
        known_field(state, self.field)
        limit = int(state.phase.options.get("limit", 0))
        if limit and who.role != MODERATOR and self._own(state, who) >= limit:
            raise refused(
                409, "limit", f"Jede Person schreibt hier höchstens {limit} Karten.",
                f"Each person writes at most {limit} cards here.",
                "Nehmen Sie eine zurück, um eine neue zu schreiben.", "Withdraw one to write another.",
            )  # fmt: skip

    def _own(self, state: State, who: Actor) -> int:
        return sum(card.author == who.id and card.phase == state.phase.key for card in state.cards.values())

    def apply(self, state: State, fact: Fact) -> None:
        """Hang the card on the wall. Its place is shuffled, so that order tells nothing about who was first."""
        who, table = fact.actor, state.tables.get(fact.actor.table)
        field = self.field or (table.field if table else "")
        card = Card(
            fact.seq, self.text, fact.phase, who.id, who.bench, who.table, field,
            order=(fact.seq * 0.6180339887) % 1.0, paper=self.paper,
        )  # fmt: skip
        hang(state, card)


class EditCard(Act):
    """Change the words of one's own card; the moderation may correct any card."""

    verb = "edit_card"
    card: Number
    text: Line

    def check(self, state: State, who: Actor) -> None:
        """Refuse cards of others."""
        card = card_of(state, self.card)
        if who.role != MODERATOR and card.author != who.id:
            raise refused(
                403, "not_yours", "Das ist nicht Ihre Karte.", "This is not your card.",
                "Schreiben Sie eine eigene.", "Write one of your own.",
            )  # fmt: skip

    def apply(self, state: State, fact: Fact) -> None:
        """Replace the text."""
        if card := state.cards.get(self.card):
            reword(state, card, self.text)


class GroupCards(Act):
    """Put cards together under a heading. The group's number is the number of the event."""

    verb = "group_cards"
    cards: Few
    heading: Optional = ""

    def check(self, state: State, who: Actor) -> None:
        """Refuse unknown cards, and for participants cards of other tables."""
        for number in self.cards:
            _own_table(state, card_of(state, number), who)

    def apply(self, state: State, fact: Fact) -> None:
        """Make the group and move the cards into it."""
        cards = [state.cards[number] for number in self.cards if number in state.cards]
        first = cards[0] if cards else None
        table = first.table if first else fact.actor.table
        field = first.field if first else ""
        group = Group(fact.seq, self.heading, table, first.phase if first else fact.phase, field, float(fact.seq))
        state.groups[fact.seq] = group
        for card in cards:
            card.group = fact.seq


class NameGroup(Act):
    """Give a group its heading."""

    verb = "name_group"
    group: Number
    heading: Line

    def check(self, state: State, who: Actor) -> None:
        """Refuse unknown groups and groups of other tables."""
        group = state.groups.get(self.group)
        if group is None:
            raise unknown("Gruppe", "group")
        if who.role != MODERATOR and group.table not in (0, who.table):
            raise _other_table()

    def apply(self, state: State, fact: Fact) -> None:
        """Set the heading."""
        if group := state.groups.get(self.group):
            group.heading = self.heading


class MoveCard(Act):
    """Move a card into a group (0 = none), to a field, or before another card."""

    verb = "move_card"
    card: Number
    group: Number | None = None
    field: Key | None = None
    before: Number | None = None

    def check(self, state: State, who: Actor) -> None:
        """Refuse unknown places and cards of other tables."""
        _own_table(state, card_of(state, self.card), who)
        if self.group and self.group not in state.groups:
            raise unknown("Gruppe", "group")
        known_field(state, self.field or "")
        if self.before is not None:
            card_of(state, self.before)

    def apply(self, state: State, fact: Fact) -> None:
        """Set group, field and place."""
        card = state.cards.get(self.card)
        if card is None:
            return
        if self.group is not None:
            card.group = self.group
        if self.field is not None:
            card.field = self.field
        if self.before is not None and self.before in state.cards:
            card.order = _order_before(state, card, state.cards[self.before])


class MergeCards(ModeratorAct):
    """Merge doubles into one card. The words of all stay readable; the count is kept."""

    verb = "merge_cards"
    keep: Number
    merge: Few

    def check(self, state: State, who: Actor) -> None:
        """Refuse unknown cards and merging a card into itself."""
        card_of(state, self.keep)
        for number in self.merge:
            card_of(state, number)
        if self.keep in self.merge:
            raise refused(422, "self_merge", "Eine Karte kann nicht mit sich selbst verbunden werden.",
                          "A card cannot be merged with itself.", "Wählen Sie eine andere.", "Choose another.")  # fmt: skip

    def apply(self, state: State, fact: Fact) -> None:
        """Point the doubles at the card that stays."""
        for number in self.merge:
            for card in state.cards.values():
                if card.id == number or card.merged_into == number:
                    card.merged_into = self.keep


class SplitCard(ModeratorAct):
    """Take a card out of the one it was merged into; it hangs on its own again and stays so."""

    verb = "split_card"
    card: Number

    def check(self, state: State, who: Actor) -> None:
        """Refuse cards that hang on their own."""
        if not card_of(state, self.card).merged_into:
            raise refused(409, "single", "Diese Karte hängt für sich.", "This card hangs on its own.",
                          "Laden Sie die Seite neu.", "Reload the page.")  # fmt: skip

    def apply(self, state: State, fact: Fact) -> None:
        """Hang it beside the card that stood for it."""
        if card := state.cards.get(self.card):
            head = state.cards.get(card.merged_into)
            card.group = head.group if head else card.group
            card.merged_into, card.same, card.apart = 0, False, True


class Hide(ModeratorAct):
    """Take a card, measure or existing measure off the wall, or put it back."""

    verb = "hide"
    late = True
    kind: Key = "card"
    id: Number
    on: bool = True

    def check(self, state: State, who: Actor) -> None:
        """Refuse what is not there."""
        if self._target(state) is None:
            raise unknown("Karte", "card")

    def apply(self, state: State, fact: Fact) -> None:
        """Set the mark."""
        if target := self._target(state):
            target.hidden = self.on

    def _target(self, state: State):  # type: ignore[no-untyped-def]
        shelves = {"card": state.cards, "sheet": state.sheets, "existing": state.existing}
        return shelves.get(self.kind, {}).get(self.id)  # type: ignore[attr-defined]


class HandsUp(ModeratorAct):
    """Enter hands counted in the room, for one item of the running vote."""

    verb = "hands_up"
    item: Key
    count: Count

    def apply(self, state: State, fact: Fact) -> None:
        """Keep the last count per item."""
        state.hands.setdefault(fact.phase, {})[self.item] = self.count


def _own_table(state: State, card: Card, who: Actor) -> None:
    if who.role != MODERATOR and not state.tables_of(card) & {0, who.table}:
        raise _other_table()


def _other_table() -> Exception:
    return refused(
        403, "other_table", "Diese Karten liegen an einem anderen Tisch.", "These cards are at another table.",
        "Ordnen Sie die Karten Ihres Tisches.", "Arrange the cards of your own table.",
    )  # fmt: skip


def _order_before(state: State, card: Card, target: Card) -> float:
    """Return an order value between the card before ``target`` and ``target``."""
    lower = [each.order for each in state.cards.values() if each.order < target.order and each.id != card.id]
    return (max(lower) + target.order) / 2 if lower else target.order - 1.0
