"""Our decisions: groups as short keys, 400 Kreise; rates of merged Kreise are weighted with their labour force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.sources.labels import facts, spread
from fachkraftwerk.sources.regionalstatistik_13211_02_05_4.clean import PERSONS, RATES
from fachkraftwerk.sources.territory import recode

if TYPE_CHECKING:
    import pandas as pd

DIMS = ["year", "ags", "group"]


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return ``unemployment`` (persons) and ``unemployment_rate`` (per cent): year, ags, group; annual averages."""
    import pandas as pd

    pairs = [_one(frame, name) for name, frame in cleaned.items()]
    return {
        "unemployment": facts(pd.concat([persons for persons, _ in pairs]), DIMS),
        "unemployment_rate": facts(pd.concat([rates for _, rates in pairs]), DIMS),
    }


def _one(frame: pd.DataFrame, name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    table = frame.assign(year=frame["year"].astype(int))[["year", "ags", "column", "value", "status"]]
    persons = spread(table, {label: {"group": key} for label, key in PERSONS.items()})
    rates = spread(table, {label: {"group": key} for label, key in RATES.items()})
    return recode(persons, name), _merged_rates(rates, persons, name)


def _merged_rates(rates: pd.DataFrame, persons: pd.DataFrame, name: str) -> pd.DataFrame:
    """Recode rates: weight = unemployed / rate, the civil labour force behind a Kreis' total rate."""
    total = persons[persons["group"] == "total"].set_index(["year", "ags"])["value"]
    rate = rates[rates["group"] == "total"].set_index(["year", "ags"])["value"]
    force = (total / rate).where(rate > 0).rename("force")
    with_force = rates.merge(force.reset_index(), on=["year", "ags"], how="left")
    weighted = recode(
        with_force.assign(value=with_force["value"] * with_force["force"])[[*DIMS, "value", "status"]], name
    )
    base = recode(with_force.assign(value=with_force["force"])[[*DIMS, "value", "status"]], name)
    both = weighted.merge(base[[*DIMS, "value"]], on=DIMS, suffixes=("", "_force"), validate="one_to_one")
    shares = (both["value"] / both["value_force"]).round(1)
    lost = shares.isna() & (both["status"] == "")
    return both.assign(value=shares, status=both["status"].mask(lost, "missing"))[[*DIMS, "value", "status"]]
