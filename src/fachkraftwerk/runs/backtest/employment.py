"""Tests of the rule of the published forecast for employment: Kreise, Germany alone, Kreise with Germany given.

Kreise: trained on 1997 up to the origin, ten origins 2009–2018, real outcomes to 2019. Germany alone: every origin from
2002 on, so that the slump before 2006 is in it too; nobody can foresee a boom from a Kreis table, but who gets more and
who gets less of it can be tested, which is the third.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fachkraftwerk.core.text import Text
from fachkraftwerk.model.demand.regional_path import deviations
from fachkraftwerk.runs.backtest import rule as rules
from fachkraftwerk.runs.backtest.result import OURS, Test, size_classes
from fachkraftwerk.runs.backtest.rule import Rule
from fachkraftwerk.runs.backtest.scores import HALF_50, HALF_80, Score, score
from fachkraftwerk.runs.backtest.words import PEOPLE
from fachkraftwerk.runs.national import Residents

Array = NDArray[np.float64]
ORIGINS = range(2009, 2019)
#: Germany alone: from the first origin with five years of employment before it.
ALL_ORIGINS = range(2002, 2019)
HORIZONS = (1, 3, 5, 7, 10)
#: Years from which the rivals read a trend.
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


WHOLE_NOTES = (
    Text(
        "Zehn Jahre voraus gibt es nur ein Ausgangsjahr, 2009: Alle 400 Kreise teilen denselben Fehler für Deutschland. Wie viele davon im Bereich liegen, misst dann einen einzigen Wurf. Auch sieben Jahre voraus sind es nur vier Ausgangsjahre; am stärksten prägt der gemeinsame Fehler die großen Kreise, die selbst wenig abweichen. Aussagekräftig sind dort die Tafeln „Beschäftigte in Deutschland“ und „bei bekanntem Deutschland“.",
        'Ten years ahead there is one origin only, 2009: all 400 Kreise share the same error for Germany. How many of them lie in the range is one throw of the dice. Seven years ahead there are four origins only, and the shared error shows most in large Kreise, which deviate little themselves. There the tables "Employees in Germany" and "with Germany given" are the ones that say something.',
    ),
)
GERMANY_NOTES = (
    Text(
        "Siebzehn Ausgangsjahre, die sich überlappen, sind kaum mehr als zwei unabhängige Fälle: eine Flaute und ein Aufschwung. Den Aufschwung ab 2006 hat keines der Modelle aus den Jahren davor gelesen; darum sind die Fehler lang voraus groß und gleich gerichtet.",
        "Seventeen overlapping origins are hardly more than two independent cases: a slump and an upswing. None of the models read the upswing from 2006 on from the years before; that is why errors far ahead are large and point the same way.",
    ),
    Text(
        "Form und Zeiträume der Regel wurden an allen Ausgangsjahren zusammen gewählt: Aus den Jahren vor 2009 allein ließen sie sich nicht wählen, dort war Stillstand die beste Regel und danach die schlechteste. Dass das Ergebnis nicht an einzelnen Zahlen hängt, steht in docs/decisions/007-national-path.md.",
        "Form and windows of the rule were chosen on all origins together: the years before 2009 alone could not choose, no change was best there and worst afterwards. That the result does not hang on single numbers is shown in docs/decisions/007-national-path.md.",
    ),
)


def run(facts: pd.DataFrame, residents: Residents, rule: Rule) -> list[Test]:
    """Return the three tests. ``facts``: table employment of the edition."""
    table = facts.pivot(index="ags", columns="year", values="value").dropna()
    found = list(cases(table, residents))
    long = list(cases(table, residents, ALL_ORIGINS))
    return [_whole(table, found, rule), _germany(long, rule), _regional(found, rule)]


def cases(table: pd.DataFrame, residents: Residents, origins: range = ORIGINS) -> Iterator[Case]:
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


def _whole(table: pd.DataFrame, found: list[Case], rule: Rule) -> Test:
    forecasts = {name: [model(case, rule) for case in found] for name, model in MODELS.items()}
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
            "Gelernt an 1997 bis zum Ausgangsjahr, zehn Ausgangsjahre 2009 bis 2018, gemessen an den wirklichen Zahlen bis 2019. Es rechnet die Regel der veröffentlichten Prognose mit denselben Parametern.",
            "Trained on 1997 up to the origin, ten origins 2009 to 2018, measured against the real figures up to 2019. The rule is that of the published forecast, with the same parameters.",
        ),
        tuple(lines),
        WHOLE_NOTES,
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


def _germany(found: list[Case], rule: Rule) -> Test:
    """Germany as one series: the published rule, the same with people as they came, and the rivals."""
    lines, held = [], dict[int, Array]()
    for horizon in HORIZONS:
        chosen = [case for case in found if case.horizon == horizon]
        start, outcome = (np.array([part(c).sum() for c in chosen]) for part in (_now, _then))
        for name, growth, spread in _national_models(chosen, rule):
            lines.append(score(name, f"{horizon} years", start * np.exp(growth), outcome, start))
            if spread is not None:
                held[horizon] = np.abs(np.log(outcome / start) - growth) / spread
    return Test(
        "employment_germany",
        Text("Beschäftigte in Deutschland", "Employees in Germany"),
        Text(
            "Nur die Summe: alle siebzehn Ausgangsjahre 2002 bis 2018, auch die Flaute vor 2006. Die Bevölkerung wird mit dem fortgeschrieben, was im Ausgangsjahr bekannt war; eine zweite Zeile zeigt dieselbe Regel mit der Bevölkerung, die wirklich kam.",
            "The sum alone: all seventeen origins 2002 to 2018, the slump before 2006 among them. People are projected with what was known at the origin; a second line shows the same rule with the people who really came.",
        ),
        tuple(lines),
        (*GERMANY_NOTES, _inside(held)),
    )


def _inside(held: dict[int, Array]) -> Text:
    """Say how many outcomes lay in the range of the one series; held: distance in spreads by years ahead."""
    counts = {h: (int((z <= HALF_50).sum()), int((z <= HALF_80).sum()), len(z)) for h, z in held.items()}
    de = "; ".join(f"{h} Jahre voraus {a} und {b} von {n}" for h, (a, b, n) in counts.items() if h > 1)
    en = "; ".join(f"{h} years ahead {a} and {b} of {n}" for h, (a, b, n) in counts.items() if h > 1)
    return Text(
        f"Im 50- und im 80-%-Bereich dieser einen Reihe lagen: {de}. Die Spannen, die man vor 2006 aus den wenigen Jahren davor lesen konnte, waren zu schmal; die heutigen kennen diese Jahre. Ein Anteil aus so wenigen, sich überlappenden Fällen misst die Spannen nicht; dafür stehen die 400 Kreise.",
        f"In the 50 % and the 80 % range of this one series lay: {en}. The ranges one could read before 2006 from the few years before were too narrow; today's know those years. A share of so few overlapping cases does not measure ranges; the 400 Kreise do.",
    )


def _now(case: Case) -> Array:
    return case.past[:, -1]


def _then(case: Case) -> Array:
    return case.outcome


def _national_models(chosen: list[Case], rule: Rule) -> Iterator[tuple[str, Array, Array | None]]:
    totals = [case.past.sum(axis=0) for case in chosen]
    pairs = list(zip(chosen, totals, strict=True))
    said = [rules.germany(rule, total, case.known, case.horizon)[-1] for case, total in pairs]
    wide = [rules.spread_of_germany(rule, total, case.horizon) for case, total in pairs]
    came = [rules.germany(rule, total, case.known, case.horizon, case.residents)[-1] for case, total in pairs]
    yield OURS, np.array(said), np.array(wide)
    yield PEOPLE, np.array(came), None
    yield "no change", np.zeros(len(chosen)), None
    yield "last trend", np.array([case.horizon * drift(total, TREND) for case, total in pairs]), None


def _regional(found: list[Case], rule: Rule) -> Test:
    """Who gets more, who gets less: Germany's path is given to every model alike."""
    lines = []
    for horizon in HORIZONS:
        chosen = [case for case in found if case.horizon == horizon]
        start = np.concatenate([case.past[:, -1] for case in chosen])
        outcome = np.concatenate([case.outcome for case in chosen])
        for name, part in (("ours", True), ("rival", False)):
            growth, spread = zip(*(_given(case, rule, part) for case in chosen), strict=True)
            model = OURS if name == "ours" else "constant share"
            forecast = start * np.exp(np.concatenate(growth))
            lines.append(score(model, f"{horizon} years", forecast, outcome, start, np.concatenate(spread)))
        lines.append(
            score(
                "own trend kept",
                f"{horizon} years",
                start * np.exp(np.concatenate([_kept_in_full(c) for c in chosen])),
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


def _given(case: Case, rule: Rule, shrunk: bool) -> tuple[Array, Array]:
    wide = rules.spread_of_kreise(rule, case.past, case.horizon, case.land)
    lead = rules.kreise(rule, case.past, case.horizon) if shrunk else np.zeros(len(case.past))
    return case.germany + lead, wide


def _kept_in_full(case: Case) -> Array:
    deviation = deviations(case.past)
    lead: Array = deviation[:, -1] - deviation[:, -1 - TREND]
    return case.germany + case.horizon / TREND * lead
