"""Test: employment per Kreis, trained on 1997 up to the origin, ten origins 2009–2018, real outcomes to 2019.

The national part and the regional part are scored apart as well: nobody can foresee a boom from a Kreis table, but who
gets more and who gets less of it can be tested.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fachkraftwerk.core.text import Text
from fachkraftwerk.model.demand.regional_path import (
    deviations,
    national_drift,
    national_spread,
    persistence_beyond,
    regional_path,
)
from fachkraftwerk.model.demand.totals import deviation_path, growth_path
from fachkraftwerk.model.parameters import parameters
from fachkraftwerk.runs.backtest.result import OURS, Test, size_classes
from fachkraftwerk.runs.backtest.scores import Score, score
from fachkraftwerk.runs.backtest.words import HALF

Array = NDArray[np.float64]
ORIGINS = range(2009, 2019)
HORIZONS = (1, 3, 5, 7, 10)


@dataclass(frozen=True)
class Case:
    """One origin and horizon: the past (Kreise, years to the origin), the outcome, log growth of Germany in between."""

    origin: int
    horizon: int
    past: Array
    outcome: Array
    germany: float


@dataclass(frozen=True)
class Setting:
    """The parameters of the regional path (model/demand/parameters.yaml)."""

    window: int
    spread_growth: float
    memory: int


Forecaster = Callable[[Case, Setting], tuple[Array, Array]]


def ours(case: Case, setting: Setting) -> tuple[Array, Array]:
    """Our path: national drift and shrunk deviation; spread of both parts."""
    growth, spread = regional_path(case.past, setting.window, case.horizon, setting.spread_growth)
    return growth, np.hypot(
        spread, national_spread(case.past.sum(axis=0), setting.window, case.horizon, setting.memory)
    )


def no_change(case: Case, setting: Setting) -> tuple[Array, Array]:
    """Naive: as at the origin; spread from its own past errors."""
    return np.zeros(len(case.past)), _own_spread(case, lambda past, h: np.zeros(len(past)))


def last_trend(case: Case, setting: Setting) -> tuple[Array, Array]:
    """Naive: the Kreis's own growth of the window goes on in full."""

    def trend(past: Array, horizon: int) -> Array:
        window = min(setting.window, past.shape[1] - 1)
        step: Array = horizon * np.log(past[:, -1] / past[:, -1 - window]) / window
        return step

    return trend(case.past, case.horizon), _own_spread(case, trend)


def shift_share(case: Case, setting: Setting) -> tuple[Array, Array]:
    """Naive: every Kreis grows as Germany did in the window (constant share)."""

    def share(past: Array, horizon: int) -> Array:
        window = min(setting.window, past.shape[1] - 1)
        return np.full(len(past), horizon * national_drift(past.sum(axis=0), window))

    return share(case.past, case.horizon), _own_spread(case, share)


def forecast_rule(case: Case, setting: Setting) -> tuple[Array, Array]:
    """The rule of the published forecast: half of the long-run growth, deviations damped.

    It expects less growth than the past showed, because the people who made it will not be there again; here it is
    held against a past in which they were.
    """
    values, ahead = parameters(), np.array([float(case.horizon)])
    total = np.log(case.past.sum(axis=0))
    years, back = len(total) - 1, min(10, len(total) - 1)
    weight, damping = values["demand.long_run_growth"].number, values["demand.growth_damping"].number
    national = growth_path(total[-1] - total[-2], (total[-1] - total[0]) / years, weight, ahead, damping)[0]
    deviation = deviations(case.past)
    lead = (deviation[:, -1] - deviation[:, -1 - back]) / back
    keep, fading = values["demand.regional_deviation"].number, values["demand.regional_damping"].number
    spread = values["demand.demand_total"].distribution
    assert spread is not None
    wide = np.sqrt(sum(spread.at(scope, ahead)[0] ** 2 for scope in spread.spread))
    return national + deviation_path(lead, keep, ahead, fading)[:, 0], np.full(len(case.past), wide)


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
    HALF: forecast_rule,
}


def run(facts: pd.DataFrame, setting: Setting) -> list[Test]:
    """Return the two tests: employment as a whole, and the regional part with Germany's path given."""
    table = facts.pivot(index="ags", columns="year", values="value").dropna()
    found = list(cases(table))
    return [_whole(table, found, setting), _regional(found, setting)]


def cases(table: pd.DataFrame) -> Iterator[Case]:
    """Yield every origin and horizon whose outcome is known. ``table``: persons, Kreis × year."""
    years = [int(year) for year in table.columns]
    values = table.to_numpy(dtype=float)
    for origin in ORIGINS:
        for horizon in HORIZONS:
            if origin + horizon not in years:
                continue
            now, then = years.index(origin), years.index(origin + horizon)
            germany = float(np.log(values[:, then].sum() / values[:, now].sum()))
            yield Case(origin, horizon, values[:, : now + 1], values[:, then], germany)


def _whole(table: pd.DataFrame, found: list[Case], setting: Setting) -> Test:
    forecasts = {name: [model(case, setting) for case in found] for name, model in MODELS.items()}
    lines = [
        _pooled(name, f"{h} years", [c for c in found if c.horizon == h], forecasts[name], found)
        for h in HORIZONS
        for name in MODELS
    ]
    lines += [_pooled(name, "all", found, forecasts[name], found) for name in MODELS]
    lines += list(_by_size(found, forecasts))
    return Test(
        "employment",
        Text("Beschäftigte je Kreis", "Employees per Kreis"),
        Text(
            "Gelernt an 1997 bis zum Ausgangsjahr, zehn Ausgangsjahre 2009 bis 2018, gemessen an den wirklichen Zahlen bis 2019.",
            "Trained on 1997 up to the origin, ten origins 2009 to 2018, measured against the real figures up to 2019.",
        ),
        tuple(lines),
        (
            Text(
                "Der Aufschwung nach 2009 war länger, als irgendeines der Modelle aus den Jahren davor lesen konnte.",
                "The upswing after 2009 lasted longer than any of the models could read from the years before.",
            ),
            Text(
                "Die veröffentlichte Prognose rechnet mit dem halben langjährigen Wachstum, weil die Menschen fehlen werden, die es trugen. In den Jahren bis 2019 war diese Regel zu vorsichtig.",
                "The published forecast expects half of the long-run growth, because the people who carried it will be missing. In the years up to 2019 this rule was too cautious.",
            ),
        ),
        _errors(table, found, forecasts[OURS]),
    )


def _pooled(
    name: str, group: str, chosen: list[Case], forecasts: list[tuple[Array, Array]], found: list[Case]
) -> Score:
    picked = [(case, forecasts[found.index(case)]) for case in chosen]
    start = np.concatenate([case.past[:, -1] for case, _ in picked])
    growth = np.concatenate([forecast[0] for _, forecast in picked])
    spread = np.concatenate([forecast[1] for _, forecast in picked])
    outcome = np.concatenate([case.outcome for case, _ in picked])
    return score(name, group, start * np.exp(growth), outcome, start, spread)


def _by_size(found: list[Case], forecasts: dict[str, list[tuple[Array, Array]]]) -> Iterator[Score]:
    """Scores by size of the Kreis, seven years ahead: the horizon people ask for."""
    seven = [case for case in found if case.horizon == 7]
    for group in size_classes(seven[0].past[:, -1]):
        for name, made in forecasts.items():
            masks = [size_classes(case.past[:, -1])[group] for case in seven]
            start = np.concatenate([case.past[mask, -1] for case, mask in zip(seven, masks, strict=True)])
            growth = np.concatenate([made[found.index(c)][0][mask] for c, mask in zip(seven, masks, strict=True)])
            spread = np.concatenate([made[found.index(c)][1][mask] for c, mask in zip(seven, masks, strict=True)])
            outcome = np.concatenate([case.outcome[mask] for case, mask in zip(seven, masks, strict=True)])
            yield score(name, f"7 years, {group}", start * np.exp(growth), outcome, start, spread)


def _errors(table: pd.DataFrame, found: list[Case], forecasts: list[tuple[Array, Array]]) -> dict[str, float]:
    """Mean signed error per Kreis seven years ahead, in percent of the outcome."""
    chosen = [(case, forecasts[i]) for i, case in enumerate(found) if case.horizon == 7]
    errors = [100 * (case.past[:, -1] * np.exp(made[0]) / case.outcome - 1) for case, made in chosen]
    return dict(zip(map(str, table.index), np.mean(errors, axis=0).round(1).tolist(), strict=True))


def _regional(found: list[Case], setting: Setting) -> Test:
    """Who gets more, who gets less: Germany's path is given to every model alike."""
    lines = []
    for horizon in HORIZONS:
        chosen = [case for case in found if case.horizon == horizon]
        start = np.concatenate([case.past[:, -1] for case in chosen])
        outcome = np.concatenate([case.outcome for case in chosen])
        for name, part in (("ours", True), ("rival", False)):
            growth, spread = zip(*(_given(case, setting, part) for case in chosen), strict=True)
            model = OURS if name == "ours" else "constant share"
            forecast = start * np.exp(np.concatenate(growth))
            lines.append(score(model, f"{horizon} years", forecast, outcome, start, np.concatenate(spread)))
        lines.append(
            score(
                "own trend kept",
                f"{horizon} years",
                start * np.exp(np.concatenate([_kept_in_full(c, setting) for c in chosen])),
                outcome,
                start,
            )
        )
    return Test(
        "employment_regional",
        Text(
            "Wer gewinnt, wer verliert: Kreise bei bekanntem Deutschland",
            "Who gains, who loses: Kreise with Germany given",
        ),
        Text(
            "Jedem Modell wird die wirkliche Entwicklung Deutschlands gegeben; geprüft wird nur die Verteilung auf die Kreise.",
            "Every model is given what really happened in Germany; only the distribution over the Kreise is tested.",
        ),
        tuple(lines),
    )


def _given(case: Case, setting: Setting, shrunk: bool) -> tuple[Array, Array]:
    deviation = deviations(case.past)
    kept = persistence_beyond(deviation, setting.window, case.horizon, setting.spread_growth)
    lead = deviation[:, -1] - deviation[:, -1 - setting.window]
    return case.germany + (kept.kept if shrunk else 0.0) * lead, kept.spread


def _kept_in_full(case: Case, setting: Setting) -> Array:
    deviation = deviations(case.past)
    lead: Array = deviation[:, -1] - deviation[:, -1 - setting.window]
    return case.germany + case.horizon / setting.window * lead


def setting() -> Setting:
    """Return the parameters the model itself uses."""
    known = parameters()
    return Setting(
        int(known["demand.regional_window"].number),
        known["demand.regional_spread_growth"].number,
        int(known["demand.regional_memory"].number),
    )
