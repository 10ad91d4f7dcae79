"""Changing tables: a plan that mixes benches, rounds in which people meet new people, hosts who stay."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from pydantic import Field as Limits

from fachkraftwerk.web.workshops.domain import seating
from fachkraftwerk.web.workshops.domain.acts.base import ModeratorAct, refused
from fachkraftwerk.web.workshops.domain.state import Actor, Fact, State


class PlanRotation(ModeratorAct):
    """Plan who sits where in each round, so that benches mix and the same people meet seldom."""

    verb = "plan_rotation"
    rounds: Annotated[int, Limits(ge=1, le=6)] = 3

    def check(self, state: State, who: Actor) -> None:
        """Refuse without tables, or with more tables than people who can be told where to go."""
        tables = seating.tables_in_use(state)
        if len(tables) < 2 or len(seating.benches(state)) < len(tables):
            raise refused(409, "tables", "Zum Wechseln braucht es zwei Tische und je Tisch eine Person mit Gerät.",
                          "Changing tables needs two tables and one person with a device at each.",
                          "Bitten Sie alle, unter „Tisch wechseln“ ihren Tisch zu wählen.",
                          "Ask everybody to choose their table under “Change table”.")  # fmt: skip

    def settle(self, state: State) -> dict[str, Any]:
        """Compute the plan for those who are here now, and how evenly people meet in it."""
        from fachkraftwerk.deliberation.rotation import fairness, plan

        tables, people, stay = seating.tables_in_use(state), seating.benches(state), seating.hosts(state)
        made = plan(people, len(tables), self.rounds, stay)
        found = fairness(made, people, list(stay))
        rounds = [{person: tables[place] for person, place in turn.items()} for turn in made.rounds]
        return {"plan": rounds, "fairness": asdict(found) | {"others": len(people) - 1}}

    def apply(self, state: State, fact: Fact) -> None:
        """Keep the plan; the first round begins with the next rotation."""
        state.rotation = list(fact.payload.get("plan", ()))
        state.fairness = dict(fact.payload.get("fairness", {}))
        state.turn = 0


class Rotate(ModeratorAct):
    """Send everybody to the table of the next round."""

    verb = "rotate"

    def check(self, state: State, who: Actor) -> None:
        """Refuse without a plan or after its last round."""
        if state.turn >= len(state.rotation):
            raise refused(409, "no_plan", "Es gibt keine weitere Runde im Plan.", "The plan has no further round.",
                          "Legen Sie einen Wechselplan an.", "Make a rotation plan.")  # fmt: skip

    def settle(self, state: State) -> dict[str, Any]:
        """Seat those who came after the plan was made: where there is room and their bench is rare."""
        return {"late": seating.latecomers(state, state.rotation[state.turn])}

    def apply(self, state: State, fact: Fact) -> None:
        """Seat everybody as planned; whoever said meanwhile that they host a table stays there."""
        if state.turn < len(state.rotation):
            for actor, table in {**state.rotation[state.turn], **fact.payload.get("late", {})}.items():
                if (person := state.people.get(actor)) and not person.host:
                    person.table = table
        state.turn += 1
