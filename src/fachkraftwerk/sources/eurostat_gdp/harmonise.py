"""Our decisions on GDP: Kreise only; amounts of merged Kreise are added, figures per head cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.sources.nuts import on_kreise

if TYPE_CHECKING:
    import pandas as pd

#: Units that are amounts and add up over Kreise: million euro, million national currency, million purchasing power.
_AMOUNTS = ("MIO_EUR", "MIO_NAC", "MIO_PPS", "MIO_PPS_EU27_2020")


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return ``gdp``: year, ags, unit (Eurostat's code), value in that unit."""
    ((name, frame),) = cleaned.items()
    return {"gdp": on_kreise(frame[frame["unit"].isin(_AMOUNTS)], name)[["year", "ags", "unit", "value", "status"]]}
