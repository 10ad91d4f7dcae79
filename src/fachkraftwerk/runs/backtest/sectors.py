"""Test: employment per Kreis and sector, trained on 2015–2017, outcomes 2018–2020 (2020 is the first Covid year)."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import SECTORS
from fachkraftwerk.core.text import Text
from fachkraftwerk.model.demand.sector_deviation import kept_share, national_step, sector_path
from fachkraftwerk.runs.backtest.result import OURS, Test
from fachkraftwerk.runs.backtest.scores import score

Array = NDArray[np.float64]
TRAINED_TO = 2017


def run(facts: pd.DataFrame) -> Test:
    """Return the test. ``facts``: table sectors of the edition."""
    table = _series(facts).dropna()
    sector = table.index.get_level_values("sector").to_numpy()
    past = table[[2015, 2016, 2017]].to_numpy(dtype=float)
    past, sector, table = _positive(past, sector, table)
    lines = []
    for year in (2018, 2019, 2020):
        outcome, horizon = table[year].to_numpy(dtype=float), year - TRAINED_TO
        lines += [
            score(name, f"{horizon} years", made, outcome, past[:, -1], spread)
            for name, made, spread in _models(past, sector, horizon)
        ]
    note = Text(
        f"Vom eigenen Vorsprung eines Kreises in einer Branche bleiben {100 * kept_share(past, sector):.0f} % erhalten (aus 2015–2017 geschätzt).",
        f"Of a Kreis's own lead in a sector {100 * kept_share(past, sector):.0f} % is kept (estimated from 2015–2017).",
    )
    title = Text("Beschäftigte je Kreis und Branche", "Employees per Kreis and sector")
    method = Text(
        "Gelernt an 2015 bis 2017, gemessen an 2018 bis 2020; elf Branchen, die sich zur Gesamtzahl addieren.",
        "Trained on 2015 to 2017, measured against 2018 to 2020; eleven sectors that add up to the total.",
    )
    return Test("sectors", title, method, tuple(lines), (note,))


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


def _models(past: Array, sector: NDArray[np.object_], horizon: int) -> list[tuple[str, Array, Array | None]]:
    growth, spread = sector_path(past, sector, horizon)
    now = past[:, -1]
    step = np.log(past[:, -1] / past[:, 0]) / (past.shape[1] - 1)
    national = national_step(past, sector)
    return [
        (OURS, now * np.exp(growth), spread),
        ("no change", now, None),
        ("last trend", now * np.exp(horizon * step), None),
        ("shift-share", now * np.exp(horizon * national), None),
    ]
