"""Our decisions: section codes, 400 Kreise, year of the 30.06."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.sources.labels import SEX, facts, spread
from fachkraftwerk.sources.regionalstatistik_13111_07_05_4.clean import COLUMNS, SECTIONS
from fachkraftwerk.sources.territory import recode

if TYPE_CHECKING:
    import pandas as pd

DIMS = ["year", "ags", "sector", "sex", "nationality"]
_NATIONALITY = {"Insgesamt": "total", "Ausländer(innen)": "foreign"}
_MEANING = {
    c: {"nationality": _NATIONALITY[c.split(" | ")[1]], "sex": SEX[c.split(" | ")[3]]} for c in COLUMNS
}  # fmt: skip


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return ``sectors``: year, ags, sector (13 section groups, "total"), sex, nationality; employees on 30.06."""
    import pandas as pd

    return {"sectors": facts(pd.concat([_one(f, n) for n, f in cleaned.items()]), DIMS)}


def _one(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    table = spread(
        frame.assign(year=frame["day"].str[-4:].astype(int), sector=frame["section"].map(SECTIONS)), _MEANING
    )
    return recode(table[[*DIMS, "value", "status"]], name)
