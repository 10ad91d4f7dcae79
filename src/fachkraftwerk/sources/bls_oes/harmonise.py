"""Our decisions on OES and OEWS: none but types. Codes are SOC 2010 until 2015 and SOC 2018 in 2025."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return ``oes``: year (May), soc, level (total, major, minor, broad, detailed), title, employees, status."""
    ((_, frame),) = cleaned.items()
    facts = frame.assign(year=frame["year"].astype(int))[["year", "soc", "level", "title", "value", "status"]]
    return {"oes": facts.sort_values(["year", "soc"], ignore_index=True)}
