"""Our decisions on the flat answers: short keys, 400 Kreise, and what a dash means where nothing can be nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fachkraftwerk.sources.genesis_ffcsv.clean import layouts
from fachkraftwerk.sources.labels import SEX, age_group, facts
from fachkraftwerk.sources.territory import recode

if TYPE_CHECKING:
    import pandas as pd

_NATIONALITY = {"": "total", "INSGESAMT": "total", "NATA": "foreign", "NATD": "german"}
_FORMS = {"LB-INS": "total", "PAAROK": "couple", "FAMILIEN": "family", "ALLEINST": "single"}
#: The Mikrozensus was rebuilt in 2020, so 2024 does not continue 2019.
_BREAK = "break"
_RECENT = ["day", "region", "sex", "nationality"]


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the edition tables of the files given; see each function for dimensions and unit."""
    import pandas as pd

    everything = pd.concat(cleaned.values(), ignore_index=True)
    made: dict[str, list[pd.DataFrame]] = {}
    for key, frame in everything.groupby("table"):
        table, make = _TABLES[key]
        made.setdefault(table, []).append(make(frame))
    return {table: pd.concat(frames, ignore_index=True) for table, frames in made.items()}


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


def _employees(frame: pd.DataFrame) -> pd.DataFrame:
    """``svb_recent``: day (ISO), region (AGS, or "DG" = Germany), sex, nationality; employees at the workplace."""
    import pandas as pd

    table = frame.assign(
        day=frame["time"], sex=frame["sex"].map(SEX), nationality=frame["nationality"].map(_NATIONALITY)
    )[[*_RECENT, "value", "status"]]
    germany = table[table["region"] == "DG"]
    local = recode(_not_there_yet(table), "13111-01-03-4", column="region")
    return facts(pd.concat([germany, local]), _RECENT)


def _employees_by_land(frame: pd.DataFrame) -> pd.DataFrame:
    """``svb_recent`` with the keys of the Länder as regions."""
    return facts(frame.assign(day=frame["time"], sex=frame["sex"].map(SEX), nationality="total"), _RECENT)


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


#: Official table → edition table and the function that makes it.
_TABLES: dict[Any, tuple[str, Callable[[pd.DataFrame], pd.DataFrame]]] = {
    "12211-0001": ("participation", _participation),
    "12211-Z-11": ("living_arrangements", _living),
    "12411-01-01-4": ("population_total", _population),
    "13111-0005": ("svb_recent", _employees_by_land),
    "13111-01-03-4": ("svb_recent", _employees),
    "21311-01-01-4-B": ("students", _students),
}
