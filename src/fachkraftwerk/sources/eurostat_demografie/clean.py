"""Eurostat demography: population and deaths by sex and age, births and deaths in all; TSV new and old, csv."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.sources import eurostat
from fachkraftwerk.sources.reading import Faults, text

if TYPE_CHECKING:
    import pandas as pd

_AGED = ("sex", "age", "geo")
_PLAIN = ("geo",)


def clean(data: bytes, name: str) -> pd.DataFrame:
    """Return Germany's rows: geo, (sex, age,) year, value, status. Raises Refusal on any other layout."""
    header = text(data, name).split("\n", 1)[0]
    frame = eurostat.wide(data, name, _AGED if "age" in header.split("\t")[0].split(",") else _PLAIN)
    faults = Faults(name)
    for index in (frame["value"] < 0).to_numpy().nonzero()[0]:
        row = frame.iloc[index]
        faults.add(
            (f"{row['geo']}, {row['year']}: negativer Wert.", f"{row['geo']}, {row['year']}: negative value."),
            column=row["year"],
        )
    faults.check()
    return frame
