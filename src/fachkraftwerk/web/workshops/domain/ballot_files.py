"""Votes for research, in the formats researchers read: agreement as Polis writes it, ballots as Pabulib does.

Only of a closed workshop: then each vote has random numbers of its own, which link nobody to anything else.
"""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from typing import Any

from fachkraftwerk.web.workshops.domain import results
from fachkraftwerk.web.workshops.domain.state import State

_KINDS = {"dots": "cumulative", "ballot": "approval", "fields": "ordinal"}


def ballot_files(state: State) -> dict[str, bytes]:
    """Return file name → content: two files for each step with stances, one for each with ballots."""
    found: dict[str, bytes] = {}
    for phase in state.script.phases:
        if state.status != "closed" or not state.ballots.get(state.vote_key(phase.key)):
            continue
        if phase.kind in ("opinion", "gallery"):
            found |= {f"polis/{phase.key}/{name}": content for name, content in _polis(state, phase.key).items()}
        elif phase.kind in _KINDS:
            found[f"pabulib/{phase.key}.pb"] = _pabulib(state, phase.key, _KINDS[phase.kind])
    return found


def _polis(state: State, phase: str) -> dict[str, bytes]:
    from fachkraftwerk.deliberation.opinion_groups import camps
    from fachkraftwerk.deliberation.readers.polis import Conversation, write_votes

    room, texts = results.agreement_of(state, phase)
    labels = camps(room).labels(room).tolist() if room.persons and room.statements else [-1] * len(room.persons)
    groups = tuple(str(label) if label >= 0 else "" for label in labels)
    return {"participants-votes.csv": write_votes(Conversation(room, groups, texts)), "comments.csv": _comments(texts)}


def _comments(texts: dict[str, str]) -> bytes:
    """Return ``comments.csv``; who wrote a statement is not known any more."""
    out = io.StringIO(newline="")
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(["comment-id", "author-id", "moderated", "comment-body"])
    # The quote keeps a spreadsheet from running a statement as a formula.
    lines.writerows([key, "", 1, f"'{text}" if text[:1] in "=+-@" else text] for key, text in texts.items())
    return out.getvalue().encode()


def _pabulib(state: State, phase: str, kind: str) -> bytes:
    from fachkraftwerk.deliberation.readers.pabulib import Election, write

    measures, ballots = results.election_of(state, phase)
    outcome = results.of_phase(state, phase) or {}
    selected = frozenset(outcome.get("balanced", ()))
    budget = Fraction(int(outcome.get("budget", 0) or sum(each.cost for each in measures)))
    meta: dict[str, Any] = {
        "description": phase, "num_projects": len(measures), "num_votes": len(ballots), "budget": budget,
        "vote_type": kind, "rule": "equalshares/add1" if kind == "approval" else "",
    } | _limits(state, phase, kind)  # fmt: skip
    return write(Election({key: str(value) for key, value in meta.items()}, measures, ballots, budget, selected))


def _limits(state: State, phase: str, kind: str) -> dict[str, Any]:
    step = state.script.phase(phase)
    options = step.options if step else {}
    if kind == "cumulative":
        return {"max_sum_points": options.get("dots", 5)}
    return {"max_length": options.get("places", 3)} if kind == "ordinal" else {}
