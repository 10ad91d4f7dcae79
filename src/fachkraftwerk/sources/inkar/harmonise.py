"""Our decisions on INKAR: shares and means of Kreise that merged later cannot be added and are left out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from fachkraftwerk.sources.territory import current, recode

if TYPE_CHECKING:
    import pandas as pd


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return ``indicators``: year, ags, indicator (the publisher's name); the csv goes before the xls."""
    import pandas as pd

    frame = pd.concat([cleaned[name].assign(file=name) for name in sorted(cleaned)], ignore_index=True)
    facts = frame.assign(year=frame["Zeitbezug"].astype(int), ags=frame["Kennziffer"], indicator=frame["Indikator"])
    keys = ["year", "ags", "indicator"]
    facts = facts.drop_duplicates(keys)[[*keys, "value", "status", "file"]]
    parts = Counter(current(ags) for ags in facts["ags"].unique())
    alone = facts[[parts[current(ags)] == 1 or current(ags) is None for ags in facts["ags"]]]
    return {"indicators": recode(alone, "INKAR").sort_values(keys, ignore_index=True)}
