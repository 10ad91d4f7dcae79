"""Our decisions on reference values: none but types; they are shown as published."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return ``references``; a Land has a key of two digits. Values are persons or, in categories ``…_pct``, percent."""
    ((_, frame),) = cleaned.items()
    years = {column: frame[column].astype(int) for column in ("horizon_year", "base_year")}
    ordered = frame.assign(**years).sort_values(["ags", "horizon_year", "base_year", "category"], ignore_index=True)
    return {"references": ordered}
