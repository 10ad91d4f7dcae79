"""Our decisions on the commuter matrix: both ends on the working territory, flows that became internal left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.sources.territory import recode

if TYPE_CHECKING:
    import pandas as pd


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return ``commuting``: home, work, persons; status estimated, since the matrix is second-hand."""
    ((name, frame),) = cleaned.items()
    facts = frame.rename(columns={"wohn_ags5": "home", "arbeits_ags5": "work"}).assign(status="estimated")
    moved = recode(recode(facts, name, column="home"), name, column="work")
    return {"commuting": moved[moved["home"] != moved["work"]].sort_values(["home", "work"], ignore_index=True)}
