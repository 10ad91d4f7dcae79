"""Cards written on paper, typed in by the moderation: during the day or after it, with the code printed on the card."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field as Limits

from fachkraftwerk.web.workshops.domain.acts.base import Key, Line, ModeratorAct, known_field, refused
from fachkraftwerk.web.workshops.domain.doubles import hang
from fachkraftwerk.web.workshops.domain.state import Actor, Card, Fact, State


class PaperCard(ModeratorAct):
    """Enter a paper card. It hangs with the cards of the first step that asks for cards."""

    verb = "paper_card"
    late = True
    text: Line
    paper: Annotated[str, Limits(pattern=r"^[A-Z0-9-]{1,12}$")]
    field: Key = ""
    table: Annotated[int, Limits(ge=0, le=99)] = 0

    def check(self, state: State, who: Actor) -> None:
        """Refuse a code that is on the wall already, and fields that are not here."""
        known_field(state, self.field)
        if any(card.paper == self.paper for card in state.cards.values()):
            raise refused(409, "double", f"Die Papierkarte {self.paper} ist schon eingetragen.",
                          f"Paper card {self.paper} is entered already.", "Ändern Sie die eingetragene Karte.",
                          "Change the card that is entered.")  # fmt: skip

    def apply(self, state: State, fact: Fact) -> None:
        """Hang the card on the wall, as anybody's."""
        phase = next((step.key for step in state.script.phases if step.kind == "cards"), fact.phase)
        table = state.tables.get(self.table)
        field = self.field or (table.field if table else "")
        hang(state, Card(fact.seq, self.text, phase, "", "", self.table, field,
                         order=(fact.seq * 0.6180339887) % 1.0, paper=self.paper))  # fmt: skip
