"""Commuter matrix in long form: home, workplace, persons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.sources.faults import Faults
from fachkraftwerk.sources.plain import require_keys, table
from fachkraftwerk.sources.reading import figures

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("wohn_ags5", "arbeits_ags5", "pendler")


def clean(data: bytes, name: str) -> pd.DataFrame:
    """Return wohn_ags5, arbeits_ags5, value, status. Raises Refusal on wrong keys, values and doubled pairs."""
    import pandas as pd

    frame, faults = table(data, name, COLUMNS, keys=COLUMNS[:2]), Faults(name)
    require_keys(frame, "wohn_ags5", 5, faults)
    require_keys(frame, "arbeits_ags5", 5, faults)
    cells = figures(frame["pendler"], faults, column="pendler", decimal=".", rows=range(2, len(frame) + 2))
    faults.check()
    return pd.concat([frame[list(COLUMNS[:2])], cells], axis=1)
