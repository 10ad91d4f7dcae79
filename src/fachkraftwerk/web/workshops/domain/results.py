"""Results of votes, computed by ``deliberation`` and shaped as plain data for screens, minutes and exports."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from fachkraftwerk.web.workshops.domain.state import State

Result = dict[str, Any]


@dataclass
class Results:
    """Remembers the result of the running vote as long as no vote changes it."""

    _key: tuple[Any, ...] = ()
    _result: Result | None = field(default=None)

    def current(self, state: State) -> Result | None:
        """Return the result of the running step if it has been revealed."""
        if state.phase.key not in state.revealed:
            return None
        key = _signature(state)
        if key != self._key:
            self._key, self._result = key, of_phase(state, state.phase.key)
        return self._result


def _signature(state: State) -> tuple[Any, ...]:
    phase = state.phase.key
    acted = state.acted.get(phase, {})
    hands = tuple(sorted(state.hands.get(phase, {}).items()))
    sheets = tuple((s.id, s.title, s.hidden, s.values.get("cost", "")) for s in state.sheets.values())
    names = tuple((f.id, f.name, f.removed) for f in state.fields.values())
    budget = state.setup.get("budget", 0)
    return phase, state.vote_key(phase), max(acted.values(), default=0), len(state.undone), hands, sheets, names, budget


def of_phase(state: State, phase: str) -> Result | None:
    """Return the result of one step, or None where it has no vote."""
    return None


def has_votes(state: State, phase: str) -> bool:
    """Whether anything was voted or counted in this step."""
    return bool(state.ballots.get(state.vote_key(phase)) or state.hands.get(phase))
