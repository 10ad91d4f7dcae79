"""Prioritising: dots, budget ballots, effort and impact, and stances for opinion groups."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field as Limits

from fachkraftwerk.web.workshops.domain.acts.base import Act, ModeratorAct, Number, refused, sheet_of
from fachkraftwerk.web.workshops.domain.state import Actor, Fact, State

Scale = Annotated[int, Limits(ge=1, le=5)]
Dots = Annotated[int, Limits(ge=0, le=100)]


class GiveDots(Act):
    """Spread dots over measures; the whole ballot at once, the last one counts."""

    verb = "give_dots"
    dots: Annotated[dict[Number, Dots], Limits(max_length=200)]

    def check(self, state: State, who: Actor) -> None:
        """Refuse more dots than there are, in all or on one measure."""
        for sheet in self.dots:
            sheet_of(state, sheet)
        given, most = int(state.phase.options.get("dots", 5)), int(state.phase.options.get("per_item", 3))
        if sum(self.dots.values()) > given or max(self.dots.values(), default=0) > most:
            raise refused(422, "dots", f"Sie haben {given} Punkte, höchstens {most} je Maßnahme.",
                          f"You have {given} dots, at most {most} per measure.", "Nehmen Sie Punkte weg.",
                          "Take some away.")  # fmt: skip

    def apply(self, state: State, fact: Fact) -> None:
        """Keep the last ballot of each person; measures without dots are left out."""
        dots = {str(sheet): count for sheet, count in self.dots.items() if count}
        state.ballot(state.vote_key(fact.phase)).setdefault("", {})[fact.actor.id] = dots


class CastBallot(Act):
    """Say which measures deserve the common budget; the last ballot counts."""

    verb = "cast_ballot"
    sheets: Annotated[list[Number], Limits(max_length=200)]

    def check(self, state: State, who: Actor) -> None:
        """Refuse unknown measures."""
        for sheet in self.sheets:
            sheet_of(state, sheet)

    def apply(self, state: State, fact: Fact) -> None:
        """Keep the last ballot of each person."""
        ballot = sorted({str(sheet) for sheet in self.sheets})
        state.ballot(state.vote_key(fact.phase)).setdefault("", {})[fact.actor.id] = ballot


class RateEffort(Act):
    """Rate effort and impact of one measure, each from 1 to 5."""

    verb = "rate_effort"
    sheet: Number
    effort: Scale
    impact: Scale

    def check(self, state: State, who: Actor) -> None:
        """Refuse unknown measures."""
        sheet_of(state, self.sheet)

    def apply(self, state: State, fact: Fact) -> None:
        """Keep the last rating of each person."""
        item = state.ballot(state.vote_key(fact.phase)).setdefault(str(self.sheet), {})
        item[fact.actor.id] = [self.effort, self.impact]


class TakeStance(Act):
    """Agree, disagree or pass on one measure or card."""

    verb = "take_stance"
    item: Number
    stance: Literal["agree", "disagree", "pass"]

    def check(self, state: State, who: Actor) -> None:
        """Refuse what is neither a measure nor a card."""
        if self.item not in state.sheets and self.item not in state.cards:
            sheet_of(state, self.item)

    def apply(self, state: State, fact: Fact) -> None:
        """Keep the last stance of each person."""
        state.ballot(state.vote_key(fact.phase)).setdefault(str(self.item), {})[fact.actor.id] = self.stance


class SetBudget(ModeratorAct):
    """Fix the common budget in the unit of the costs: person-days of the owners, or euros."""

    verb = "set_budget"
    budget: Annotated[int, Limits(ge=1, le=1_000_000_000)]
    unit: Literal["days", "eur"] = "days"

    def apply(self, state: State, fact: Fact) -> None:
        """Keep budget and unit."""
        state.setup = {**state.setup, "budget": self.budget, "unit": self.unit}
