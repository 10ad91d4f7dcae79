"""Rows of table ``regions`` for Kreise that are on no map of the common territorial state."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return ``regions``: ags, name, kind, nuts3, area_km2 (not known), valid_from, valid_to, successors."""
    ((_, frame),) = cleaned.items()
    rows = frame.drop(columns="source")
    rows.insert(list(rows.columns).index("valid_from"), "area_km2", float("nan"))
    return {"regions": rows.sort_values("ags", ignore_index=True)}
