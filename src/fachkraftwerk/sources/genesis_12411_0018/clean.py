"""Classic csv: day, key and name in front, then men and women by age group."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from fachkraftwerk.sources.genesis import classic

if TYPE_CHECKING:
    import pandas as pd

_BOUNDS = (3, 6, 10, 15, 18, 20, *range(25, 70, 5), 75)
GROUPS = (
    "unter 3 Jahre",
    *(f"{low} bis unter {high} Jahre" for low, high in pairwise(_BOUNDS)),
    "75 Jahre und mehr",
)
COLUMNS = tuple(f"{sex} | {group}" for sex in ("männlich", "weiblich") for group in GROUPS)


def clean(data: bytes, name: str) -> pd.DataFrame:
    """Return day, ags, name, column ("männlich | unter 3 Jahre"), value, status, row."""
    return classic(data, name, table="12411-0018", keys=("day", "ags", "name"), columns=COLUMNS)
