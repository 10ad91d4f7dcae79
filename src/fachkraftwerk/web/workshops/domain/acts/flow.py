"""The course of the day: open, next step, extend, freeze, reveal, undo, close."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field as Limits

from fachkraftwerk.web.workshops.domain.acts.base import Act, Key, ModeratorAct, Number, refused
from fachkraftwerk.web.workshops.domain.state import MODERATOR, Actor, Fact, State


class OpenWorkshop(ModeratorAct):
    """Start the day: the first step runs, people may act."""

    verb = "open"

    def check(self, state: State, who: Actor) -> None:
        """Refuse to open twice."""
        if state.status != "prepared":
            raise _twice()

    def apply(self, state: State, fact: Fact) -> None:
        """Start the first step."""
        state.status, state.started, state.extended = "running", fact.stored, 0


class NextPhase(ModeratorAct):
    """Ring the bell and go to the next step. ``leave`` names the step one leaves, so that a double click does not skip one."""

    verb = "next_phase"
    leave: Key

    def check(self, state: State, who: Actor) -> None:
        """Refuse beyond the last step, and if somebody else was faster."""
        _expect(state, self.leave)
        if state.index + 1 >= len(state.script.phases):
            raise refused(409, "last", "Das war der letzte Schritt.", "That was the last step.",
                          "Schließen Sie die Werkstatt.", "Close the workshop.")  # fmt: skip

    def apply(self, state: State, fact: Fact) -> None:
        """Close the running step and start the next."""
        _go(state, state.index + 1, fact)


class PreviousPhase(ModeratorAct):
    """Go back one step. Contributions stay."""

    verb = "previous_phase"
    leave: Key

    def check(self, state: State, who: Actor) -> None:
        """Refuse before the first step, and if somebody else was faster."""
        _expect(state, self.leave)
        if state.index == 0:
            raise refused(
                409, "first", "Das ist der erste Schritt.", "This is the first step.", "Gehen Sie weiter.", "Go on."
            )

    def apply(self, state: State, fact: Fact) -> None:
        """Close the running step and start the one before."""
        _go(state, state.index - 1, fact)


class Extend(ModeratorAct):
    """Give the running step more minutes, or fewer."""

    verb = "extend"
    minutes: Annotated[int, Limits(ge=-60, le=120)]

    def apply(self, state: State, fact: Fact) -> None:
        """Move the end. A step that is over already gets its minutes from now on."""
        overdue = max(0, fact.stored - state.ends) if state.ends and self.minutes > 0 else 0
        state.extended += self.minutes * 60_000 + overdue


class Freeze(ModeratorAct):
    """Stop all input, or allow it again."""

    verb = "freeze"
    on: bool = True

    def apply(self, state: State, fact: Fact) -> None:
        """Set the mark; what was written before still counts if it arrives in time."""
        state.frozen = self.on
        state.frozen_at = fact.stored if self.on else 0


class Reveal(ModeratorAct):
    """Show what was hidden in a step (cards or totals), or hide it again. Totals shown end the vote."""

    verb = "reveal"
    phase: Key
    on: bool = True

    def check(self, state: State, who: Actor) -> None:
        """Refuse unknown steps."""
        if state.script.phase(self.phase) is None:
            raise refused(
                404,
                "unknown",
                "Diesen Schritt gibt es nicht.",
                "There is no such step.",
                "Laden Sie die Seite neu.",
                "Reload the page.",
            )

    def apply(self, state: State, fact: Fact) -> None:
        """Set or remove the mark."""
        if self.on:
            state.revealed.add(self.phase)
            state.bells[self.phase] = fact.stored
        else:
            state.revealed.discard(self.phase)
            state.bells.pop(self.phase, None)


class Undo(Act):
    """Take back an act: one's own, or any as moderator. It stays in the log and can be undone in turn."""

    verb = "undo"
    always = True
    undoable = True
    seq: Number

    def check(self, state: State, who: Actor) -> None:
        """Refuse acts of others, acts that are gone and acts that cannot be taken back."""
        target = state.log.get(self.seq)
        if target is None or not target.undoable:
            raise refused(
                404,
                "unknown",
                "Das lässt sich nicht zurücknehmen.",
                "This cannot be undone.",
                "Laden Sie die Seite neu.",
                "Reload the page.",
            )
        if who.role != MODERATOR and target.actor != who.id:
            raise refused(
                403,
                "not_yours",
                "Das war nicht Ihr Beitrag.",
                "This was not your contribution.",
                "Bitten Sie die Moderation.",
                "Ask the moderation.",
            )
        if who.role != MODERATOR and (target.phase != state.phase.key or state.frozen):
            raise refused(
                409,
                "closed",
                "Dieser Schritt ist vorbei.",
                "This step is over.",
                "Bitten Sie die Moderation.",
                "Ask the moderation.",
            )
        if self.seq in state.undone:
            raise refused(
                409,
                "undone",
                "Das ist schon zurückgenommen.",
                "This is undone already.",
                "Sie müssen nichts tun.",
                "You need do nothing.",
            )

    def apply(self, state: State, fact: Fact) -> None:
        """Mark the target; whoever holds the events replays them without it."""
        state.undone.add(self.seq)


class CloseWorkshop(ModeratorAct):
    """Close the day. Pseudonyms are deleted afterwards; cards stay."""

    verb = "close"
    undoable = False

    def check(self, state: State, who: Actor) -> None:
        """Refuse before the start."""
        if state.status != "running":
            raise refused(409, "not_running", "Die Werkstatt läuft nicht.", "The workshop is not running.")

    def apply(self, state: State, fact: Fact) -> None:
        """End the last step."""
        state.ended[state.phase.key] = fact.stored
        state.status = "closed"


class SignOff(ModeratorAct):
    """Declare the minutes final. Until then paper cards can be entered after closing, and cards hidden."""

    verb = "sign_off"
    late = True
    undoable = False

    def check(self, state: State, who: Actor) -> None:
        """Refuse before closing."""
        if state.status != "closed":
            raise refused(409, "running", "Die Werkstatt läuft noch.", "The workshop is still running.",
                          "Schließen Sie sie zuerst.", "Close it first.")  # fmt: skip

    def apply(self, state: State, fact: Fact) -> None:
        """Note the moment."""
        state.signed = fact.stored


def _go(state: State, index: int, fact: Fact) -> None:
    state.ended[state.phase.key] = fact.stored
    state.index = min(max(index, 0), len(state.script.phases) - 1)
    state.started, state.extended, state.frozen, state.frozen_at = fact.stored, 0, False, 0
    state.ended.pop(state.phase.key, None)


def _expect(state: State, leave: str) -> None:
    if state.status != "running":
        raise refused(409, "not_running", "Die Werkstatt läuft nicht.", "The workshop is not running.",
                      "Eröffnen Sie sie zuerst.", "Open it first.")  # fmt: skip
    if leave != state.phase.key:
        raise refused(409, "moved", "Der Schritt ist schon gewechselt.", "The step has changed already.",
                      "Sehen Sie auf die Leinwand.", "Look at the screen.")  # fmt: skip


def _twice() -> Exception:
    return refused(
        409,
        "open",
        "Die Werkstatt ist schon eröffnet.",
        "The workshop is open already.",
        "Gehen Sie zum nächsten Schritt.",
        "Go to the next step.",
    )
