"""KldB 2010 as a plain list of codes, levels and titles."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return ``kldb``: code (1 to 5 digits), level 1..5, title."""
    ((_, frame),) = cleaned.items()
    named = frame.rename(columns={"Titel": "title"}).assign(level=frame["Ebene"].astype(int))
    return {"kldb": named[["code", "level", "title"]].sort_values("code", ignore_index=True)}
