"""Our decisions: years without the month, breaks marked, status group instead of three columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.sources.labels import SEX, age_group, facts, mark_break

if TYPE_CHECKING:
    import pandas as pd

DIMS = ["year", "sex", "age5", "status_group"]
#: Continuous survey (2005), basis Zensus 2011 (2011), new sample (2016), private households only (2017).
BREAKS = (2005, 2011, 2016, 2017)
GROUPS = {"Bevölkerung": "population", "Erwerbstätige": "employed", "Erwerbslose": "unemployed"}


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return ``participation``: year, sex, age5 ("0-14", "15-19" ... "65+"), status_group; 1,000 persons."""
    import pandas as pd

    frame = pd.concat(cleaned.values(), ignore_index=True)
    table = frame.assign(
        year=frame["time"].str.extract(r"(\d{4})")[0].astype(int),
        sex=frame["sex"].map(SEX),
        age5=frame["age"].map(age_group),
        status_group=frame["measure"].map(GROUPS),
    )
    return {"participation": facts(mark_break(table, BREAKS), DIMS)}
