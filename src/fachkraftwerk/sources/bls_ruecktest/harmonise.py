"""Our decisions on the BLS projections: joined by unchanged SOC code; a code of only one table keeps an open side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.core.errors import refuse
from fachkraftwerk.sources.bls_ruecktest.clean import NEW, OLD
from fachkraftwerk.sources.lineage import joined

if TYPE_CHECKING:
    import pandas as pd

_THOUSAND = 1000
_NAMES = {
    "employment_2010": "employment_2010", "employment_2020_projected": "projected_2020",
    "employment_2020": "actual_2020", "employment_2030": "projected_2030",
}  # fmt: skip


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return ``bls``: soc, title, detailed (bool), employment_2010, projected_2020, actual_2020, projected_2030, file.

    Persons; nan where a code does not exist in a table. ``detailed`` is false for groups of occupations.
    """
    before, old = _one(OLD, cleaned)
    after, new = _one(NEW, cleaned)
    both = new.merge(old, on="soc", how="outer", suffixes=("", "_old"))
    figures = {ours: (both[theirs] * _THOUSAND).round(0) for theirs, ours in _NAMES.items()}
    # The newer export lists detailed occupations only, a few of them with a code that ends in 0.
    detailed = both["employment_2030"].notna() | ~both["soc"].str.endswith("0")
    sides = {before: both["title_old"].notna(), after: both["title"].notna()}
    named = both.assign(title=both["title"].fillna(both["title_old"]), detailed=detailed, file=joined(sides), **figures)
    return {"bls": named[["soc", "title", "detailed", *_NAMES.values(), "file"]].sort_values("soc", ignore_index=True)}


def _one(table: str, cleaned: dict[str, pd.DataFrame]) -> tuple[str, pd.DataFrame]:
    """Return the one file that is ``table``: its name and its rows. Refuses none and several."""
    found = [(name, frame.drop(columns="table")) for name, frame in cleaned.items() if set(frame["table"]) == {table}]
    if len(found) != 1:
        raise refuse(
            f"Erwartet wird genau eine Datei „{table}“, gefunden {len(found)}.",
            f'Expected is exactly one file "{table}", found {len(found)}.',
            "Legen Sie Table 1.2 (2010–20) und den Export der Projektion 2020–30 ab, jede einmal.",
            "Put Table 1.2 (2010–20) and the export of the projection 2020–30 there, each once.", " + ".join(cleaned),
        )  # fmt: skip
    return found[0]
