"""Compiled form of ``flows``: the same equations for blocks of draws, everything in the cache of the processor.

Draws are the innermost dimension, so that one machine instruction serves several of them; the number of draws is
filled up to whole blocks, hence a draw has the same bits alone and in company. One call uses one thread and releases
the interpreter lock; callers run Kreise side by side.
"""

from __future__ import annotations

from typing import Any

import numba as nb
import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.model.supply import flows as plain
from fachkraftwerk.model.supply.flows import AGES, CROSSED, ENTRANT_UNTIL, EXIT, GROUPS, ROWS, WORK_FROM, WORK_UNTIL

Array = NDArray[np.float64]
BLOCK = 16
#: Flows that are split between the group at the base and the present one, in the order of the compiled arrays.
_SPLIT = (0, 1, 2, 5)


def flows(home: plain.Home, climate: plain.Climate, change: plain.Change | None = None) -> Array:
    """Return cumulated flows [draw, flow and CROSSED, group, year]; see ``flows.flows`` for the method."""
    draws, years = climate.immigration.shape
    varied = pack(climate)
    out = np.empty((varied.shape[0] * BLOCK, ROWS, GROUPS, years))
    given = change if change is not None else _NONE
    _blocks(
        home.people, home.profile, home.mortality, home.moves, home.arrivals, home.churn, home.births,
        climate.trend, climate.hazard, climate.disability, climate.life_course, varied, change is not None, given.participation,
        given.retirement, given.disability, given.migration, draws, out,
    )  # fmt: skip
    return out[:draws]


def pack(climate: plain.Climate) -> Array:
    """Return the assumptions in blocks of draws [block, year, assumption, draw], filled up to whole blocks."""
    draws, years = climate.immigration.shape
    varied = (
        climate.immigration, climate.deviation, climate.mortality, climate.fertility, climate.participation,
        climate.retirement, climate.frailty, climate.arrivals_work[:, None],
    )  # fmt: skip
    packed = np.empty((-(-draws // BLOCK) * BLOCK, len(varied), years))
    for index, one in enumerate(varied):
        packed[:draws, index] = one
    packed[draws:] = packed[draws - 1]
    return np.ascontiguousarray(packed.reshape(-1, BLOCK, len(varied), years).transpose(0, 3, 2, 1))


_NONE = plain.Change(np.zeros((1, 1, 1, 1)), np.zeros((1, 1, 1)), np.zeros((1, 1)), np.zeros((1, 1, 1, 1)))


@nb.njit(cache=True, nogil=True, error_model="numpy")
def _blocks(
    people: Any, profile: Any, mortality: Any, moves: Any, arrivals: Any, churn: Any, births: Any,
    trend: Any, hazard: Any, disability: Any, share: float, varied: Any,
    active: bool, add_part: Any, add_retire: Any, add_sick: Any, add_moves: Any, draws: int, out: Any,
) -> None:  # fmt: skip  # pragma: no cover – compiled
    years = varied.shape[1]
    now = np.empty((2, AGES, BLOCK))
    carried = np.empty((2, AGES, BLOCK))
    more = np.zeros((5, BLOCK))  # added: moves, factor on retirement, factor on sickness, participation, next year's
    more[1:3] = 1.0
    done = np.zeros((ROWS, GROUPS, BLOCK))
    stay = 1.0 - share
    # Leavers by the group they were in at the base and the one they are in; split once a year.
    pairs = np.zeros((len(_SPLIT), GROUPS * GROUPS, BLOCK))
    for block in range(varied.shape[0]):
        now[:] = np.expand_dims(people, 2)
        carried[:] = np.expand_dims(profile, 2)
        done[:] = 0.0
        out[block * BLOCK : (block + 1) * BLOCK, :, :, 0] = 0.0
        for y in range(1, years):
            draw = varied[block, y]
            before = varied[block, y - 1]
            for s in range(2):
                # From the oldest down, so that one buffer holds both ends of the year.
                for a in range(WORK_UNTIL, -1, -1):
                    if active:
                        for b in range(BLOCK):
                            n = min(block * BLOCK + b, draws - 1)
                            i = n if add_part.shape[0] > 1 else 0
                            more[0, b] = add_moves[n if add_moves.shape[0] > 1 else 0, s, a, y]
                            more[1, b] = add_retire[n if add_retire.shape[0] > 1 else 0, a, y]
                            more[2, b] = add_sick[n if add_sick.shape[0] > 1 else 0, y]
                            more[3, b] = add_part[i, s, a, y - 1]
                            more[4, b] = add_part[i, s, a + 1, y] if a < WORK_UNTIL else 0.0
                    m0, m1, m2, q = moves[s, a, y], churn[s, a], arrivals[s, a], mortality[s, a, y]
                    if a < WORK_FROM - 1:
                        for b in range(BLOCK):
                            m = m0 + draw[1, b] * m1 + draw[0, b] * m2 + more[0, b]
                            now[s, a + 1, b] = now[s, a, b] * (1.0 - min(q * draw[2, b], 1.0)) + m
                        continue
                    e, h = disability[a], hazard[s, a, y]
                    if a < EXIT:
                        # Participation follows the profile and its trend; no retirement.
                        r0 = profile[s, a] * trend[s, a, y - 1]
                        r1 = profile[s, a + 1] * trend[s, a + 1, y]
                        step = (profile[s, a + 1] - profile[s, a]) * trend[s, a, y - 1]
                        entering = 1.0 if a + 1 <= ENTRANT_UNTIL else 0.0
                        left = min(max((a - y + 1 - 15) // 10, 1), GROUPS - 1)
                        come = min(max((a + 1 - 15) // 10, 1), GROUPS - 1)
                        here = min(max((a - 15) // 10, 1), GROUPS - 1)
                        pair = left * GROUPS + here
                        for b in range(BLOCK):
                            p = now[s, a, b]
                            m = m0 + draw[1, b] * m1 + draw[0, b] * m2 * draw[7, b] + more[0, b]
                            d = min(q * draw[2, b], 1.0)
                            r = r0 * before[4, b]
                            next_r = r1 * draw[4, b]
                            after = min(max(next_r + more[4, b], 0.0), 1.0)
                            ill = p * r * min(e * draw[6, b] * more[2, b], 1.0)
                            entered = entering * (p * step * before[4, b] + ill)
                            gain = p * (after - min(max(r + more[3, b], 0.0), 1.0))
                            rest = gain + ill - entered
                            pairs[1, pair, b] -= ill
                            pairs[2, pair, b] -= d * p * after
                            done[3, come, b] += entered
                            done[4, come, b] += m * after
                            pairs[3, pair, b] += rest
                            carried[s, a + 1, b] = next_r
                            now[s, a + 1, b] = p * (1.0 - d) + m
                            if come > here:
                                crossed = p * (1.0 - d) * after
                                done[CROSSED, here, b] += crossed
                                done[5, here, b] -= share * crossed
                                done[5, come, b] += share * crossed
                    else:
                        # Cohorts are carried by hazards; nobody takes part after the last age.
                        last = 1.0 if a < WORK_UNTIL else 0.0
                        if a == WORK_UNTIL:
                            h = 1e9
                        left = min(max((a - y + 1 - 15) // 10, 1), GROUPS - 1)
                        here = min(max((a - 15) // 10, 1), GROUPS - 1)
                        pair = left * GROUPS + here
                        for b in range(BLOCK):
                            p = now[s, a, b]
                            m = m0 + draw[1, b] * m1 + draw[0, b] * m2 * draw[7, b] + more[0, b]
                            d = min(q * draw[2, b], 1.0)
                            r = carried[s, a, b]
                            sick = min(e * draw[6, b] * more[2, b], 1.0)
                            leave = min(h * draw[5, b] * more[1, b], 1.0 - sick)
                            next_r = r * (1.0 - leave - sick)
                            after = last * min(max(next_r + more[4, b], 0.0), 1.0)
                            ill = p * r * sick
                            retired = p * r * leave
                            gain = p * (after - min(max(r + more[3, b], 0.0), 1.0))
                            rest = gain + retired + ill
                            pairs[0, pair, b] -= retired
                            pairs[1, pair, b] -= ill
                            pairs[2, pair, b] -= d * p * after
                            done[4, GROUPS - 1, b] += m * after
                            pairs[3, pair, b] += rest
                            if a == EXIT:
                                crossed = p * (1.0 - d) * after
                                done[CROSSED, GROUPS - 2, b] += crossed
                                done[5, GROUPS - 2, b] -= share * crossed
                                done[5, GROUPS - 1, b] += share * crossed
                            carried[s, a + 1, b] = next_r
                            now[s, a + 1, b] = p * (1.0 - d) + m
                for b in range(BLOCK):
                    now[s, 0, b] = births[s, y] * draw[3, b]
            for i in range(len(_SPLIT)):
                for left in range(1, GROUPS):
                    for here in range(left, GROUPS):
                        for b in range(BLOCK):
                            one = pairs[i, left * GROUPS + here, b]
                            done[_SPLIT[i], left, b] += stay * one
                            done[_SPLIT[i], here, b] += share * one
                            pairs[i, left * GROUPS + here, b] = 0.0
            for c in range(ROWS):
                for g in range(GROUPS):
                    for b in range(BLOCK):
                        out[block * BLOCK + b, c, g, y] = done[c, g, b]
