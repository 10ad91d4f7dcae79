"""Our decisions on the BA workbook: one table per kind of employment, totals named once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return occupation_de and marginal_de: occupation (2 to 4 digits, "total", "unknown"), characteristic, persons."""
    ((_, frame),) = cleaned.items()
    return {"occupation_de": _kind(frame, "SVB"), "marginal_de": _kind(frame, "GB")}


def _kind(frame: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Both sheets of a kind; the total, published in both, is taken from the first."""
    chosen = frame[frame["sheet"].str.startswith(f"{kind} - ")]
    keys = ["occupation", "characteristic"]
    facts = chosen.drop_duplicates(keys)[[*keys, "value", "status"]]
    return facts.sort_values(keys, ignore_index=True)
