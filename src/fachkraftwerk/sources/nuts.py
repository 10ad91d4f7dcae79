"""Eurostat's keys of the Kreise (NUTS 3, versions 2016 and 2021) and the official keys they stand for.

``nuts3.csv`` holds the 401 Kreise of 31.12.2019 as in the Gemeindeverzeichnis (Destatis, dl-de/by-2-0).
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from fachkraftwerk.sources.territory import MUSTERLAND, current, recode

if TYPE_CHECKING:
    import pandas as pd


@cache
def ags_by_nuts3() -> dict[str, str]:
    """Return NUTS 3 key → official key of 2019 (still to be brought to the working territory)."""
    text = files("fachkraftwerk.sources").joinpath("nuts3.csv").read_text(encoding="utf-8")
    musterland = {f"DEM{ags[3:]}": ags for ags in MUSTERLAND}
    return {row["nuts3"]: row["ags"] for row in csv.DictReader(text.splitlines())} | musterland


def on_kreise(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Replace column ``geo`` by ``ags`` on the working territory, sorted; other levels of NUTS fall away.

    NUTS 3 shows the same 401 Kreise in all years, so a merged Kreis with a missing part has no figure.
    """
    keys = ags_by_nuts3()
    mine = frame[frame["geo"].isin(set(keys))]
    facts = mine.assign(ags=mine["geo"].map(keys)).drop(columns="geo")
    dims = [column for column in facts.columns if column not in {"value", "status"}]
    gaps = facts.loc[facts["status"] == "missing", dims]
    gaps = gaps.assign(ags=gaps["ags"].map(current)).drop_duplicates()
    joined = recode(facts, name).merge(gaps, on=dims, how="left", indicator="gap")
    known = joined[joined["gap"] == "left_only"].drop(columns="gap")
    return known[[*dims, "value", "status"]].sort_values(dims, ignore_index=True)
