"""Origins of the past, and what every model would have said at each of them: ours and the naive rivals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fachkraftwerk.runs.backtest import rule as rules
from fachkraftwerk.runs.backtest.result import OURS
from fachkraftwerk.runs.backtest.rule import Rule
from fachkraftwerk.runs.national import Residents

Array = NDArray[np.float64]
HORIZONS = (1, 3, 5, 7, 10)
#: Years from which the rivals read a trend; the first origin has as many before it.
TREND = 5


@dataclass(frozen=True)
class Case:
    """One origin and horizon: the past (Kreise, years to the origin), the outcome, log growth of Germany in between."""

    origin: int
    horizon: int
    past: Array
    outcome: Array
    germany: float
    residents: Residents
    land: NDArray[np.str_]

    @property
    def known(self) -> Residents:
        """Residents up to the origin."""
        return self.residents.until(self.origin)


Forecaster = Callable[[Case, Rule], tuple[Array, Array]]


def cases(table: pd.DataFrame, residents: Residents, origins: range) -> Iterator[Case]:
    """Yield every origin and horizon whose outcome is known. ``table``: persons, Kreis × year."""
    years = [int(year) for year in table.columns]
    values = table.to_numpy(dtype=float)
    land = np.array([str(ags)[:2] for ags in table.index])
    for origin in origins:
        for horizon in HORIZONS:
            if origin + horizon not in years:
                continue
            now, then = years.index(origin), years.index(origin + horizon)
            germany = float(np.log(values[:, then].sum() / values[:, now].sum()))
            yield Case(origin, horizon, values[:, : now + 1], values[:, then], germany, residents, land)


def ours(case: Case, rule: Rule) -> tuple[Array, Array]:
    """Our path: Germany and the shrunk lead of the Kreis; spread of both parts."""
    nation = rules.germany(rule, case.past.sum(axis=0), case.known, case.horizon)[-1]
    wide = np.hypot(
        rules.spread_of_germany(rule, case.past.sum(axis=0), case.horizon),
        rules.spread_of_kreise(rule, case.past, case.horizon, case.land),
    )
    return nation + rules.kreise(rule, case.past, case.horizon), wide


def no_change(case: Case, rule: Rule) -> tuple[Array, Array]:
    """Naive: as at the origin; spread from its own past errors."""
    return np.zeros(len(case.past)), _own_spread(case, lambda past, h: np.zeros(len(past)))


def last_trend(case: Case, rule: Rule) -> tuple[Array, Array]:
    """Naive: the Kreis's own growth of the window goes on in full."""

    def trend(past: Array, horizon: int) -> Array:
        window = min(TREND, past.shape[1] - 1)
        step: Array = horizon * np.log(past[:, -1] / past[:, -1 - window]) / window
        return step

    return trend(case.past, case.horizon), _own_spread(case, trend)


def shift_share(case: Case, rule: Rule) -> tuple[Array, Array]:
    """Naive: every Kreis grows as Germany did in the window (constant share)."""

    def share(past: Array, horizon: int) -> Array:
        window = min(TREND, past.shape[1] - 1)
        return np.full(len(past), horizon * drift(past.sum(axis=0), window))

    return share(case.past, case.horizon), _own_spread(case, share)


def drift(total: Array, window: int) -> float:
    """Return the yearly log growth of ``total`` [year] over the last ``window`` years."""
    return float(np.log(total[-1] / total[-1 - window]) / window)


def _own_spread(case: Case, model: Callable[[Array, int], Array]) -> Array:
    """Spread of a rival's own errors at the longest horizon its past allows, stretched to this one."""
    years = case.past.shape[1]
    horizon = min(case.horizon, max(1, (years - 3) // 2))
    origins = range(max(2, years - horizon - 5), years - horizon)
    errors = [
        np.log(case.past[:, t + horizon] / case.past[:, t]) - model(case.past[:, : t + 1], horizon) for t in origins
    ]
    typical = float(np.sqrt(np.mean(np.square(errors))))
    return np.full(len(case.past), typical * case.horizon / horizon)


MODELS: dict[str, Forecaster] = {
    OURS: ours,
    "no change": no_change,
    "last trend": last_trend,
    "shift-share": shift_share,
}
