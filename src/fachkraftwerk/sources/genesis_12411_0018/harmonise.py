"""Our decisions: age groups as "0-2" ... "75+", 400 Kreise, year of the 31.12."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.sources.genesis_12411_0018.clean import COLUMNS
from fachkraftwerk.sources.labels import SEX, age_group, facts, spread
from fachkraftwerk.sources.territory import recode

if TYPE_CHECKING:
    import pandas as pd

DIMS = ["year", "ags", "sex", "group"]
_MEANING = {c: {"sex": SEX[c.split(" | ")[0]], "group": age_group(c.split(" | ")[1])} for c in COLUMNS}


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return ``population_groups``: year, ags, sex, group; persons on 31.12., basis Zensus 2011."""
    import pandas as pd

    return {"population_groups": facts(pd.concat([_one(f, n) for n, f in cleaned.items()]), DIMS)}


def _one(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    table = spread(frame.assign(year=frame["day"].str[-4:].astype(int)), _MEANING)
    return recode(table[[*DIMS, "value", "status"]], name)
