"""Published figures shown beside our own, each with title and address of its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.sources.faults import Faults
from fachkraftwerk.sources.plain import require_kreise, table
from fachkraftwerk.sources.reading import figures

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "region", "ags", "horizon_year", "base_year", "category", "value", "source_title", "source_url", "note",
)  # fmt: skip
_KEYS = ("ags", "horizon_year", "base_year", "category", "source_url")


def clean(data: bytes, name: str) -> pd.DataFrame:
    """Return the table as text plus value and status. Raises Refusal on wrong keys, years, values, lost sources."""
    import pandas as pd

    frame, faults = table(data, name, COLUMNS, keys=_KEYS), Faults(name)
    rows = range(2, len(frame) + 2)
    for column, shape in (
        ("ags", r"\d{2}(\d{3})?"), ("horizon_year", r"20\d\d"), ("base_year", r"20\d\d"), ("source_url", r"https?://\S+"),
    ):  # fmt: skip
        for index in (~frame[column].str.fullmatch(shape).to_numpy(dtype=bool)).nonzero()[0]:
            cell = frame[column].iloc[index]
            faults.add(
                (f"„{cell}“ ist hier nicht möglich.", f'"{cell}" is not possible here.'), row=rows[index], column=column
            )
    require_kreise(frame["ags"].tolist(), rows, faults, "ags")
    values = figures(frame["value"], faults, decimal=".", rows=rows, low=None)
    faults.check()
    return pd.concat([frame.drop(columns="value"), values], axis=1)
