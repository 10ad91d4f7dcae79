"""All occupations × levels of one year at once: the same figures as ``select`` cell by cell, a hundred times faster.

Everything after demography is linear in the flows of the age groups, so the table of one year is a few products of
matrices [draw, group] × [group, cell]. A test holds it against ``select``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import LEVELS, OCCUPATIONS, QUALIFICATION_PARTS, QUALIFICATIONS

if TYPE_CHECKING:
    from fachkraftwerk.runs.regionforecast import Member

Array = NDArray[np.float64]
#: Cell number → (occupation, level).
CELLS: tuple[tuple[str, str], ...] = tuple((occupation, level) for occupation in OCCUPATIONS for level in LEVELS)


def samples(forecast: Any, indicator: str, qualification: str, at: int) -> Array:
    """Return a figure for every cell in one year [draw, cell]; ``at`` is the position of the year."""
    members: Sequence[Member] | None = getattr(forecast, "members", None)
    if members is None or indicator not in _TABLES:
        columns = [forecast.select(indicator, qualification, level, occupation)[:, at] for occupation, level in CELLS]
        return np.stack(columns, axis=1)
    parts = QUALIFICATION_PARTS[qualification]
    return np.asarray(sum(_TABLES[indicator](member, parts, at) for member in members))


def estimated(forecast: Any, qualification: str) -> Array:
    """Return the estimated share of the base workforce of every cell [cell]."""
    return np.array([forecast.estimated_share(qualification, level, occupation) for occupation, level in CELLS])


def _weight(member: Member, parts: Sequence[str]) -> Array:
    return member.stock_weight(parts, np.ones(len(CELLS)))


def _demand(member: Member, parts: Sequence[str], at: int) -> Array:
    return np.asarray(member.demand_by_cell[:, at] * _weight(member, parts))


def _change(member: Member, parts: Sequence[str], at: int) -> Array:
    return _demand(member, parts, at) - _demand(member, parts, 0)


def _spread(member: Member, amounts: Array, profile: Array, parts: Sequence[str]) -> Array:
    """Spread amounts of the age groups [draw, group] over cells [draw, cell]."""
    filling = member._filling
    weighted = profile * member._cell_weight(parts, np.ones(len(CELLS)))
    return np.asarray(filling * ((amounts / (filling @ profile.T)) @ weighted))


def _young(member: Member, amounts: Array, home: bool, parts: Sequence[str]) -> Array:
    """Spread entrants [draw] over cells [draw, cell] with the qualification mix of their own."""
    from fachkraftwerk.model.supply.qualification import tilt

    young = (member.at_home if home else member.at_work)[1]
    choice = member._choice
    spread = choice * young / (choice @ young)[:, None] * amounts[:, None]
    if len(parts) == len(QUALIFICATIONS):
        return np.asarray(spread)
    odds = np.ones((len(member.entry_odds), 1, len(QUALIFICATIONS)))
    odds[:, 0, 0] = np.exp(member.entry_odds)
    mix = member.entry_home if home else member.entry_work
    places = [list(QUALIFICATIONS).index(part) for part in parts]
    return np.asarray(spread * tilt(mix[None], odds)[:, :, places].sum(-1))


def _added(member: Member, parts: Sequence[str], at: int, names: Sequence[str]) -> Array | float:
    if member.extra is None:
        return 0.0
    return np.asarray(sum(getattr(member.extra, name)[:, at] for name in names)) * _weight(member, parts)


def _flow(member: Member, name: str, parts: Sequence[str], at: int) -> Array:
    from fachkraftwerk.model.supply.flows import FLOWS

    amounts = member.flows[:, FLOWS.index(name), :, at]
    if name == "entrants":
        return _young(member, amounts.sum(1), True, parts) + _added(member, parts, at, ("entrants", "transfer"))
    spread = _spread(member, amounts, member.at_home, parts)
    return np.asarray(spread + (_added(member, parts, at, ("hours",)) if name == "participation" else 0.0))


def _here(member: Member, parts: Sequence[str], at: int) -> Array:
    brought = member.brought[:, :, at]
    plain = _spread(member, brought[:, :-1], member.at_work, parts) + _young(member, brought[:, -1], False, parts)
    return plain + _added(member, parts, at, ("entrants", "transfer", "hours", "commuting"))


def _gap(member: Member, parts: Sequence[str], at: int) -> Array:
    from fachkraftwerk.model.supply.flows import FLOWS

    return np.asarray(_change(member, parts, at) - sum(_flow(member, name, parts, at) for name in FLOWS))


def _gap_closed(member: Member, parts: Sequence[str], at: int) -> Array:
    return _change(member, parts, at) - _here(member, parts, at)


_TABLES = {"gap_cumulated": _gap, "gap_commuting_closed": _gap_closed, "demand": _demand, "structural_change": _change}
