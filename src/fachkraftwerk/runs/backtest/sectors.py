"""Test: employment per Kreis and sector, trained on 2015–2017, outcomes 2018–2020 (2020 is the first Covid year).

The rule is that of the published forecast: the Kreis as a whole follows the rule for employment, shares of sectors in
it drift as they did in Germany, damped.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import SECTORS
from fachkraftwerk.core.text import Text, number
from fachkraftwerk.model.demand.sector_deviation import kept_share, national_step, spread
from fachkraftwerk.model.demand.sectors import relative_trend
from fachkraftwerk.model.parameters import Parameters
from fachkraftwerk.runs.backtest import rule as rules
from fachkraftwerk.runs.backtest.result import OURS, Test, size_classes
from fachkraftwerk.runs.backtest.scores import Score, score
from fachkraftwerk.runs.national import Residents

Array = NDArray[np.float64]
TRAINED = (2015, 2016, 2017)
LAST = 2020


def run(facts: pd.DataFrame, employment: pd.DataFrame, residents: Residents, values: Parameters) -> Test:
    """Return the test. ``facts``: table sectors of the edition; ``employment``: persons, Kreis × year."""
    table = _series(facts).dropna()
    sector = table.index.get_level_values("sector").to_numpy()
    past = table[list(TRAINED)].to_numpy(dtype=float)
    past, sector, table = _positive(past, sector, table)
    kreis = employment.index.get_indexer(table.index.get_level_values("ags"))
    past, sector, table, kreis = past[kreis >= 0], sector[kreis >= 0], table[kreis >= 0], kreis[kreis >= 0]
    seen = employment.loc[:, : TRAINED[-1]].to_numpy(dtype=float)
    lines = []
    for year in range(TRAINED[-1] + 1, LAST + 1):
        outcome, horizon = table[year].to_numpy(dtype=float), year - TRAINED[-1]
        growth = _whole(seen, residents, values, horizon)[kreis] + _shift(past, sector, values, horizon)
        # A series strays from its sector in Germany, and Germany from its own path.
        wide = np.hypot(
            spread(past, sector, horizon), rules.spread_of_germany(rules.rule(values), seen.sum(0), horizon)
        )
        models = [(OURS, past[:, -1] * np.exp(growth), wide), *_rivals(past, sector, horizon)]
        lines += [score(name, f"{horizon} years", made, outcome, past[:, -1], wide) for name, made, wide in models]
        if year == LAST:
            lines += _by_size(models, outcome, past[:, -1], size_classes(seen[:, -1]), kreis)
    left = 100 * kept_share(past, sector)
    note = Text(
        f"Vom eigenen Vorsprung eines Kreises in einer Branche waren ein Jahr später noch {number(left, 'de')} % da (2015–2017); die Prognose führt ihn deshalb nicht fort.",
        f"Of a Kreis's own lead in a sector {number(left, 'en')} % was left a year later (2015–2017); the forecast therefore does not carry it on.",
    )
    title = Text("Beschäftigte je Kreis und Branche", "Employees per Kreis and sector")
    method = Text(
        "Gelernt an 2015 bis 2017, gemessen an 2018 bis 2020; elf Branchen, die sich zur Gesamtzahl addieren. Es rechnet die Regel der veröffentlichten Prognose.",
        "Trained on 2015 to 2017, measured against 2018 to 2020; eleven sectors that add up to the total. The rule is that of the published forecast.",
    )
    return Test("sectors", title, method, tuple(lines), (note,))


def _by_size(
    models: list[tuple[str, Array, Array | None]], outcome: Array, now: Array,
    sizes: dict[str, NDArray[np.bool_]], kreis: NDArray[np.intp],
) -> list[Score]:  # fmt: skip
    """Score the farthest year by size of the Kreis; kreis: position of each series' Kreis."""
    ahead = LAST - TRAINED[-1]
    return [
        score(
            name, f"{ahead} years, {size}", made[mask[kreis]], outcome[mask[kreis]], now[mask[kreis]],
            None if wide is None else wide[mask[kreis]],
        )
        for size, mask in sizes.items()
        if mask[kreis].any()
        for name, made, wide in models
    ]  # fmt: skip


def _whole(seen: Array, residents: Residents, values: Parameters, horizon: int) -> Array:
    """Log growth of each Kreis as a whole: Germany and the Kreis's lead [Kreis]."""
    one = rules.rule(values)
    nation = rules.germany(one, seen.sum(0), residents.until(TRAINED[-1]), horizon)[-1]
    return np.asarray(nation + rules.kreise(one, seen, horizon))


def _shift(past: Array, sector: NDArray[np.object_], values: Parameters, horizon: int) -> Array:
    """Log change of a sector's share, as in the forecast: trend of Germany, carried on in part and damped [series]."""
    names = np.unique(sector)
    nation = np.array([past[sector == name].sum(0) for name in names]).T
    trend = dict(zip(names, relative_trend(nation, np.array(TRAINED, dtype=float)), strict=True))
    pace, damping = values["demand.sector_trend"].number, values["demand.sector_damping"].number
    fading = pace * damping * (1 - damping**horizon) / (1 - damping)
    return fading * np.array([trend[name] for name in sector])


def _series(facts: pd.DataFrame) -> pd.DataFrame:
    """Persons, rows (ags, sector) for the eleven sectors, columns years; B, D and E are what B–E holds beside C."""
    chosen = facts[(facts["sex"] == "total") & (facts["nationality"] == "total")]
    wide = chosen.pivot(index=["ags", "year"], columns="sector", values="value")
    if "B,D,E" not in wide:
        wide["B,D,E"] = wide["B-E"] - wide["C"]
    stacked = wide[list(SECTORS)].stack()
    return pd.DataFrame(stacked.unstack("year"))


def _positive(
    past: Array, sector: NDArray[np.object_], table: pd.DataFrame
) -> tuple[Array, NDArray[np.object_], pd.DataFrame]:
    """Keep series that exist in every year: a sector that opens or closes has no growth rate."""
    known = (past > 0).all(axis=1)
    return past[known], sector[known], table.iloc[np.flatnonzero(known)]


def _rivals(past: Array, sector: NDArray[np.object_], horizon: int) -> list[tuple[str, Array, Array | None]]:
    now = past[:, -1]
    step = np.log(past[:, -1] / past[:, 0]) / (past.shape[1] - 1)
    return [
        ("no change", now, None),
        ("last trend", now * np.exp(horizon * step), None),
        ("shift-share", now * np.exp(horizon * national_step(past, sector)), None),
    ]
