"""Our decisions: only the area is taken; population comes from more recent tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.sources.labels import facts
from fachkraftwerk.sources.territory import recode

if TYPE_CHECKING:
    import pandas as pd

DIMS = ["year", "ags"]


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return ``area``: year, ags; km2 of official land survey."""
    import pandas as pd

    return {"area": facts(pd.concat([_one(frame, name) for name, frame in cleaned.items()]), DIMS)}


def _one(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    rows = frame[frame["column"] == "area"]
    return recode(rows.assign(year=rows["day"].str[-4:].astype(int))[[*DIMS, "value", "status"]], name)
