"""The publishers' original files, read once per test run and only where they lie."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from fachkraftwerk.sources.publication import publication


@cache
def tables(id: str, raw: Path) -> dict[str, pd.DataFrame]:  # noqa: A002 - the publication's own word
    """Edition tables of one publication."""
    return publication(id).read(raw).tables


def total(table: pd.DataFrame, **where: object) -> float:
    """Sum of the values in the rows that match."""
    chosen = table
    for column, label in where.items():
        chosen = chosen[chosen[column] == label]
    return float(chosen["value"].sum())
