"""How long unforeseen slumps and upswings last: the number behind Germany's range, chosen where ranges are read.

Sharpness subject to calibration (Gneiting, Balabdaoui and Raftery 2007): among the values with which the ranges of the
Kreise hold what they promise, the one with the smallest CRPS. A test as a whole comes first, its parts by years ahead
second. The score alone hardly tells the values apart; whether 80 of 100 outcomes lie in a range that promises 80 is
what people rely on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.model.demand import national_path
from fachkraftwerk.runs.backtest import rule as rules
from fachkraftwerk.runs.backtest.cases import HORIZONS, Case
from fachkraftwerk.runs.backtest.rule import Rule
from fachkraftwerk.runs.backtest.scores import HALF_50, HALF_80

Array = NDArray[np.float64]
TRIED: tuple[float, ...] = tuple(float(one) for one in np.round(np.arange(0.8, 0.99, 0.005), 3))
#: Standard deviations to either side, and the share of outcomes that this promises.
PROMISED = ((HALF_50, 0.5), (HALF_80, 0.8))


@dataclass(frozen=True)
class Miss:
    """One origin and horizon: log errors and own spreads [Kreis], and the unrest of Germany known at the origin."""

    horizon: int
    error: Array
    own: Array
    unrest: float


def misses(cases: Iterable[Case], rule: Rule) -> list[Miss]:
    """Return what the rule missed at every origin and horizon."""
    return [_miss(case, rule) for case in cases]


def _miss(case: Case, rule: Rule) -> Miss:
    total, start = case.past.sum(axis=0), case.past[:, -1]
    said = rules.germany(rule, total, case.known, case.horizon)[-1] + rules.kreise(rule, case.past, case.horizon)
    own = rules.spread_of_kreise(rule, case.past, case.horizon, case.land)
    unrest = national_path.unrest(total, rule.autocorrelation)
    return Miss(case.horizon, np.log(case.outcome / start) - said, own, unrest)


def persistence(
    tests: Sequence[Sequence[Miss]], memory: float, tolerance: float, tried: Sequence[float] = TRIED
) -> float:
    """Return the persistence of unforeseen changes with the smallest CRPS among those that keep the promise.

    tests: what the rule missed, a list for each test; the first is also looked at by years ahead. memory:
    autocorrelation of yearly changes; tolerance: how far the share inside a range may be off, as a share. Where no value
    keeps the promise everywhere, the one that is least off in the tests as a whole, then by years ahead.
    """
    parts = [[one for one in tests[0] if one.horizon == horizon] for horizon in HORIZONS]
    scores = {one: [_judge(part, memory, one) for part in parts] for one in tried}
    off = {
        one: (_beyond([_judge(test, memory, one) for test in tests], tolerance), _beyond(scores[one], tolerance))
        for one in tried
    }
    keep = [one for one in tried if off[one] == min(off.values())]
    return min(keep, key=lambda one: sum(line[0] for line in scores[one]))


def _beyond(lines: Sequence[tuple[float, float]], tolerance: float) -> float:
    return sum(max(off - tolerance, 0.0) for _, off in lines)


def _judge(found: Sequence[Miss], memory: float, lasting: float) -> tuple[float, float]:
    """Return the CRPS relative to the mean error, and by how much the worse of the two ranges is off."""
    import scoringrules

    error = np.concatenate([one.error for one in found])
    wide = np.concatenate([_wide(one, memory, lasting) for one in found])
    crps = float(np.mean(scoringrules.crps_normal(error, 0.0, wide)) / np.abs(error).mean())
    off = max(abs(float((np.abs(error) <= half * wide).mean()) - share) for half, share in PROMISED)
    return crps, off


def _wide(one: Miss, memory: float, lasting: float) -> Array:
    return np.hypot(one.own, one.unrest * national_path.piled_up(memory, lasting, one.horizon))
