"""The forecast on the wall, the register of existing measures and the gap check."""

from __future__ import annotations

from typing import Literal

from fachkraftwerk.web.workshops.domain.acts.base import (
    Act,
    Key,
    Line,
    ModeratorAct,
    Number,
    Optional,
    known_field,
    refused,
)
from fachkraftwerk.web.workshops.domain.state import Actor, Existing, Fact, State

JUDGEMENTS = ("agree", "too_high", "too_low", "explain")
GAPS = ("enough", "partly", "missing", "unknown")


class JudgeFigure(Act):
    """Say whether a figure fits one's experience; from round two on beside the statistics of the group."""

    verb = "judge_figure"
    figure: Key
    judgement: Literal["agree", "too_high", "too_low", "explain"]
    estimate: Number | None = None
    reason: Optional = ""

    def check(self, state: State, who: Actor) -> None:
        """Refuse figures that do not hang on the wall, and an explanation without words."""
        if self.figure not in {figure["id"] for figure in state.setup.get("figures", ())}:
            raise refused(404, "unknown", "Diese Zahl steht hier nicht zur Debatte.", "This figure is not up for debate.",
                          "Laden Sie die Seite neu.", "Reload the page.")  # fmt: skip
        if self.judgement == "explain" and not self.reason:
            raise refused(422, "reason", "Zum Erklären fehlt ein Satz.", "Explaining needs a sentence.",
                          "Schreiben Sie, was dahinter steckt.", "Write what is behind it.")  # fmt: skip

    def apply(self, state: State, fact: Fact) -> None:
        """Keep the last judgement of each person."""
        value = {"judgement": self.judgement, "estimate": self.estimate, "reason": self.reason}
        state.ballot(state.vote_key(fact.phase)).setdefault(self.figure, {})[fact.actor.id] = value


class OpenRound(ModeratorAct):
    """Open the next Delphi round of the running step."""

    verb = "open_round"

    def check(self, state: State, who: Actor) -> None:
        """Refuse a second round of something nobody has judged."""
        if not state.ballots.get(state.vote_key(state.phase.key)):
            raise refused(409, "empty", "In dieser Runde hat noch niemand geantwortet.", "Nobody has answered yet.",
                          "Warten Sie auf die ersten Antworten.", "Wait for the first answers.")  # fmt: skip

    def apply(self, state: State, fact: Fact) -> None:
        """Raise the round: the statistics of the last one are shown, the answers of the new one not before its end."""
        state.rounds[fact.phase] = state.rounds.get(fact.phase, 1) + 1
        state.revealed.discard(fact.phase)
        state.bells.pop(fact.phase, None)
        state.acted.pop(fact.phase, None)


class AddExisting(Act):
    """Add a measure that exists already."""

    verb = "add_existing"
    title: Line
    owner: Optional = ""
    field: Key = ""
    note: Optional = ""

    def check(self, state: State, who: Actor) -> None:
        """Refuse fields that are not here."""
        known_field(state, self.field)

    def apply(self, state: State, fact: Fact) -> None:
        """Enter it into the register."""
        entry = Existing(fact.seq, self.title, self.owner, self.field, self.note, fact.actor.bench)
        state.existing[fact.seq] = entry


class CheckGap(Act):
    """Judge a field: what exists is enough, partly enough, missing, or one does not know."""

    verb = "check_gap"
    field: Key
    judgement: Literal["enough", "partly", "missing", "unknown"]
    note: Optional = ""

    def check(self, state: State, who: Actor) -> None:
        """Refuse fields that are not here."""
        if not self.field:
            raise refused(422, "field", "Es fehlt das Handlungsfeld.", "The field of action is missing.",
                          "Wählen Sie eines aus der Liste.", "Choose one from the list.")  # fmt: skip
        known_field(state, self.field)

    def apply(self, state: State, fact: Fact) -> None:
        """Keep the last judgement of each person."""
        value = {"judgement": self.judgement, "note": self.note}
        state.ballot(state.vote_key(fact.phase)).setdefault(self.field, {})[fact.actor.id] = value
