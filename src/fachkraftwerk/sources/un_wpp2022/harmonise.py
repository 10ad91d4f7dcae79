"""Our decisions: years as whole numbers; the years of the medium variant are marked as estimated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.sources.labels import facts
from fachkraftwerk.sources.un_wpp2022.clean import VARIANTS

if TYPE_CHECKING:
    import pandas as pd


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return ``fertility``: year, age5; births per 1,000 women, Germany."""
    import pandas as pd

    frame = pd.concat(cleaned.values(), ignore_index=True)
    marked = frame["quelle"].map(VARIANTS).where(frame["status"] == "", frame["status"])
    return {
        "fertility": facts(
            frame.assign(year=frame["Year"].astype(int), age5=frame["age"], status=marked), ["year", "age5"]
        )
    }
