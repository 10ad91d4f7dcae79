"""Plain csv: one row per year, age groups in columns; "est" are estimates, "medium" the medium variant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fachkraftwerk.sources.faults import Faults
from fachkraftwerk.sources.plain import require_known, table
from fachkraftwerk.sources.reading import figures

if TYPE_CHECKING:
    import pandas as pd

AGES = tuple(f"{low}-{low + 4}" for low in range(10, 55, 5))
VARIANTS = {"est": "", "medium": "estimated"}
#: Births per 1,000 women of an age; no human population comes near.
HIGHEST = 500.0


def clean(data: bytes, name: str) -> pd.DataFrame:
    """Return quelle, Year, age, value (births per 1,000 women), status, row. Refuses other countries."""
    import pandas as pd

    frame = table(data, name, ("quelle", "Location code", "Year", *AGES), keys=("Year",))
    faults = Faults(name)
    require_known(frame, "quelle", VARIANTS, faults)
    require_known(frame, "Location code", {"276": "Germany"}, faults)
    rows = list(range(2, len(frame) + 2))
    _require_whole(frame, faults)
    parts = []
    for age in AGES:
        cells = figures(frame[age].tolist(), faults, column=age, decimal=".", rows=rows, high=HIGHEST)
        parts.append(frame[["quelle", "Year"]].assign(age=age, value=cells["value"], status=cells["status"], row=rows))
    faults.check()
    return pd.concat(parts, ignore_index=True)


def _require_whole(frame: pd.DataFrame, faults: Faults) -> None:
    """Rates are written with two decimals; a file cut within its last figure shows by fewer, or lacks years."""
    last = frame[AGES[-1]].iloc[-1]
    lost = set(VARIANTS) - set(frame["quelle"])
    if not re.fullmatch(r"\d+\.\d\d", last) or lost:
        faults.add(
            (f"Die Datei endet mitten in den Zahlen („{last}“) oder ohne die Variante {sorted(VARIANTS)[-1]}.",
             f'The file ends within its figures ("{last}") or without the {sorted(VARIANTS)[-1]} variant.'),
            row=len(frame) + 1, column=AGES[-1],
        )  # fmt: skip
