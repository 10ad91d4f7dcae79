"""Results of votes, computed by ``deliberation`` and shaped as plain data for screens, minutes and exports.

Shares and exact amounts are rounded only here. Nothing names a person; benches below five people are pooled.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from fachkraftwerk.web.workshops.domain.state import Sheet, State, bench_of

if TYPE_CHECKING:
    from fachkraftwerk.deliberation.agreement import Agreement
    from fachkraftwerk.deliberation.ballots import Ballot, Measure

Result = dict[str, Any]
DAYS = 20
"""Cost of a measure in person-days of its owner where the sheet names none."""


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
    cards = tuple(card.id for card in state.cards.values() if card.hidden or card.merged_into)
    return (phase, state.vote_key(phase), max(acted.values(), default=0), len(state.undone), hands, sheets, names,
            cards, state.setup.get("budget", 0))  # fmt: skip


def has_votes(state: State, phase: str) -> bool:
    """Whether anything was voted or counted in this step."""
    return bool(state.ballots.get(state.vote_key(phase)) or state.hands.get(phase))


def of_phase(state: State, phase: str) -> Result | None:
    """Return the result of one step, or None where it has no vote."""
    step = state.script.phase(phase)
    count = _COUNTS.get(step.kind) if step else None
    return count(state, phase) if count else None


def ranked_fields(state: State, phase: str) -> Result:
    """Fields by Borda points of the places, with bootstrap intervals of the rank."""
    return _points(state, phase)


def dots(state: State, phase: str) -> Result:
    """Measures by dots: score, supporters, concentration, interval of the rank."""
    return _points(state, phase)


def election_of(state: State, phase: str) -> tuple[tuple[Measure, ...], tuple[Ballot, ...]]:
    """Return what a vote by ballots is about, with costs, and the ballots: ranks, dots or approvals as its kind says."""
    from fachkraftwerk.deliberation import ballots

    step = state.script.phase(phase)
    kind, options = (step.kind, step.options) if step else ("", {})
    if kind == "fields":
        measures = [ballots.Measure(f.id, Fraction(1), f.name) for f in state.fields.values() if not f.removed]
    else:
        measures = [ballots.Measure(str(s.id), Fraction(cost(s) if kind == "ballot" else 1), s.title)
                    for s in open_sheets(state)]  # fmt: skip
    known = {measure.id for measure in measures}

    def ballot(actor: str, given: Any) -> Ballot:
        bench, kept = bench_of(state, actor), [each for each in given if each in known]
        if kind == "fields":
            return ballots.Ranking(actor, tuple(kept), bench, int(options.get("places", 3)))
        if kind == "dots":
            return ballots.Dots(actor, {each: given[each] for each in kept}, bench)
        return ballots.Approval(actor, frozenset(kept), bench)

    return tuple(measures), tuple(ballot(actor, given) for actor, given in _whole(state, phase).items())


def _points(state: State, phase: str) -> Result:
    from fachkraftwerk.deliberation import dots as counting
    from fachkraftwerk.deliberation.ranks import rank_intervals

    measures, ballots = election_of(state, phase)
    names = {measure.id: measure.name for measure in measures}
    tallies = counting.tally(measures, ballots)
    places = {each.measure: each for each in rank_intervals(measures, ballots)}
    hands = state.hands.get(phase, {})
    rows: list[Result] = []
    for each in tallies:
        interval = places[each.measure]
        rows.append({
            "id": each.measure, "name": names[each.measure], "score": each.score + hands.get(each.measure, 0),
            "supporters": each.supporters, "concentration": round(float(each.concentration), 3),
            "rank_low": round(interval.low, 1), "rank_high": round(interval.high, 1), "hands": hands.get(each.measure, 0),
        })  # fmt: skip
    rows.sort(key=lambda row: -row["score"])
    for row in rows:
        row["place"] = 1 + sum(other["score"] > row["score"] for other in rows)
    return {"kind": "points", "voters": len(ballots), "rows": rows, "level": level_pairs(rows)}


def level_pairs(rows: Sequence[Result]) -> list[int]:
    """Return the places (1-based) whose intervals overlap by more than half with the next place: they are level."""
    level = []
    for first, second in itertools.pairwise(rows):
        shared = min(first["rank_high"], second["rank_high"]) - max(first["rank_low"], second["rank_low"])
        widest = max(first["rank_high"] - first["rank_low"], second["rank_high"] - second["rank_low"])
        if first["score"] == second["score"] or (widest > 0 and shared / widest > 0.5):
            level.append(rows.index(first) + 1)
    return level


def balanced(state: State, phase: str) -> Result:
    """Budget ballots by points and by Equal Shares, and the measures in which the two differ."""
    from fachkraftwerk.deliberation import differences, equal_shares

    sheets = {str(s.id): s for s in open_sheets(state)}
    measures, ballots = election_of(state, phase)
    total = sum(cost(s) for s in sheets.values())
    limit = int(state.setup.get("budget") or max(total // 3, 1))
    if not measures or not ballots:
        return {
            "kind": "balanced",
            "voters": len(ballots),
            "budget": limit,
            "by_points": [],
            "balanced": [],
            "rows": [],
        }
    found = differences.compare(measures, ballots, limit, step=equal_shares.one_percent(limit, len(ballots)))
    return {
        "kind": "balanced", "voters": len(ballots), "budget": limit, "unit": state.setup.get("unit", "days"),
        "by_points": list(found.by_points.selected), "balanced": list(found.balanced.selected), "same": found.same,
        "ties": _tied(found, sheets, ballots),
        "rows": [_chosen_row(key, sheets[key], found, ballots) for key in sheets],
        "records": {"by_points": found.by_points.record(), "balanced": found.balanced.record()},
        "coverage": {"by_points": _coverage(found.coverage_points), "balanced": _coverage(found.coverage_balanced)},
    }  # fmt: skip


def _chosen_row(key: str, sheet: Sheet, found: Any, ballots: Sequence[Any]) -> Result:
    benches = {each.measure: each.by_bench for each in (*found.only_points, *found.only_balanced)}
    return {
        "id": key, "name": sheet.title, "cost": cost(sheet), "supporters": sum(key in each.chosen for each in ballots),
        "points": key in found.by_points.selected, "balanced": key in found.balanced.selected,
        "benches": {bench: list(pair) for bench, pair in benches.get(key, {}).items()},
    }  # fmt: skip


def _tied(found: Any, sheets: dict[str, Sheet], ballots: Sequence[Any]) -> bool:
    """Whether a measure was left out that has as many supporters and costs as much as one that was taken."""
    alike = {key: (sum(key in each.chosen for each in ballots), cost(sheet)) for key, sheet in sheets.items()}
    taken = (frozenset(found.by_points.selected), frozenset(found.balanced.selected))
    return any(alike[one] == alike[other] and alike[one][0] > 0 for chosen in taken for one in chosen
               for other in sheets if other not in chosen)  # fmt: skip


def _coverage(found: Any) -> dict[str, float]:
    return {
        "one": round(float(found.one), 3),
        "two": round(float(found.two), 3),
        "served": round(float(found.served), 3),
    }


def effort(state: State, phase: str) -> Result:
    """Effort and impact: medians, quadrant, how certain it is; the most disputed first."""
    from fachkraftwerk.deliberation.effort_impact import discussion_order, points

    names = {str(s.id): s.title for s in open_sheets(state)}
    votes = state.ballots.get(state.vote_key(phase), {})
    ratings = {
        key: {actor: (float(e), float(i)) for actor, (e, i) in votes[key].items()} for key in names if votes.get(key)
    }
    rows = [
        {"id": p.measure, "name": names[p.measure], "effort": p.effort, "impact": p.impact, "quadrant": p.quadrant,
         "certainty": round(p.certainty, 2), "uncertain": p.uncertain, "spread": round(p.spread, 1), "n": p.n}
        for p in discussion_order(points(ratings))
    ]  # fmt: skip
    return {"kind": "effort", "voters": len({a for own in ratings.values() for a in own}), "rows": rows}


def opinion(state: State, phase: str) -> Result:
    """Agreement per statement; opinion groups only where a permutation test finds them."""
    from fachkraftwerk.deliberation import opinion_groups, representativeness

    room, names = agreement_of(state, phase)
    votes = state.ballots.get(state.vote_key(phase), {})
    rows = [_stances(key, name, list(votes.get(key, {}).values())) for key, name in names.items()]
    rows.sort(key=lambda row: (-row["agree"], row["disagree"]))
    result: Result = {"kind": "opinion", "voters": len(room.persons), "rows": rows, "groups": [], "reason": None}
    if not room.persons or not names:
        return result
    found = opinion_groups.camps(room)
    if found.reason is not None:
        return result | {"reason": found.reason._asdict()}
    labels = found.labels(room)
    groups = [
        {"size": len(members), "stands_for": [{"name": names[each.statement], "side": each.side, "share": round(each.share, 2)}
                                              for each in representativeness.representative(room, labels, number)]}
        for number, members in enumerate(found.groups)
    ]  # fmt: skip
    shared = [{"name": names[each.statement], "across": round(each.across_groups, 2)}
              for each in representativeness.group_consensus(room, labels)[:5]]  # fmt: skip
    return result | {
        "groups": groups,
        "shared": shared,
        "silhouette": round(found.silhouette, 3),
        "line": round(found.line, 3),
    }


SIGNS = {"agree": 1.0, "disagree": -1.0, "pass": 0.0}


def agreement_of(state: State, phase: str) -> tuple[Agreement, dict[str, str]]:
    """Return who agreed with what in a step as a table of persons × statements, and the statements' texts."""
    import numpy as np

    from fachkraftwerk.deliberation import agreement

    names = statements(state, phase)
    votes = {key: own for key, own in state.ballots.get(state.vote_key(phase), {}).items() if key in names}
    people = sorted({actor for own in votes.values() for actor in own})
    table = [[SIGNS.get(votes.get(key, {}).get(actor, ""), np.nan) for key in names] for actor in people]
    return agreement.table(people, list(names), np.array(table).reshape(len(people), len(names))), names


def _stances(key: str, name: str, stances: list[str]) -> Result:
    counted = {stance: stances.count(stance) for stance in ("agree", "disagree", "pass")}
    return {"id": key, "name": name, **counted, "n": len(stances)}


def statements(state: State, phase: str) -> dict[str, str]:
    """Return what one can agree with in a step: the cards on its wall, and the measures.

    Of a step that is over, what somebody answered: cards and measures that came later were not asked about.
    """
    step = state.script.phase(phase)
    cards = state.visible_cards(step.wall) if step else []
    found = {str(card.id): card.text for card in cards} | {str(s.id): s.title for s in open_sheets(state)}
    if phase == state.phase.key and state.status != "closed":
        return found
    asked = state.ballots.get(state.vote_key(phase), {})
    return {key: text for key, text in found.items() if asked.get(key)}


def open_sheets(state: State) -> list[Sheet]:
    """Measures that take part in votes."""
    return [sheet for sheet in state.sheets.values() if not sheet.hidden]


def cost(sheet: Sheet) -> int:
    """Cost of a measure in the unit of the budget; a default where the sheet names none."""
    digits = "".join(sign for sign in str(sheet.values.get("cost", "")) if sign.isdigit())
    return max(int(digits or DAYS), 1)


def _whole(state: State, phase: str) -> dict[str, Any]:
    return state.ballots.get(state.vote_key(phase), {}).get("", {})


_COUNTS: dict[str, Callable[[State, str], Result]] = {
    "fields": ranked_fields, "dots": dots, "ballot": balanced, "effort": effort, "opinion": opinion, "gallery": opinion,
}  # fmt: skip
