"""Our decisions on the Kreiswanderungsmatrix: balances over all origins, on the working territory.

Where a workbook and the long table give the same balance, they must agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.sources.faults import Faults, where
from fachkraftwerk.sources.kreiswanderungsmatrix.clean import AGES
from fachkraftwerk.sources.territory import recode

if TYPE_CHECKING:
    import pandas as pd

_KEYS = ["year", "ags", "age"]


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return ``internal_migration``: year, ags, age, persons moving in minus out, within Germany."""
    import pandas as pd

    parts = {name: _balances(frame, name) for name, frame in sorted(cleaned.items())}
    both = pd.concat([part.assign(file=name) for name, part in parts.items()], ignore_index=True)
    _check_agreement(both, cleaned)
    return {"internal_migration": both.drop_duplicates(_KEYS).sort_values(_KEYS, ignore_index=True)}


def _balances(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    named = frame.assign(year=frame["jahr"].astype(int), ags=frame["ziel_ags"], age=frame["altersgruppe"].map(AGES))
    sums = named.groupby(_KEYS)["value"].sum().reset_index().assign(status="")
    return recode(sums, name)


def _check_agreement(both: pd.DataFrame, cleaned: dict[str, pd.DataFrame]) -> None:
    spread = both.groupby(_KEYS)["value"].agg(lambda values: values.max() - values.min())
    faults = Faults(" + ".join(sorted(both["file"].unique())))
    for year, ags, age in spread[spread > 0].index:
        rows = _rows(cleaned, year, ags, age)
        faults.add(
            (f"Die Dateien widersprechen sich für {ags}, {year}, Alter {age}{rows}.",
             f"The files contradict each other for {ags}, {year}, age {age}{rows}."),
            ("Verwenden Sie Dateien desselben Stands.", "Use files of the same state."),
        )  # fmt: skip
    faults.check()


def _rows(cleaned: dict[str, pd.DataFrame], year: int, ags: str, age: str) -> str:
    """Return where the figures stand: in each file its first row of this Kreis; none for one merged since."""
    found = []
    for name, frame in sorted(cleaned.items()):
        mine = (
            (frame["jahr"].astype(int) == year) & (frame["ziel_ags"] == ags) & (frame["altersgruppe"].map(AGES) == age)
        )
        found += [where(name, row) for row in frame.loc[mine, "row"].head(1)]
    return f" ({'; '.join(found)})" if found else ""
