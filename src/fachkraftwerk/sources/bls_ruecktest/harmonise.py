"""Our decisions on the BLS projections: joined by unchanged SOC code; a code of only one table keeps an open side."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_THOUSAND = 1000
_NAMES = {
    "employment_2010": "employment_2010", "employment_2020_projected": "projected_2020",
    "employment_2020": "actual_2020", "employment_2030": "projected_2030",
}  # fmt: skip


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return ``bls``: soc, title, detailed (bool), employment_2010, projected_2020, actual_2020, projected_2030.

    Persons; nan where a code does not exist in a table. ``detailed`` is false for groups of occupations.
    """
    old = next(frame for frame in cleaned.values() if "employment_2010" in frame.columns)
    new = next(frame for frame in cleaned.values() if "employment_2030" in frame.columns)
    both = new.merge(old, on="soc", how="outer", suffixes=("", "_old"))
    figures = {ours: (both[theirs] * _THOUSAND).round(0) for theirs, ours in _NAMES.items()}
    # The newer export lists detailed occupations only, a few of them with a code that ends in 0.
    detailed = both["employment_2030"].notna() | ~both["soc"].str.endswith("0")
    joined = both.assign(title=both["title"].fillna(both["title_old"]), detailed=detailed, **figures)
    return {"bls": joined[["soc", "title", "detailed", *_NAMES.values()]].sort_values("soc", ignore_index=True)}
