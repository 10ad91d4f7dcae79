"""Compiled form of ``flows``: the same equations, one draw at a time, everything in the cache of the processor.

One call uses one thread and releases the interpreter lock; callers run Kreise side by side.
"""

from __future__ import annotations

import numba as nb
import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.model.supply import flows as plain
from fachkraftwerk.model.supply.flows import AGES, ENTRANT_UNTIL, EXIT, FLOWS, GROUPS, WORK_FROM, WORK_UNTIL

Array = NDArray[np.float64]


def flows(home: plain.Home, climate: plain.Climate, change: plain.Change) -> Array:
    """Return cumulated flows [draw, flow, group, year]; see ``flows.flows`` for the method."""
    draws, years = climate.immigration.shape
    out = np.zeros((draws, len(FLOWS), GROUPS, years))
    _all_draws(
        home.people, home.profile, home.mortality, home.moves, home.arrivals, home.churn, home.births,
        climate.trend, climate.hazard, climate.disability, climate.immigration, climate.deviation,
        climate.arrivals_work, climate.mortality, climate.fertility, climate.participation, climate.retirement,
        climate.frailty, change.participation, change.retirement, change.disability, change.migration, out,
    )  # fmt: skip
    return out


@nb.njit(cache=True, nogil=True)
def _all_draws(
    people, profile, mortality, moves, arrivals, churn, births, trend, hazard, disability, immigration, deviation,
    arrivals_work, death_factor, birth_factor, part_factor, retire_factor, frail_factor,
    add_part, add_retire, add_sick, add_moves, out,
):  # type: ignore[no-untyped-def]  # fmt: skip  # pragma: no cover – compiled
    for n in range(out.shape[0]):
        _one_draw(
            people, profile, mortality, moves, arrivals, churn, births, trend, hazard, disability, immigration[n],
            deviation[n], arrivals_work[n], death_factor[n], birth_factor[n], part_factor[n], retire_factor[n],
            frail_factor[n], add_part[n if add_part.shape[0] > 1 else 0], add_retire[n if add_retire.shape[0] > 1 else 0],
            add_sick[n if add_sick.shape[0] > 1 else 0], add_moves[n if add_moves.shape[0] > 1 else 0], out[n],
        )  # fmt: skip


@nb.njit(cache=True, nogil=True)
def _one_draw(
    people, profile, mortality, moves, arrivals, churn, births, trend, hazard, disability, immigration, deviation,
    arrivals_work, death_factor, birth_factor, part_factor, retire_factor, frail_factor,
    add_part, add_retire, add_sick, add_moves, out,
):  # type: ignore[no-untyped-def]  # fmt: skip  # pragma: no cover – compiled
    years = immigration.shape[0]
    now = people.copy()
    carried = profile.copy()
    shown = np.empty_like(carried)
    for s in range(2):
        for a in range(AGES):
            shown[s, a] = min(max(carried[s, a] + add_part[s, a, 0], 0.0), 1.0)
    for y in range(1, years):
        for s in range(2):
            # From the oldest down, so that one buffer holds both ends of the year.
            for a in range(WORK_UNTIL, -1, -1):
                p = now[s, a]
                weight = arrivals_work if a + 1 >= WORK_FROM else 1.0
                m = moves[s, a, y] + deviation[y] * churn[s, a] + immigration[y] * arrivals[s, a] * weight
                m += add_moves[s, a, y]
                d = min(mortality[s, a, y] * death_factor[y], 1.0)
                now[s, a + 1] = p * (1.0 - d) + m
                if a < WORK_FROM - 1:
                    continue
                r = carried[s, a]
                sick = min(disability[a] * frail_factor[y] * add_sick[y], 1.0)
                scale = trend[s, a, y - 1] * part_factor[y - 1]
                leave = 0.0
                if a >= EXIT:
                    leave = min(hazard[s, a, y] * retire_factor[y] * add_retire[a, y], 1.0 - sick)
                    if a == WORK_UNTIL:
                        leave = 1.0 - sick
                    ahead = r * (1.0 - leave - sick)
                else:
                    ahead = profile[s, a + 1] * trend[s, a + 1, y] * part_factor[y]
                after = min(max(ahead + add_part[s, a + 1, y], 0.0), 1.0) if a < WORK_UNTIL else 0.0
                ill = p * r * sick
                retired = p * r * leave
                entered = p * scale * (profile[s, a + 1] - profile[s, a]) + ill if a + 1 <= ENTRANT_UNTIL else 0.0
                gain = p * (after - shown[s, a])
                left = min(max((a - y + 1 - 15) // 10, 1), GROUPS - 1)
                come = min(max((a + 1 - 15) // 10, 1), GROUPS - 1)
                out[0, left, y] -= retired
                out[1, left, y] -= ill
                out[2, left, y] -= d * p * after
                out[3, come, y] += entered
                out[4, come, y] += m * after
                out[5, left, y] += gain + retired + ill - entered
                carried[s, a + 1] = ahead
                shown[s, a + 1] = after
            now[s, 0] = births[s, y] * birth_factor[y]
            carried[s, WORK_FROM - 1] = profile[s, WORK_FROM - 1]
        for c in range(out.shape[0]):
            for g in range(GROUPS):
                out[c, g, y] += out[c, g, y - 1]
