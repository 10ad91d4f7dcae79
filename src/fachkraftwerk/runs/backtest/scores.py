"""Scores of a forecast against what happened, the same for every model in every test.

WAPE = Σ|forecast − outcome| / Σ outcome; bias = Σ(forecast − outcome) / Σ outcome; direction = share of series whose
sign of change was right; CRPS (Gneiting and Raftery 2007) in units of the outcome, averaged and divided by the mean
outcome; coverage = share of outcomes inside the central interval.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
#: The intervals must hold what they promise within so many points.
TOLERANCE = 7.0
#: Half-widths of the central 50 % and 80 % interval of a normal distribution, in standard deviations.
HALF_50, HALF_80 = 0.6744897501960817, 1.2815515655446004


@dataclass(frozen=True)
class Score:
    """One line of a back-test table. Percentages, except ``n`` (series scored)."""

    model: str
    group: str
    n: int
    wape: float
    bias: float
    direction: float | None = None
    crps: float | None = None
    coverage_50: float | None = None
    coverage_80: float | None = None
    #: Whether the ranges are put to the test here; where a handful of origins share one error, another table does it.
    judged: bool = True

    def as_row(self) -> dict[str, object]:
        """Return the score as a row for JSON and CSV."""
        return asdict(self)


def score(
    model: str, group: str, forecast: Array, outcome: Array, start: Array | None = None, spread: Array | None = None,
    judged: bool = True,
) -> Score:  # fmt: skip
    """Score one model. ``spread`` is the log standard deviation of each forecast; ``start`` the value at the origin."""
    known = np.isfinite(forecast) & np.isfinite(outcome) & (outcome > 0) & (forecast > 0)
    forecast, outcome = forecast[known], outcome[known]
    error = forecast - outcome
    return Score(
        model,
        group,
        int(known.sum()),
        100 * float(np.abs(error).sum() / outcome.sum()),
        100 * float(error.sum() / outcome.sum()),
        None if start is None else direction(forecast, outcome, start[known]),
        None if spread is None else crps(forecast, outcome, spread[known]),
        None if spread is None else coverage(forecast, outcome, spread[known], HALF_50),
        None if spread is None else coverage(forecast, outcome, spread[known], HALF_80),
        judged,
    )


def direction(forecast: Array, outcome: Array, start: Array) -> float | None:
    """Return the share of series whose direction was right, in percent; a model that says "no change" says none."""
    said = np.sign(np.round(forecast - start, 9))
    if not said.any():
        return None
    happened = np.sign(outcome - start)
    decided = happened != 0
    if not decided.any():
        return None
    return 100 * float((said == happened)[decided].mean())


def crps(forecast: Array, outcome: Array, spread: Array) -> float:
    """Return the mean CRPS of log-normal forecasts relative to the mean outcome, in percent."""
    import scoringrules

    values = scoringrules.crps_lognormal(outcome, np.log(forecast), np.maximum(spread, 1e-9))
    return 100 * float(np.mean(values) / outcome.mean())


def coverage(forecast: Array, outcome: Array, spread: Array, half: float) -> float:
    """Return the share of outcomes within ``half`` standard deviations (log), in percent."""
    return 100 * float((np.abs(np.log(outcome / forecast)) <= half * spread).mean())
