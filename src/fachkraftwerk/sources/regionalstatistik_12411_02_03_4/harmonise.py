"""Our decisions: groups as in 12411-0018; 2023 is marked as a break (basis Zensus 2022 instead of 2011)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.sources.labels import age_group, facts, mark_break
from fachkraftwerk.sources.territory import recode

if TYPE_CHECKING:
    import pandas as pd

DIMS = ["year", "ags", "sex", "group"]
#: First year shown on the basis of the Zensus 2022.
FIRST_YEAR = 2023


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return ``population_groups``: year, ags, sex, group; persons on 31.12., basis Zensus 2022."""
    import pandas as pd

    tables = pd.concat([_one(frame, name) for name, frame in cleaned.items()])
    return {"population_groups": facts(mark_break(tables, [FIRST_YEAR]), DIMS)}


def _one(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    parts = frame[(frame["altersgruppe"] != "Insgesamt") & (frame["sex"] != "insgesamt")]
    table = parts.assign(
        year=parts["jahr"].astype(int),
        ags=parts["region_code"],
        sex=parts["sex"].map({"maennlich": "m", "weiblich": "f"}),
        group=parts["altersgruppe"].map(age_group),
    )
    return recode(table[[*DIMS, "value", "status"]], name)
