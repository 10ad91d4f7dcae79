"""Measure sheets, and the Fahrplan made of them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field as Limits

from fachkraftwerk.web.workshops.domain.acts.base import (
    Act,
    Key,
    Line,
    ModeratorAct,
    Number,
    Optional,
    Paragraph,
    card_of,
    known_field,
    refused,
    sheet_of,
)
from fachkraftwerk.web.workshops.domain.state import Actor, Fact, Sheet, State

SLOTS = (
    "title", "goal", "target_group", "owner", "owner_state", "partners", "first_step", "first_step_date", "indicator",
    "lever", "strength", "occupation", "cost", "note", "field",
)  # fmt: skip


class OpenSheet(Act):
    """Start a measure sheet from cards or from nothing. Its number is the number of the event."""

    verb = "open_sheet"
    title: Line
    cards: Annotated[list[Number], Limits(max_length=200)] = []
    field: Key = ""

    def check(self, state: State, who: Actor) -> None:
        """Refuse unknown cards and fields."""
        known_field(state, self.field)
        for number in self.cards:
            card_of(state, number)

    def apply(self, state: State, fact: Fact) -> None:
        """Lay the sheet on the table of its author."""
        table = state.tables.get(fact.actor.table)
        field = self.field or next((state.cards[n].field for n in self.cards if n in state.cards), "")
        field = field or (table.field if table else "")
        state.sheets[fact.seq] = Sheet(fact.seq, self.title, tuple(self.cards), field, fact.actor.table)


class FillSheet(Act):
    """Fill one value of a sheet. The last writer of a value wins; other values stay untouched."""

    verb = "fill_sheet"
    sheet: Number
    slot: Key
    value: Paragraph

    def check(self, state: State, who: Actor) -> None:
        """Refuse unknown sheets, slots and values that do not fit the slot."""
        sheet_of(state, self.sheet)
        if self.slot not in SLOTS:
            raise _slot()
        if self.slot == "field":
            known_field(state, self.value)
        if self.slot in ("cost", "strength") and self.value and not _is_number(self.value):
            raise refused(422, "number", "Hier gehört eine Zahl hin.", "This needs a number.",
                          "Schreiben Sie nur Ziffern.", "Write digits only.")  # fmt: skip
        if self.slot == "owner_state" and self.value not in ("", "present", "asked"):
            raise _slot()

    def apply(self, state: State, fact: Fact) -> None:
        """Set the value."""
        sheet = state.sheets.get(self.sheet)
        if sheet is None:
            return
        if self.slot == "title" and self.value:
            sheet.title = self.value
        elif self.slot == "field":
            sheet.field = self.value
        else:
            sheet.values[self.slot] = self.value


class PlanStep(Act):
    """Put a measure on the Fahrplan: quarter, owner, next step; an empty quarter takes it off."""

    verb = "plan_step"
    sheet: Number
    quarter: Annotated[str, Limits(pattern=r"^(20\d\d-Q[1-4])?$")]
    note: Optional = ""

    def check(self, state: State, who: Actor) -> None:
        """Refuse unknown sheets."""
        sheet_of(state, self.sheet)

    def apply(self, state: State, fact: Fact) -> None:
        """Enter or remove the line."""
        if not self.quarter:
            state.roadmap.pop(self.sheet, None)
        else:
            line: dict[str, Any] = {"quarter": self.quarter, "note": self.note}
            state.roadmap[self.sheet] = line


class SetNextDate(ModeratorAct):
    """Fix the next meeting before closing."""

    verb = "set_next_date"
    date: Annotated[str, Limits(pattern=r"^(\d{4}-\d{2}-\d{2})?$")]
    place: Optional = ""

    def apply(self, state: State, fact: Fact) -> None:
        """Keep date and place."""
        state.next_date = {"date": self.date, "place": self.place}


class SetChoice(ModeratorAct):
    """Decide which measures go on, after the room has seen both results."""

    verb = "set_choice"
    sheets: Annotated[list[Number], Limits(max_length=200)]

    def check(self, state: State, who: Actor) -> None:
        """Refuse unknown sheets."""
        for number in self.sheets:
            sheet_of(state, number)

    def apply(self, state: State, fact: Fact) -> None:
        """Mark the chosen ones."""
        for sheet in state.sheets.values():
            sheet.values["chosen"] = sheet.id in self.sheets


def _is_number(value: str) -> bool:
    return value.replace(",", "").replace(".", "").isdigit() and len(value) <= 12


def _slot() -> Exception:
    return refused(422, "slot", "Dieses Feld hat das Maßnahmenblatt nicht.", "The measure sheet has no such field.",
                   "Laden Sie die Seite neu.", "Reload the page.")  # fmt: skip
