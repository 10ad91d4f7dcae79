"""Eurostat gross domestic product: comma separated extract, one column per year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.sources import eurostat

if TYPE_CHECKING:
    import pandas as pd


def clean(data: bytes, name: str) -> pd.DataFrame:
    """Return Germany's rows: unit, geo, year, value, status. Raises Refusal on any other layout."""
    return eurostat.wide(data, name, ("unit", "geo"), units=("MIO_EUR",)).drop(columns="row")
