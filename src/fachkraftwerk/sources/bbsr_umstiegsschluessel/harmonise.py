"""Our decisions on the BBSR key: long series on one territory, and the key itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.sources.territory import recode

if TYPE_CHECKING:
    import pandas as pd

#: The sheet of 1991 adds up to 111 million people; the two years before 1992 are left out.
FIRST_POPULATION = 1992
_THOUSAND = 1000


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return employment and population_series (persons: year, ags) and recoding (year, from_ags, ags, by: share)."""
    ((name, frame),) = cleaned.items()
    return {
        "employment": _series(frame, "employment", name),
        "population_series": _series(frame[frame["year"] >= FIRST_POPULATION], "population", name),
        "recoding": _recoding(frame, name),
    }


def _series(frame: pd.DataFrame, column: str, name: str) -> pd.DataFrame:
    """Add the parts of each later Kreis. Every row already holds the part, so no weight is applied again."""
    present = frame.dropna(subset=[column])
    sums = present.groupby(["year", "to_ags"])[column].sum().rename("value").reset_index()
    facts = sums.rename(columns={"to_ags": "ags"}).assign(value=(sums["value"] * _THOUSAND).round(0), status="")
    return _sorted(recode(facts, name))


def _recoding(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    weights = {"weight_area": "area", "weight_population": "population", "weight_employment": "employment"}
    long = frame.melt(id_vars=["year", "from_ags", "to_ags"], value_vars=list(weights), var_name="by")
    facts = long.dropna(subset=["value"]).rename(columns={"to_ags": "ags"})
    facts = facts.assign(by=facts["by"].map(weights), status="")
    return _sorted(recode(facts[["year", "from_ags", "ags", "by", "value", "status"]], name))


def _sorted(facts: pd.DataFrame) -> pd.DataFrame:
    keys = [column for column in facts.columns if column not in {"value", "status"}]
    return facts.sort_values(keys, ignore_index=True)
