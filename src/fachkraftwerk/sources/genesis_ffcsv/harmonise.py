"""Our decisions on the flat answers: short keys, 400 Kreise, and what a dash means where nothing can be nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fachkraftwerk.sources.genesis import age_group
from fachkraftwerk.sources.genesis_ffcsv.clean import layouts
from fachkraftwerk.sources.labels import SEX, facts
from fachkraftwerk.sources.territory import recode

if TYPE_CHECKING:
    import pandas as pd

_NATIONALITY = {"": "total", "INSGESAMT": "total", "NATA": "foreign", "NATD": "german"}
_FORMS = {"LB-INS": "total", "PAAROK": "couple", "FAMILIEN": "family", "ALLEINST": "single"}
#: The Mikrozensus was rebuilt in 2020, so 2024 does not continue 2019.
_BREAK = "break"


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the five tables; see each function for dimensions and unit."""
    return {
        "participation": _participation(_pick(cleaned, "12211-0001")),
        "population_total": _population(_pick(cleaned, "12411-01-01-4")),
        "svb_recent": _employees(_pick(cleaned, "13111-01-03-4"), _pick(cleaned, "13111-0005")),
        "students": _students(_pick(cleaned, "21311-01-01-4-B")),
        "living_arrangements": _living(_pick(cleaned, "12211-Z-11")),
    }


def _pick(cleaned: dict[str, pd.DataFrame], table: str) -> pd.DataFrame:
    import pandas as pd

    return pd.concat([frame[frame["table"] == table] for frame in cleaned.values()], ignore_index=True)


def _participation(frame: pd.DataFrame) -> pd.DataFrame:
    """``participation``: year, sex, age5, status_group; 1,000 persons in private households, Germany."""
    rows = frame[(frame["sex"] != "") & (frame["age"] != "")]
    table = rows.assign(
        year=rows["time"].astype(int),
        sex=rows["sex"].map(SEX),
        age5=rows["age_label"].map(age_group),
        status_group=rows["measure"].map(layouts()["12211-0001"]["measures"]),
        status=rows["status"].where(rows["status"] != "", _BREAK),
    )
    wanted = table["status_group"].isin(["population", "employed", "unemployed"])
    return facts(table[wanted], ["year", "sex", "age5", "status_group"])


def _population(frame: pd.DataFrame) -> pd.DataFrame:
    """``population_total``: year, ags, sex; persons on 31.12."""
    table = frame.assign(year=frame["time"].str[:4].astype(int), ags=frame["region"], sex=frame["sex"].map(SEX))
    dims = ["year", "ags", "sex"]
    return facts(recode(table[[*dims, "value", "status"]], "12411-01-01-4"), dims)


def _employees(kreise: pd.DataFrame, laender: pd.DataFrame) -> pd.DataFrame:
    """``svb_recent``: day (ISO), region (AGS, key of a Land, or "DG"), sex, nationality; employees at the workplace."""
    import pandas as pd

    dims = ["day", "region", "sex", "nationality"]
    table = kreise.assign(
        day=kreise["time"], sex=kreise["sex"].map(SEX), nationality=kreise["nationality"].map(_NATIONALITY)
    )[[*dims, "value", "status"]]
    germany = table[table["region"] == "DG"]
    local = recode(_not_there_yet(table), "13111-01-03-4", column="region")
    by_land = laender.assign(day=laender["time"], sex=laender["sex"].map(SEX), nationality="total")
    return facts(pd.concat([germany, local, by_land[[*dims, "value", "status"]]]), dims)


def _not_there_yet(table: pd.DataFrame) -> pd.DataFrame:
    """A Kreis cannot have no employees at all: its dashes mean that the Land has not reported yet."""
    empty = table["value"].fillna(0).groupby([table["day"], table["region"]]).transform("max") == 0
    pending = empty & (table["status"] == "zero")
    return table.assign(value=table["value"].mask(pending), status=table["status"].mask(pending, "pending"))


def _students(frame: pd.DataFrame) -> pd.DataFrame:
    """``students``: year (in which the winter term begins), ags, subject, sex, nationality; persons."""
    dims = ["year", "ags", "subject", "sex", "nationality"]
    table = frame.assign(
        year=frame["time"].str[:4].astype(int),
        ags=frame["region"],
        subject=frame["subject"].map(lambda code: "total" if code == "INSGESAMT" else re.sub("^HS-", "", code)),
        sex=frame["sex"].map(SEX),
        nationality=frame["nationality"].map(_NATIONALITY),
    )
    return facts(recode(table[[*dims, "value", "status"]], "21311-01-01-4-B"), dims)


def _living(frame: pd.DataFrame) -> pd.DataFrame:
    """``living_arrangements``: year, ags, form; 1,000. A row of dashes only means that the Kreis is not shown."""
    dims = ["year", "ags", "form"]
    table = frame.assign(year=frame["time"].astype(int), ags=frame["region"], form=frame["form"].map(_FORMS))
    shown = table["value"].fillna(0).groupby(table["ags"]).transform("max") > 0
    return facts(recode(table[shown][[*dims, "value", "status"]], "12211-Z-11"), dims)
