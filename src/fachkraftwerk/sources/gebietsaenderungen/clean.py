"""Kreise that ended before or begin after the common territorial state, each with the law behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.sources.faults import Faults
from fachkraftwerk.sources.plain import require_keys, table

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("ags", "name", "kind", "nuts3", "valid_from", "valid_to", "successors", "source")
_SHAPES = {
    "name": r".+", "kind": r".+", "source": r".+", "valid_from": r"(\d{4}-\d\d-\d\d)?",
    "valid_to": r"(\d{4}-\d\d-\d\d)?", "successors": r"(\d{5}( \d{5})*)?",
}  # fmt: skip


def clean(data: bytes, name: str) -> pd.DataFrame:
    """Return the list as text; days are ISO or empty, successors joined by blanks. Raises Refusal otherwise."""
    frame, faults = table(data, name, COLUMNS, keys=["ags"]), Faults(name)
    require_keys(frame, "ags", 5, faults)
    for column, shape in _SHAPES.items():
        for index in (~frame[column].str.fullmatch(shape).to_numpy(dtype=bool)).nonzero()[0]:
            cell = frame[column].iloc[index]
            faults.add(
                (f"„{cell}“ ist hier nicht möglich.", f'"{cell}" is not possible here.'),
                ("Tage werden als 2026-01-31 geschrieben, Schlüssel mit fünf Stellen.",
                 "Days are written as 2026-01-31, keys with five digits."), row=int(index) + 2, column=column,
            )  # fmt: skip
    faults.check()
    return frame
