"""Our decisions on Eurostat's demography: 1 January becomes 31 December of the year before, NUTS becomes AGS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.sources.nuts import ags_by_nuts3
from fachkraftwerk.sources.territory import recode

if TYPE_CHECKING:
    import pandas as pd

SEXES = {"M": "m", "F": "f"}


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return population_age5 (31.12.), deaths_age5 (year, ags, sex, age5) and births, deaths (year, ags); persons.

    The same table given in the old and the new layout is taken once.
    """
    tables = {}
    for name, frame in sorted(cleaned.items()):
        facts = _on_kreise(frame, name)
        if "age" not in facts.columns:
            tables["births" if "births" in name else "deaths"] = _sorted(facts)
        elif "magec" in name:
            tables["deaths_age5"] = _aged(facts)
        else:
            tables["population_age5"] = _aged(facts.assign(year=facts["year"] - 1))
    return tables


def age5(code: str) -> str | None:
    """Return the five-year age of a Eurostat code: Y_LT5 → 0-4, Y25-29 → 25-29, Y85-89 and Y_GE90 → 85+, sums → None.

    Y_GE85 is itself a sum, and missing in some years where its parts are there.
    """
    if code == "Y_LT5":
        return "0-4"
    if code in {"Y85-89", "Y_GE90"}:
        return "85+"
    low, _, high = code.removeprefix("Y").partition("-")
    return f"{low}-{high}" if low.isdigit() and high.isdigit() else None


def _on_kreise(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Keep Kreise (NUTS 3), recode them to the working territory, then drop what is not there."""
    keys = ags_by_nuts3()
    mine = frame[frame["geo"].isin(set(keys))]
    facts = mine.assign(ags=mine["geo"].map(keys))
    keep = ["year", "ags", *[c for c in ("sex", "age") if c in facts.columns], "value", "status"]
    if "sex" in facts.columns:
        facts = facts[facts["sex"].isin(list(SEXES))]
        facts = facts.assign(sex=facts["sex"].map(SEXES), age=facts["age"].map(age5)).dropna(subset=["age"])
    moved = recode(_oldest_added(facts[keep]), name)
    return moved[moved["status"] != "missing"]


def _oldest_added(facts: pd.DataFrame) -> pd.DataFrame:
    """Add the two oldest ages, now both called 85+; missing if a part is missing."""
    import pandas as pd

    if "age" not in facts.columns:
        return facts
    oldest = facts["age"] == "85+"
    groups = facts[oldest].groupby(["year", "ags", "sex", "age"])
    sums = groups["value"].sum(min_count=2).reset_index()
    sums["status"] = groups["status"].max().to_numpy()
    sums.loc[sums["value"].isna(), "status"] = "missing"
    return pd.concat([facts[~oldest], sums], ignore_index=True)


def _aged(facts: pd.DataFrame) -> pd.DataFrame:
    return _sorted(facts.rename(columns={"age": "age5"}))


def _sorted(facts: pd.DataFrame) -> pd.DataFrame:
    keys = [column for column in facts.columns if column not in {"value", "status"}]
    return facts.sort_values(keys, ignore_index=True)
