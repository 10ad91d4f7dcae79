"""The rule of the published forecast for employment, as it would have run at an origin of the past.

The same functions with the same parameters as in ``runs.prepare_demand``; the only difference is what was known.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.model.demand import national_path, regional_path
from fachkraftwerk.model.parameters import Parameters
from fachkraftwerk.runs import national

Array = NDArray[np.float64]
#: Years ahead that are looked at, at most.
LONGEST = 10
#: Fewest past errors of a horizon from which a spread is read; longer horizons are stretched from shorter ones.
FEWEST = 5


@dataclass(frozen=True)
class Rule:
    """Parameters of the rule (``demand.*``)."""

    ages: tuple[int, int]
    recent: int
    window: int
    fading: float
    autocorrelation: float
    persistence: float
    lead_window: int
    stretch: float
    kept: float
    damping: float


def rule(values: Parameters) -> Rule:
    """Return the rule with the parameters the model itself uses."""
    first, last = values["demand.working_age"].value
    number = {name: values[f"demand.{name}"].number for name in (
        "recent_window", "rate_window", "growth_fading", "growth_autocorrelation", "growth_persistence",
        "regional_window", "regional_spread_growth", "regional_deviation", "regional_damping",
    )}  # fmt: skip
    return Rule(
        (int(first), int(last)), int(number["recent_window"]), int(number["rate_window"]), number["growth_fading"],
        number["growth_autocorrelation"], number["growth_persistence"], int(number["regional_window"]),
        number["regional_spread_growth"], number["regional_deviation"], number["regional_damping"],
    )  # fmt: skip


def germany(
    one: Rule, employees: Array, known: national.Residents, years: int = LONGEST, came: Array | None = None
) -> Array:
    """Return the cumulated log growth of employment in Germany [years ahead + 1].

    employees: up to the origin [year]; known: residents up to the origin. came: log growth of residents of working age
    as it really came [years ahead], to see what the rule is worth when the outlook on people is right; then as many
    years as are known.
    """
    grown = national.growth(known, one.ages)
    stock = float(national.of_working_age(known.people[-1], one.ages))
    now = national_path.momentum(employees, grown, stock, one.recent, one.window)
    ahead = national.outlook(known, one.ages, years) if came is None else came[:years]
    return national_path.growth_path(now, ahead, one.fading)


def kreise(one: Rule, past: Array, horizon: int) -> Array:
    """Return each Kreis's log growth above Germany's over ``horizon`` years [Kreis]. past: [Kreis, year]."""
    seen = past[:, max(0, past.shape[1] - 1 - one.lead_window) :]
    ahead = regional_path.lead(seen, np.arange(seen.shape[1], dtype=np.int64), one.lead_window)
    return regional_path.deviation_path(ahead, one.kept, np.array([float(horizon)]), one.damping)[:, 0]


def spread_of_kreise(one: Rule, past: Array, horizon: int, land: NDArray[np.str_]) -> Array:
    """Return the log spread of each Kreis against Germany from the errors the rule had made before the origin [Kreis].

    Large Kreise stray less than small ones, restless ones more than calm ones. Where too few origins reach ``horizon`` years, the spread of the longest horizon they reach is stretched.
    """
    for known in range(horizon, 0, -1):
        errors = regional_path.errors(past, one.lead_window, one.kept, known, one.damping)
        if len(errors) >= FEWEST or known == 1:
            size = past[:, -1]
            factor = regional_path.by_size(size, regional_path.size_power(errors, land, size))
            common, own = regional_path.spread(errors, land, size, factor)
            wide = np.hypot(common, own * factor * regional_path.unrest(errors / factor))
            return np.asarray(wide * (horizon / known) ** one.stretch)
    raise ValueError("horizon must be at least one year")


def spread_of_germany(one: Rule, employees: Array, horizon: int) -> float:
    """Return the log spread of Germany's employment ``horizon`` years ahead."""
    return national_path.national_spread(employees, one.autocorrelation, one.persistence, horizon)
