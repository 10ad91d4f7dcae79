"""Our decisions: men and women, ages as whole numbers (90 = 90 and older), 400 Kreise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.sources.destatis_bevoelkerung_einzelalter.clean import AGES
from fachkraftwerk.sources.labels import facts
from fachkraftwerk.sources.territory import recode

if TYPE_CHECKING:
    import pandas as pd


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return ``population_age``: year, ags, sex, age 0..90; persons on 31.12."""
    import pandas as pd

    tables = [_one(frame, name) for name, frame in cleaned.items()]
    return {"population_age": facts(pd.concat(tables), ["year", "ags", "sex", "age"])}


def _one(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    table = frame.assign(
        year=frame["day"].str[-4:].astype(int),
        sex=frame["sheet"].map({"Männlich": "m", "Weiblich": "f"}),
        age=frame["age"].map({label: age for age, label in enumerate(AGES)}),
    ).dropna(subset=["sex"])
    return recode(table[["year", "ags", "sex", "age", "value", "status"]], name)
