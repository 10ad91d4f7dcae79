"""In which order a person meets the statements of a step, so that all of them get reactions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fachkraftwerk.web.workshops.domain import results
from fachkraftwerk.web.workshops.domain.state import State

KINDS = ("opinion", "gallery")
EVERY = 20
"""Reactions after which the weights are computed anew: in between they hardly move, and a room of sixty asks often."""


class Routing:
    """Remembers the weights of the running step for a while. Owner's thread only."""

    def __init__(self) -> None:
        self._key: tuple[Any, ...] = ()
        self._chances: dict[str, float] = {}

    def queue(self, state: State, actor: str) -> list[str]:
        """Return the statements this person has not answered, in the order to show them; empty in other steps."""
        if state.phase.kind not in KINDS or state.phase.key in state.revealed:
            return []
        from fachkraftwerk.deliberation.routing import order

        known = results.statements(state, state.phase.key)
        votes = state.ballots.get(state.vote_key(state.phase.key), {})
        key = (state.vote_key(state.phase.key), tuple(known), sum(map(len, votes.values())) // EVERY)
        if key != self._key:
            self._key, self._chances = key, chances(state)
        return order([each for each in known if actor not in votes.get(each, {})], self._chances, actor)


def chances(state: State) -> dict[str, float]:
    """Return the weight of each statement of the running step; before the first reaction all weigh the same."""
    from fachkraftwerk.deliberation.routing import even_weights

    room, names = results.agreement_of(state, state.phase.key)
    if not room.persons:
        return dict.fromkeys(names, 1.0)
    return dict(zip(room.statements, even_weights(room).tolist(), strict=True))


def least(state: State) -> int:
    """Return how many people have answered the statement with the fewest answers; 0 without statements."""
    votes = state.ballots.get(state.vote_key(state.phase.key), {})
    answers: Sequence[int] = [len(votes.get(each, {})) for each in results.statements(state, state.phase.key)]
    return min(answers, default=0)
