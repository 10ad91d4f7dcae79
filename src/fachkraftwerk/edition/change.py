"""National change of employment by occupation, 31.12.2019 to 30.06.2023."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.core.classifications import OCCUPATIONS

if TYPE_CHECKING:
    import pandas as pd


def occupation_change(occupation_de: pd.DataFrame, workforce: pd.DataFrame) -> pd.DataFrame:
    """Return occupation, svb_2019, svb_2023 (persons aged under 65, Germany), ratio, status.

    The 2019 table counts all ages, so its employees of 65 and older are taken off; people without known occupation
    are in neither. December stands against June: the ratio holds a little season (about 0.5 % less in winter).
    """
    wide = occupation_de.pivot(index="occupation", columns="characteristic", values="value")
    before = (wide["total"] - wide["65+"].fillna(0)).reindex(list(OCCUPATIONS))
    after = workforce.groupby("occupation")["value"].sum().reindex(list(OCCUPATIONS))
    frame = before.rename("svb_2019").to_frame().assign(svb_2023=after.round(1))
    frame["ratio"] = (frame["svb_2023"] / frame["svb_2019"]).round(5)
    return frame.rename_axis("occupation").reset_index().assign(status="estimated")
