"""Our decisions: year of the 31.12., open age by its lower end, life tables by the last year of their period."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fachkraftwerk.sources.genesis_demografie.clean import MONTHS, OTHER_AGES
from fachkraftwerk.sources.labels import SEX, facts, mark_break, single_age
from fachkraftwerk.sources.territory import LANDS

if TYPE_CHECKING:
    import pandas as pd

#: First 31.12. on the basis of the Zensus 2011.
CENSUS_YEAR = 2011
_LAND = {name: key for key, name in LANDS.items()}


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return persons by single age (the highest age is open), events by month, qx by period end year."""
    import pandas as pd

    everything = pd.concat(cleaned.values(), ignore_index=True)
    return {_TABLES[key][0]: _TABLES[key][1](frame) for key, frame in everything.groupby("table")}


def _by_age(frame: pd.DataFrame) -> pd.DataFrame:
    """Keep single ages; "Insgesamt" is their sum."""
    rows = frame[~frame["age"].isin(OTHER_AGES)]
    return rows.assign(age=rows["age"].map(single_age))


def _population_de(frame: pd.DataFrame) -> pd.DataFrame:
    table = _by_age(frame)
    table = table.assign(
        year=table["day"].str[-4:].astype(int), sex=table["column"].str.removeprefix("Geschlecht | ").map(SEX)
    )
    table = table[table["sex"] != "total"]
    return facts(mark_break(table, [CENSUS_YEAR]), ["year", "sex", "age"])


def _population_land(frame: pd.DataFrame) -> pd.DataFrame:
    table = _by_age(frame)
    heads = table["column"].str.split(" | ", regex=False)
    table = table.assign(
        year=table["day"].str[-4:].astype(int), land=heads.str[0].map(_LAND), sex=heads.str[1].map(SEX)
    )
    return facts(table[table["sex"] != "total"], ["year", "land", "sex", "age"])


def _deaths(frame: pd.DataFrame) -> pd.DataFrame:
    """Deaths of all nationalities; a death of unknown age (a handful a year) is left out."""
    table = _by_age(frame[frame["column"].isin(["männlich | Insgesamt", "weiblich | Insgesamt"])])
    sexes = table["column"].str.split(" | ", regex=False).str[0].map(SEX)
    return facts(table.assign(year=table["year"].astype(int), sex=sexes), ["year", "sex", "age"])


def _months(frame: pd.DataFrame) -> pd.DataFrame:
    table = frame[frame["column"] != "Insgesamt"]
    table = table.assign(
        year=table["year"].astype(int), month=table["month"].map(MONTHS.index) + 1, sex=table["column"].map(SEX)
    )
    return facts(table, ["year", "month", "sex"])


def _life_table(frame: pd.DataFrame) -> pd.DataFrame:
    table = frame.assign(
        period=frame["period"].str[-4:].astype(int), sex=frame["sex"].map(SEX), age=frame["age"].astype(int)
    )
    return facts(table, ["period", "sex", "age"])


#: Official table → edition table and the function that makes it.
_TABLES: dict[Any, tuple[str, Callable[[pd.DataFrame], pd.DataFrame]]] = {
    "12411-0006": ("population_age_de", _population_de),
    "12411-0013": ("population_age_land", _population_land),
    "12613-0004": ("deaths_age_de", _deaths),
    "12612-0002": ("births_month_de", _months),
    "12613-0006": ("deaths_month_de", _months),
    "Periodensterbetafel": ("life_table", _life_table),
}
