"""Eurostat demography: population and deaths by sex and age, births and deaths in all; TSV new and old, csv."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.sources import eurostat
from fachkraftwerk.sources.reading import text

if TYPE_CHECKING:
    import pandas as pd

_AGED = ("sex", "age", "geo")
_PLAIN = ("geo",)
_PERSONS = ("NR",)


def clean(data: bytes, name: str) -> pd.DataFrame:
    """Return Germany's rows: table, geo, (sex, age,) row, year, value, status. Raises Refusal on any other layout."""
    header = text(data, name).split("\n", 1)[0]
    dims = _AGED if "age" in header.split("\t")[0].split(",") else _PLAIN
    return eurostat.wide(data, name, dims, units=_PERSONS).assign(table=" × ".join(dims))
