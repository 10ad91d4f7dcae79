"""What the room thinks of a figure: statistics of each round, and the last one as an assumption of a scenario.

Who says that a figure fits has named it: the figure shown counts as that person's estimate, beside the numbers of
those who would change it. Without them the median would be that of the dissenters alone.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.core.figure import Figure
from fachkraftwerk.runs.judgements import JUDGED, LEAST, Judgement
from fachkraftwerk.web.workshops.domain.state import State, bench_of

Vote = Mapping[str, Any]
MOST_REASONS = 6


def estimates(votes: Iterable[Vote], shown: float | None) -> list[float]:
    """Return the numbers people stand for, sorted; ``shown`` is the figure on the wall."""
    named = (shown if vote["estimate"] is None and vote["judgement"] == "agree" else vote["estimate"] for vote in votes)
    return sorted(float(each) for each in named if each is not None)


def statistics(votes: list[Any], shown: float | None) -> dict[str, Any]:
    """Return counts and, from five numbers on, their count, median and quartiles."""
    found: dict[str, Any] = {"counts": dict(Counter(vote["judgement"] for vote in votes)), "n": len(votes)}
    numbers = estimates(votes, shown)
    if len(numbers) >= LEAST:
        from fachkraftwerk.deliberation.delphi import opinion

        group = opinion(numbers)
        found |= {"numbers": group.n, "median": group.median, "q1": group.q1, "q3": group.q3}
    return found


def rounds(state: State, figure: str) -> list[dict[str, Vote]]:
    """Return the votes of every round somebody answered, first to last: pseudonym → vote."""
    phases = [phase.key for phase in state.script.phases if phase.kind == "forecast"]
    keys = [
        key
        for phase in phases
        for key in (phase, *(f"{phase}:{turn}" for turn in range(2, state.rounds.get(phase, 1) + 1)))
    ]
    return [votes for key in keys if (votes := state.ballots.get(key, {}).get(figure, {}))]


SCALE = {"too_high": -1.0, "agree": 0.0, "explain": 0.0, "too_low": 1.0}
"""How far a judgement moves a figure; who explains leaves it where it is."""


def concordance(state: State) -> dict[str, Any]:
    """Return how far people agree in which figures are too high and which too low: Kendall's W of the last round.

    Keys: w, strength, raters, items, benches (bench → w, strength, raters; from five people on), divided. Empty below
    five people who judged every figure, and where all say the same of every figure (then W is not defined).
    """
    from fachkraftwerk.deliberation import delphi

    ratings: dict[str, dict[str, float]] = {}
    for figure in state.setup.get("figures", ()):
        for actor, vote in next(reversed(rounds(state, figure["id"])), {}).items():
            ratings.setdefault(actor, {})[figure["id"]] = SCALE[vote["judgement"]]
    room = delphi.concordance(ratings)
    if room.raters < LEAST or math.isnan(room.w):
        return {}
    by_bench = delphi.concordance_by_bench(ratings, {actor: bench_of(state, actor) for actor in ratings})
    by_bench = {bench: each for bench, each in by_bench.items() if bench and not math.isnan(each.w)}
    return _said(room) | {"items": room.items, "divided": delphi.divided(room, by_bench),
                          "benches": {bench: _said(each) for bench, each in by_bench.items()}}  # fmt: skip


def _said(found: Any) -> dict[str, Any]:
    from fachkraftwerk.deliberation.delphi import strength

    return {"w": round(found.w, 2), "strength": strength(found.w), "raters": found.raters}


def judgement(state: State, figure: Mapping[str, Any], origin: str, day: date | None) -> Judgement | None:
    """Return what the last round with enough numbers says about a figure; None where there is no such round.

    From the second round on people have seen what the others think; the page says which round it was.
    """
    address = _address(str(figure.get("address", "")))
    turns = [
        turn for turn in rounds(state, figure["id"]) if "median" in statistics(list(turn.values()), figure["value"])
    ]
    if address is None or not turns:
        return None
    # On the wall figures are rounded; who agrees means the forecast, not its rounding.
    found = statistics(list(turns[-1].values()), figure.get("exact", figure["value"]))
    reasons = tuple(dict.fromkeys(vote["reason"] for turn in turns for vote in turn.values() if vote["reason"]))
    iso = day.isoformat() if day else ""
    return Judgement(address.indicator, address.year, found["median"], found["q1"], found["q3"], found["numbers"],
                     origin, iso, reasons[-MOST_REASONS:])  # fmt: skip


def _address(typed: str) -> Figure | None:
    """Read the address of a figure of skilled workers that a scenario can assume."""
    try:
        found = Figure.parse(typed)
    except Refusal:
        return None
    whole = (found.qualification, found.level, found.occupation) == ("skilled", "all", "all")
    return found if whole and found.indicator in JUDGED else None
