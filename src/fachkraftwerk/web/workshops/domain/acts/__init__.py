"""All verbs of the workshop, by name."""

from __future__ import annotations

from fachkraftwerk.web.workshops.domain.acts import (
    cards,
    fields,
    flow,
    forecast,
    paper,
    people,
    rotation,
    sheets,
    votes,
)
from fachkraftwerk.web.workshops.domain.acts.base import Act, ModeratorAct, Refused

_MODULES = (cards, fields, flow, forecast, paper, people, rotation, sheets, votes)


def _verbs() -> dict[str, type[Act]]:
    found = [kind for module in _MODULES for kind in vars(module).values() if isinstance(kind, type)]
    acts = (kind for kind in found if issubclass(kind, Act) and kind not in (Act, ModeratorAct))
    return {kind.verb: kind for kind in acts}


VERBS: dict[str, type[Act]] = _verbs()
people.ProxyEntry.verbs = VERBS

__all__ = ["VERBS", "Act", "Refused"]
