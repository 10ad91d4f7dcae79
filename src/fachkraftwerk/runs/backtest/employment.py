"""Tests of the rule of the published forecast for employment per Kreis: ten origins, all origins, Germany given.

Ten origins: trained on 1997 up to the origin, 2009–2018, real outcomes to 2019. All origins: every one with five years
before it, so that the slump before 2006 and the first year of Covid are in it too. Ranges are judged in both, wherever
there is more than one origin: all Kreise of one origin share the error of Germany. Nobody can foresee a boom from a
Kreis table, but who gets more and who gets less of it can be tested, which is the third.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fachkraftwerk.core.text import Text, number
from fachkraftwerk.model.demand.regional_path import deviations
from fachkraftwerk.runs.backtest import rule as rules
from fachkraftwerk.runs.backtest.cases import HORIZONS, MODELS, TREND, Case, cases
from fachkraftwerk.runs.backtest.result import OURS, Test, size_classes
from fachkraftwerk.runs.backtest.rule import Rule
from fachkraftwerk.runs.backtest.scores import Score, score
from fachkraftwerk.runs.national import Residents

Array = NDArray[np.float64]
Forecasts = Mapping[str, list[tuple[Array, Array]]]
ORIGINS = range(2009, 2019)
#: First origin with five years of employment before it.
FIRST = 2002
#: Horizon at which the size of the Kreis is looked at: the one people ask for.
SIZED = 7

TEN = Text(
    "Gelernt an 1997 bis zum Ausgangsjahr, zehn Ausgangsjahre 2009 bis 2018, gemessen an den wirklichen Zahlen bis 2019. Es rechnet die Regel der veröffentlichten Prognose mit denselben Parametern.",
    "Trained on 1997 up to the origin, ten origins 2009 to 2018, measured against the real figures up to 2019. The rule is that of the published forecast, with the same parameters.",
)
GIVEN = Text(
    "Jedem Modell wird die wirkliche Entwicklung Deutschlands gegeben; geprüft wird nur die Verteilung auf die Kreise, an allen Ausgangsjahren.",
    "Every model is given what really happened in Germany; only the distribution over the Kreise is tested, at all origins.",
)


def run(table: pd.DataFrame, residents: Residents, rule: Rule) -> list[Test]:
    """Return the three tests. ``table``: employees, Kreis × year (``outcomes.kreise``)."""
    ten, whole = ten_origins(table, residents), all_origins(table, residents)
    return [_ten(table, ten, rule), _all(table, whole, rule), _regional(whole, rule)]


def ten_origins(table: pd.DataFrame, residents: Residents) -> list[Case]:
    """Return the ten origins with outcomes up to 2019."""
    return list(cases(table.loc[:, : ORIGINS.stop], residents, ORIGINS))


def all_origins(table: pd.DataFrame, residents: Residents) -> list[Case]:
    """Return all origins with five years before them and every horizon whose outcome is known."""
    return list(cases(table, residents, range(FIRST, int(table.columns[-1]))))


def _ten(table: pd.DataFrame, found: list[Case], rule: Rule) -> Test:
    forecasts = {name: [model(case, rule) for case in found] for name, model in MODELS.items()}
    title = Text("Beschäftigte je Kreis", "Employees per Kreis")
    lines = tuple(_lines(found, forecasts))
    return Test("employment", title, TEN, lines, _ten_notes(lines), _errors(table, found, forecasts[OURS]))


def _all(table: pd.DataFrame, found: list[Case], rule: Rule) -> Test:
    forecasts = {name: [model(case, rule) for case in found] for name, model in MODELS.items()}
    first, last, seen = found[0].origin, found[-1].origin, int(table.columns[-1])
    title = Text("Beschäftigte je Kreis, alle Ausgangsjahre", "Employees per Kreis, all origins")
    method = Text(
        f"Dieselbe Regel an allen Ausgangsjahren {first} bis {last}, gemessen bis {seen}: mit der Flaute vor 2006 und dem ersten Covid-Jahr. Auch die Spannen sind die, die man im Ausgangsjahr kennen konnte.",
        f"The same rule at all origins {first} to {last}, measured up to {seen}: with the slump before 2006 and the first year of Covid. The ranges too are those that could be known at the origin.",
    )
    return Test("employment_all", title, method, tuple(_lines(found, forecasts)), (_all_note(found, forecasts),))


def _lines(found: list[Case], forecasts: Forecasts) -> Iterator[Score]:
    for horizon in HORIZONS:
        at = [i for i, case in enumerate(found) if case.horizon == horizon]
        if at:
            yield from (_pooled(name, f"{horizon} years", at, found, made) for name, made in forecasts.items())
    every = list(range(len(found)))
    yield from (_pooled(name, "all", every, found, made) for name, made in forecasts.items())
    seven = [i for i in every if found[i].horizon == SIZED]
    for size in size_classes(found[0].past[:, -1]):
        masks = {i: size_classes(found[i].past[:, -1])[size] for i in seven}
        yield from (
            _pooled(name, f"{SIZED} years, {size}", seven, found, made, masks) for name, made in forecasts.items()
        )


def _pooled(
    name: str, group: str, at: list[int], found: list[Case], made: list[tuple[Array, Array]],
    masks: Mapping[int, NDArray[np.bool_]] | None = None,
) -> Score:  # fmt: skip
    """Score one model over the cases ``at``; masks: Kreise that count, by case. One origin is no share: not judged."""
    keep = [slice(None) if masks is None else masks[i] for i in at]
    start, outcome, growth, spread = (
        np.concatenate([part[mask] for part, mask in zip(parts, keep, strict=True)])
        for parts in (
            [found[i].past[:, -1] for i in at],
            [found[i].outcome for i in at],
            [made[i][0] for i in at],
            [made[i][1] for i in at],
        )
    )
    return score(name, group, start * np.exp(growth), outcome, start, spread, judged=len(at) > 1)


def _ten_notes(lines: Sequence[Score]) -> tuple[Text, ...]:
    """Say what the only origin ten years ahead can tell, and which way the ranges of these years were off."""
    near = next(line for line in lines if (line.model, line.group) == (OURS, f"{HORIZONS[1]} years"))
    inner, outer = (f"{share or 0.0:.0f}" for share in (near.coverage_50, near.coverage_80))
    return (
        Text(
            f"Alle 400 Kreise eines Ausgangsjahres teilen den Fehler für Deutschland. Zehn Jahre voraus gibt es nur ein Ausgangsjahr (2009), also einen einzigen Fall: Die Anteile stehen dort in Klammern und werden nicht gewertet. Die zehn Ausgangsjahre liegen in einem ruhigen Aufschwung nach einer Flaute; die Spannen waren in den ersten Jahren breiter als nötig (drei Jahre voraus lagen {inner} und {outer} von 100 Ergebnissen im 50-%- und im 80-%-Bereich).",
            f"All 400 Kreise of one origin share the error of Germany. Ten years ahead there is one origin only (2009), so a single case: the shares there are in brackets and not judged. The ten origins lie in a calm upswing after a slump; in the first years the ranges were wider than needed (three years ahead {inner} and {outer} of 100 outcomes lay in the 50 % and the 80 % range).",
        ),
    )


def _all_note(found: list[Case], forecasts: Forecasts) -> Text:
    """Say how the farthest table comes about: how many origins, and how many of them carry most of what is outside."""
    far = [i for i, case in enumerate(found) if case.horizon == max(HORIZONS)]
    off = {found[i].origin: _outside(found[i], *forecasts[OURS][i]) for i in far}
    worst = sorted(sorted(off, key=off.__getitem__, reverse=True)[:3])
    lost = sum(off[year] for year in worst) / max(sum(off.values()), 1e-9)
    de, en = (", ".join(map(str, worst[:-1])) + f" {word} {worst[-1]}" for word in ("und", "and"))
    return Text(
        f"Zehn Jahre voraus sind es {len(far)} Ausgangsjahre, die sich überlappen. Von den Ergebnissen außerhalb des 80-%-Bereichs kommen {number(100 * lost, 'de')} % aus drei von ihnen: {de}, in der Flaute oder kurz danach; den langen Aufschwung danach sah keine Regel.",
        f"Ten years ahead there are {len(far)} origins, which overlap. Of the outcomes outside the 80 % range {number(100 * lost, 'en')} % come from three of them: {en}, in the slump or just after it; no rule saw the long upswing that followed.",
    )


def _outside(case: Case, growth: Array, spread: Array) -> float:
    """Return the share of Kreise outside the 80 % range."""
    from fachkraftwerk.runs.backtest.scores import HALF_80

    error = np.abs(np.log(case.outcome / case.past[:, -1]) - growth)
    return float((error > HALF_80 * spread).mean())


def _errors(table: pd.DataFrame, found: list[Case], forecasts: list[tuple[Array, Array]]) -> dict[str, float]:
    """Mean signed error per Kreis seven years ahead, in percent of the outcome."""
    chosen = [(case, forecasts[i]) for i, case in enumerate(found) if case.horizon == SIZED]
    errors = [100 * (case.past[:, -1] * np.exp(made[0]) / case.outcome - 1) for case, made in chosen]
    return dict(zip(map(str, table.index), np.mean(errors, axis=0).round(1).tolist(), strict=True))


def _regional(found: list[Case], rule: Rule) -> Test:
    """Who gets more, who gets less: Germany's path is given to every model alike."""
    lines: list[Score] = []
    for horizon in HORIZONS:
        chosen = [case for case in found if case.horizon == horizon]
        lines += _given(chosen, rule, f"{horizon} years")
    seven = [case for case in found if case.horizon == SIZED]
    for size in size_classes(found[0].past[:, -1]):
        lines += _given(seven, rule, f"{SIZED} years, {size}", size)
    title = Text(
        "Wer gewinnt, wer verliert: Kreise bei bekanntem Deutschland",
        "Who gains, who loses: Kreise with Germany given",
    )
    return Test("employment_regional", title, GIVEN, tuple(lines))


def _given(chosen: list[Case], rule: Rule, group: str, size: str = "") -> Iterator[Score]:
    """Score our lead of the Kreise, none, and the whole one; size: the third of the Kreise that counts."""
    masks = [size_classes(case.past[:, -1])[size] if size else slice(None) for case in chosen]

    def joined(parts: list[Array]) -> Array:
        return np.concatenate([part[mask] for part, mask in zip(parts, masks, strict=True)])

    start, outcome = joined([case.past[:, -1] for case in chosen]), joined([case.outcome for case in chosen])
    wide = joined([rules.spread_of_kreise(rule, case.past, case.horizon, case.land) for case in chosen])
    leads = {
        OURS: [rules.kreise(rule, case.past, case.horizon) for case in chosen],
        "constant share": [np.zeros(len(case.past)) for case in chosen],
        "own trend kept": [_kept_in_full(case) for case in chosen],
    }
    for name, lead in leads.items():
        growth = joined([case.germany + one for case, one in zip(chosen, lead, strict=True)])
        spread = None if name == "own trend kept" else wide
        yield score(name, group, start * np.exp(growth), outcome, start, spread)


def _kept_in_full(case: Case) -> Array:
    deviation = deviations(case.past)
    lead: Array = deviation[:, -1] - deviation[:, -1 - TREND]
    return np.asarray(case.horizon / TREND * lead)
