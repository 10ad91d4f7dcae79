"""The accounts of the labour force in plain NumPy and double precision: a second opinion on the compiled ones.

Written from the equations at the head of ``model/supply/flows.py``, all draws at once; it shares no step with
``model/supply/kernel.py``, only rates with the sizes of target groups. The benchmarks run it as a rival.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.model.supply.flows import (
    AGES,
    CROSSED,
    ENTRANT_UNTIL,
    EXIT,
    GROUPS,
    ROWS,
    WORK_FROM,
    WORK_UNTIL,
    Change,
    Climate,
    Home,
    hazards,
    participation,
)

Array = NDArray[np.float64]
#: Last ages of the age groups that are crossed.
BORDERS = (34, 44, 54)


def group_of(age: int) -> int:
    """Return the age group whose occupational profile people of an age carry; the young take that of 25–34."""
    return min(max((age - 15) // 10, 1), GROUPS - 1)


def flows(home: Home, climate: Climate, change: Change) -> Array:
    """Return cumulated flows [draw, flow and CROSSED, group, year]; year 0 is the base year and holds zero."""
    draws, years = climate.immigration.shape
    out = np.zeros((draws, ROWS, GROUPS, years))
    people = np.repeat(home.people[None], draws, axis=0)
    carried = np.repeat(home.profile[None], draws, axis=0)
    shown = np.clip(carried + change.participation[..., 0], 0.0, 1.0)
    for year in range(1, years):
        moved = _migrants(home, climate, change, year)
        death = np.minimum(home.mortality[None, :, :, year] * climate.mortality[:, year, None, None], 1.0)
        ahead, after = participation(home, climate, change, carried, year)
        _account(out[..., year], people, carried, shown, ahead, after, death, moved, home, climate, change, year)
        out[..., year] += out[..., year - 1]
        people = _older(people * (1 - death) + moved, home.births[None, :, year] * climate.fertility[:, year, None])
        carried, shown = ahead, after
    return out


def _migrants(home: Home, climate: Climate, change: Change, year: int) -> Array:
    """Net migrants [draw, sex, age at the start of the year], arrivals of working age weighted by participation."""
    weight = np.where(np.arange(AGES) + 1 >= WORK_FROM, climate.arrivals_work[:, None], 1.0)
    national = climate.immigration[:, year, None, None] * home.arrivals * weight[:, None, :]
    regional = climate.deviation[:, year, None, None] * home.churn
    return np.asarray(home.moves[None, :, :, year] + regional + national + change.migration[..., year])


def _account(
    out: Array, people: Array, carried: Array, shown: Array, ahead: Array, after: Array, death: Array, moved: Array,
    home: Home, climate: Climate, change: Change, year: int,
) -> None:  # fmt: skip
    sick, leave = hazards(climate, change, year)
    scale = climate.trend[None, :, :, year - 1] * climate.participation[:, year - 1, None, None]
    for age in range(WORK_FROM - 1, WORK_UNTIL + 1):
        p, rest = people[:, :, age], after[:, :, age + 1]
        gain = p * (rest - shown[:, :, age])
        ill = p * carried[:, :, age] * sick[:, None, age]
        entered = np.zeros_like(p)
        retired = np.zeros_like(p)
        if age + 1 <= ENTRANT_UNTIL:
            entered = p * scale[:, :, age] * (home.profile[None, :, age + 1] - home.profile[None, :, age]) + ill
        if age >= EXIT:
            retired = p * carried[:, :, age] * (leave[:, :, age] if age < WORK_UNTIL else 1 - sick[:, None, age])
        rows = (-retired, -ill, -death[:, :, age] * p * rest, entered)
        base, now, share = group_of(age - (year - 1)), group_of(age + 1), climate.life_course
        for index, flow in ((0, rows[0]), (1, rows[1]), (2, rows[2]), (5, gain + retired + ill - entered)):
            out[:, index, base] += (1 - share) * flow.sum(1)
            out[:, index, group_of(age)] += share * flow.sum(1)
        out[:, 3, now] += entered.sum(1)
        out[:, 4, now] += (moved[:, :, age] * rest).sum(1)
        if age in BORDERS:
            crossed = (p * (1 - death[:, :, age]) * rest).sum(1)
            out[:, CROSSED, now - 1] += crossed
            out[:, 5, now - 1] -= share * crossed
            out[:, 5, now] += share * crossed


def _older(after: Array, births: Array) -> Array:
    older = np.empty_like(after)
    older[:, :, 0] = births
    older[:, :, 1:] = after[:, :, :-1]
    return older
