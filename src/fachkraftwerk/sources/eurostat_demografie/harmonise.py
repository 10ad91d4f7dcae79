"""Our decisions on Eurostat's demography: 1 January becomes 31 December of the year before, NUTS becomes AGS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.sources.eurostat_demografie.agreement import require_agreement
from fachkraftwerk.sources.lineage import by_file
from fachkraftwerk.sources.nuts import on_kreise

if TYPE_CHECKING:
    import pandas as pd

SEXES = {"M": "m", "F": "f"}
_OLDEST = "85+"
_MEASURES = ("births", "deaths", "population_age5", "deaths_age5")


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return population_age5 (31.12.), deaths_age5 (year, ags, sex, age5) and births, deaths (year, ags); persons.

    Raises Refusal if the four files contradict each other.
    """
    names = {_measure(name, frame): name for name, frame in sorted(cleaned.items())}
    if len(names) == len(_MEASURES):
        require_agreement(names, cleaned)
    return by_file(_one, cleaned)


def _measure(name: str, frame: pd.DataFrame) -> str:
    """Return the table a file fills. The layout tells half of it, only the name the other half."""
    if "age" not in frame.columns:
        return "births" if "births" in name else "deaths"
    return "deaths_age5" if "magec" in name else "population_age5"


def _one(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    ((name, frame),) = cleaned.items()
    measure, rows = _measure(name, frame), frame.drop(columns=["table", "row"])
    if measure in {"births", "deaths"}:
        return {measure: on_kreise(rows, name)[["year", "ags", "value", "status"]]}
    counted = rows if measure == "deaths_age5" else rows.assign(year=rows["year"] - 1)
    return {measure: _aged(counted, name)}


def age5(code: str) -> str | None:
    """Return the five-year age of a Eurostat code: Y_LT5 → 0-4, Y25-29 → 25-29, Y85-89 and Y_GE90 → 85+, sums → None.

    Y_GE85 is itself a sum, and missing in some years where its parts are there.
    """
    if code == "Y_LT5":
        return "0-4"
    if code in {"Y85-89", "Y_GE90"}:
        return _OLDEST
    low, _, high = code.removeprefix("Y").partition("-")
    return f"{low}-{high}" if low.isdigit() and high.isdigit() else None


def _aged(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    ages = {code: age5(code) for code in frame["age"].unique()}
    kept = frame[frame["sex"].isin(list(SEXES)) & frame["age"].map(ages).notna()]
    named = kept.assign(sex=kept["sex"].map(SEXES), age5=kept["age"].map(ages)).drop(columns="age")
    return on_kreise(_oldest_added(named), name)[["year", "ags", "sex", "age5", "value", "status"]]


def _oldest_added(facts: pd.DataFrame) -> pd.DataFrame:
    """Add the two oldest ages, now both called 85+; missing if a part is missing."""
    import pandas as pd

    oldest = facts["age5"] == _OLDEST
    groups = facts[oldest].groupby(["year", "geo", "sex", "age5"])
    sums = groups["value"].sum(min_count=2).reset_index()
    sums["status"] = groups["status"].max().to_numpy()  # any flag outranks none
    sums.loc[sums["value"].isna(), "status"] = "missing"
    return pd.concat([facts[~oldest], sums], ignore_index=True)
