"""The equations of ``flows``, compiled, for blocks of draws; everything stays in the cache of the processor.

Draws are the innermost dimension, so that one machine instruction serves several of them; the number of draws is
filled up to whole blocks, hence a draw has the same bits alone and in company. One call uses one thread and releases
the interpreter lock; callers run Kreise side by side.

Every step is inlined into one loop. They stand in one file because the cache of compiled code is renewed when the file
of the loop changes. Letters as in ``flows``: s sex, a age at the start of the year, y year, b draw within the block,
p people, r participation, d death rate, m net migrants.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba as nb
import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.model.supply import flows as plain
from fachkraftwerk.model.supply.flows import (
    AGES,
    CROSSED,
    ENTRANT_UNTIL,
    EXIT,
    FLOWS,
    GROUPS,
    ROWS,
    WORK_FROM,
    WORK_UNTIL,
)

Array = NDArray[np.float64]
BLOCK = 16
PAIRS = GROUPS * GROUPS * BLOCK
#: Where the assumptions of a year begin, in the order of ``pack``. Buffers are flat: the compiler sees at once which
#: parts of them do not overlap.
IMMIGRATION, DEVIATION, MORTALITY, FERTILITY, PARTICIPATION, RETIREMENT, FRAILTY, ARRIVALS = range(0, 8 * BLOCK, BLOCK)
#: Columns of ``rates``: migration that every draw has, of the deviation, of immigration; deaths, retirement,
#: Erwerbsminderung; participation before and after the year, and what moving along the profile adds to it.
STAYED, CHURN, SHARED, DEATH, LEAVE, WEAK, BEFORE, AHEAD, ALONG = range(9)
#: Where the working values of a block at one age begin: what adjustments add, then what happens in the year.
BENCH = 14 * BLOCK
MOVES, RETIRE, SICK, SHARE, SHARE_NEXT, PEOPLE, DIED, CAME, NEXT, AFTER, ILL, ENTERED, RETIRED, GAIN = range(
    0, BENCH, BLOCK
)
_REPLACEMENT, _DISABILITY, _DEATHS, _ENTRANTS, _MIGRATION, _PARTICIPATION = range(len(FLOWS))
#: Flows that are split between the group at the base and the present one, in the order of ``pairs``.
_PARTS = (_REPLACEMENT, _DISABILITY, _DEATHS, _PARTICIPATION)

_step: Callable[[Any], Any] = nb.njit(inline="always", error_model="numpy")
_NONE = plain.Change(np.zeros((1, 1, 1, 1)), np.zeros((1, 1, 1)), np.zeros((1, 1)), np.zeros((1, 1, 1, 1)))


def flows(home: plain.Home, climate: plain.Climate, change: plain.Change | None = None) -> Array:
    """Return cumulated flows [draw, flow and CROSSED, group, year]; see ``flows`` for the method."""
    draws, years = climate.immigration.shape
    varied = pack(climate)
    out = np.empty((varied.shape[0] * BLOCK, ROWS, GROUPS, years))
    added = change if change is not None else _NONE
    _blocks(
        home.people, home.profile, home.births, rates(home, climate), varied, climate.life_course, change is not None,
        draws, added.participation, added.retirement, added.disability, added.migration, out,
    )  # fmt: skip
    return out[:draws]


def rates(home: plain.Home, climate: plain.Climate) -> Array:
    """Return what is the same in every draw [s, y, a, rate], in the order of the names above."""
    sexes, ages, years = home.mortality.shape
    table = np.zeros((sexes, years, ages, 9))
    scaled = home.profile[:, :, None] * climate.trend
    table[..., STAYED] = home.moves.transpose(0, 2, 1)
    table[..., CHURN], table[..., SHARED] = home.churn[:, None], home.arrivals[:, None]
    table[..., DEATH], table[..., LEAVE] = home.mortality.transpose(0, 2, 1), climate.hazard.transpose(0, 2, 1)
    table[:, :, WORK_UNTIL, LEAVE], table[..., WEAK] = 1e9, climate.disability
    table[:, 1:, :, BEFORE] = scaled.transpose(0, 2, 1)[:, :-1]
    table[:, :, :-1, AHEAD] = scaled.transpose(0, 2, 1)[:, :, 1:]
    table[:, 1:, :-1, ALONG] = (np.diff(home.profile)[:, :, None] * climate.trend[:, :-1]).transpose(0, 2, 1)[:, :-1]
    return table


def pack(climate: plain.Climate) -> Array:
    """Return the assumptions in blocks of draws [block, year, assumption and draw], filled up to whole blocks."""
    draws, years = climate.immigration.shape
    varied = (
        climate.immigration, climate.deviation, climate.mortality, climate.fertility, climate.participation,
        climate.retirement, climate.frailty, climate.arrivals_work[:, None],
    )  # fmt: skip
    packed = np.empty((-(-draws // BLOCK) * BLOCK, len(varied), years))
    for index, one in enumerate(varied):
        packed[:draws, index] = one
    packed[draws:] = packed[draws - 1]
    blocks = packed.reshape(-1, BLOCK, len(varied), years).transpose(0, 3, 2, 1)
    return np.ascontiguousarray(blocks).reshape(len(blocks), years, -1)


@nb.njit(cache=True, nogil=True, error_model="numpy")
def _blocks(
    people: Any, profile: Any, births: Any, rates: Any, varied: Any, share: float, active: bool, draws: int,
    add_part: Any, add_retire: Any, add_sick: Any, add_moves: Any, out: Any,
) -> None:  # fmt: skip  # pragma: no cover – compiled
    now, carried = np.empty(2 * AGES * BLOCK), np.empty(2 * AGES * BLOCK)
    done, pairs = np.zeros(ROWS * GROUPS * BLOCK), np.zeros(len(_PARTS) * PAIRS)
    bench = np.zeros(BENCH)
    bench[RETIRE:SHARE] = 1.0
    for block in range(varied.shape[0]):
        first = block * BLOCK
        _begin(now, carried, done, people, profile)
        _write(done, out, first, 0)
        for y in range(1, varied.shape[1]):
            draw, before = varied[block, y], varied[block, y - 1]
            for s in range(2):
                # From the oldest down, so that one buffer holds both ends of the year.
                for a in range(WORK_UNTIL, -1, -1):
                    if active:
                        _add(bench, add_part, add_retire, add_sick, add_moves, draws, first, s, a, y)
                    _live(bench, now, rates, draw, s, a, y)
                    if a >= EXIT:
                        _retire(bench, carried, rates, draw, s, a, y)
                    elif a >= WORK_FROM - 1:
                        _work(bench, rates, draw, before, s, a, y)
                    if a >= WORK_FROM - 1:
                        _book(bench, carried, done, pairs, share, s, a, y)
                for b in range(BLOCK):
                    now[s * AGES * BLOCK + b] = births[s, y] * draw[FERTILITY + b]
            _split(pairs, done, share)
            _write(done, out, first, y)


@_step
def _add(
    bench: Any, part: Any, retire: Any, sick: Any, moves: Any, draws: int, first: int, s: int, a: int, y: int
) -> None:
    # Draws beyond the last are filled up with it.
    for b in range(BLOCK):
        n = min(first + b, draws - 1)
        i = n if part.shape[0] > 1 else 0
        bench[MOVES + b] = moves[n if moves.shape[0] > 1 else 0, s, a, y]
        bench[RETIRE + b] = retire[n if retire.shape[0] > 1 else 0, a, y]
        bench[SICK + b] = sick[n if sick.shape[0] > 1 else 0, y]
        bench[SHARE + b] = part[i, s, a, y - 1]
        bench[SHARE_NEXT + b] = part[i, s, a + 1, y] if a < WORK_UNTIL else 0.0


@_step
def _live(bench: Any, now: Any, rates: Any, draw: Any, s: int, a: int, y: int) -> None:
    # Deaths and migration; arrivals of working age count with their lower participation.
    m0, m1, m2, q = rates[s, y, a, STAYED], rates[s, y, a, CHURN], rates[s, y, a, SHARED], rates[s, y, a, DEATH]
    at = (s * AGES + a) * BLOCK
    grown = a >= WORK_FROM - 1
    for b in range(BLOCK):
        weight = draw[ARRIVALS + b] if grown else 1.0
        p, d = now[at + b], _least(q * draw[MORTALITY + b], 1.0)
        m = m0 + draw[DEVIATION + b] * m1 + draw[IMMIGRATION + b] * m2 * weight + bench[MOVES + b]
        bench[PEOPLE + b], bench[DIED + b], bench[CAME + b] = p, d, m
        now[at + BLOCK + b] = p * (1.0 - d) + m


@_step
def _work(bench: Any, rates: Any, draw: Any, before: Any, s: int, a: int, y: int) -> None:
    # Participation follows the profile and its trend; no retirement.
    r0, r1, along, e = rates[s, y, a, BEFORE], rates[s, y, a, AHEAD], rates[s, y, a, ALONG], rates[s, y, a, WEAK]
    entering = 1.0 if a + 1 <= ENTRANT_UNTIL else 0.0
    for b in range(BLOCK):
        p, r = bench[PEOPLE + b], r0 * before[PARTICIPATION + b]
        ahead = r1 * draw[PARTICIPATION + b]
        after = _within(ahead + bench[SHARE_NEXT + b])
        ill = p * r * _least(e * draw[FRAILTY + b] * bench[SICK + b], 1.0)
        bench[NEXT + b], bench[AFTER + b], bench[ILL + b], bench[RETIRED + b] = ahead, after, ill, 0.0
        bench[ENTERED + b] = entering * (p * along * before[PARTICIPATION + b] + ill)
        bench[GAIN + b] = p * (after - _within(r + bench[SHARE + b]))


@_step
def _retire(bench: Any, carried: Any, rates: Any, draw: Any, s: int, a: int, y: int) -> None:
    # Cohorts are carried by hazards; nobody takes part after the last age.
    at = (s * AGES + a) * BLOCK
    last = 1.0 if a < WORK_UNTIL else 0.0
    e, h = rates[s, y, a, WEAK], rates[s, y, a, LEAVE]
    for b in range(BLOCK):
        p, r = bench[PEOPLE + b], carried[at + b]
        sick = _least(e * draw[FRAILTY + b] * bench[SICK + b], 1.0)
        leave = _least(h * draw[RETIREMENT + b] * bench[RETIRE + b], 1.0 - sick)
        ahead = r * (1.0 - leave - sick)
        after = last * _within(ahead + bench[SHARE_NEXT + b])
        bench[NEXT + b], bench[AFTER + b], bench[ENTERED + b] = ahead, after, 0.0
        bench[ILL + b], bench[RETIRED + b] = p * r * sick, p * r * leave
        bench[GAIN + b] = p * (after - _within(r + bench[SHARE + b]))


@_step
def _book(bench: Any, carried: Any, done: Any, pairs: Any, share: float, s: int, a: int, y: int) -> None:
    # What happened at one age goes to the accounts of the groups people were in, are in and come to.
    come, here, at = _group(a + 1), _group(a), (s * AGES + a) * BLOCK
    pair = (_group(a - y + 1) * GROUPS + here) * BLOCK
    for b in range(BLOCK):
        p, after, ill, entered = bench[PEOPLE + b], bench[AFTER + b], bench[ILL + b], bench[ENTERED + b]
        pairs[pair + b] -= bench[RETIRED + b]
        pairs[PAIRS + pair + b] -= ill
        pairs[2 * PAIRS + pair + b] -= bench[DIED + b] * p * after
        pairs[3 * PAIRS + pair + b] += bench[GAIN + b] + bench[RETIRED + b] + ill - entered
        done[(_ENTRANTS * GROUPS + come) * BLOCK + b] += entered
        done[(_MIGRATION * GROUPS + come) * BLOCK + b] += bench[CAME + b] * after
        carried[at + BLOCK + b] = bench[NEXT + b]
    if come > here:
        _cross(bench, done, share, here, come)


@_step
def _cross(bench: Any, done: Any, share: float, here: int, come: int) -> None:
    # Who grows into the next group, and the share of them that moves to its profile.
    for b in range(BLOCK):
        crossed = bench[PEOPLE + b] * (1.0 - bench[DIED + b]) * bench[AFTER + b]
        done[(CROSSED * GROUPS + here) * BLOCK + b] += crossed
        done[(_PARTICIPATION * GROUPS + here) * BLOCK + b] -= share * crossed
        done[(_PARTICIPATION * GROUPS + come) * BLOCK + b] += share * crossed


@_step
def _split(pairs: Any, done: Any, share: float) -> None:
    # Leavers of the year are split between their group at the base and the one they are in.
    for i in range(len(_PARTS)):
        for left in range(1, GROUPS):
            for here in range(left, GROUPS):
                for b in range(BLOCK):
                    one = pairs[i * PAIRS + (left * GROUPS + here) * BLOCK + b]
                    done[(_PARTS[i] * GROUPS + left) * BLOCK + b] += (1.0 - share) * one
                    done[(_PARTS[i] * GROUPS + here) * BLOCK + b] += share * one
                    pairs[i * PAIRS + (left * GROUPS + here) * BLOCK + b] = 0.0


@_step
def _begin(now: Any, carried: Any, done: Any, people: Any, profile: Any) -> None:
    for s in range(2):
        for a in range(AGES):
            at = (s * AGES + a) * BLOCK
            now[at : at + BLOCK] = people[s, a]
            carried[at : at + BLOCK] = profile[s, a]
    done[:] = 0.0


@_step
def _write(done: Any, out: Any, first: int, y: int) -> None:
    for c in range(ROWS):
        for g in range(GROUPS):
            for b in range(BLOCK):
                out[first + b, c, g, y] = done[(c * GROUPS + g) * BLOCK + b]


@nb.njit(error_model="numpy")
def _least(x: float, most: float) -> float:
    return x if x < most else most


@nb.njit(error_model="numpy")
def _within(x: float) -> float:
    return _least(x if x > 0.0 else 0.0, 1.0)


@nb.njit(error_model="numpy")
def _group(age: int) -> int:
    return min(max((age - WORK_FROM) // 10, 1), GROUPS - 1)
