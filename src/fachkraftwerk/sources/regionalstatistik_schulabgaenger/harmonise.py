"""Our decisions: short keys, men as total minus women, 400 Kreise; income per head of merged Kreise by population."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fachkraftwerk.sources.labels import SEX, facts, spread, with_men
from fachkraftwerk.sources.regionalstatistik_schulabgaenger.layouts import (
    INCOME,
    LAND_CERTIFICATES,
    LEAVERS,
    PUPILS,
    SCHOOLS,
    VOCATIONAL,
)
from fachkraftwerk.sources.territory import LANDS, recode

if TYPE_CHECKING:
    import pandas as pd

_LAND = {**{name: key for key, name in LANDS.items()}, "Deutschland": "DG"}
_LEAVERS = ["year", "ags", "certificate", "sex"]
_PUPILS = ["year", "ags", "school", "group"]
_INCOME = ["year", "ags", "measure"]


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return leavers (persons; sex m, f, total), pupils (persons; "schools" are schools), income.

    ``school_leavers``, ``vocational_leavers``: year, ags, certificate, sex; ``pupils``: year, ags, school,
    group; ``income``: year, ags, measure ("total" in 1,000 EUR, "per_head" in EUR a year);
    ``school_leavers_land``: year, land ("DG" = Germany), certificate, sex.
    """
    import pandas as pd

    everything = pd.concat(cleaned.values(), ignore_index=True)
    return {_TABLES[key][0]: _TABLES[key][1](frame) for key, frame in everything.groupby("table")}


def _core(frame: pd.DataFrame, dims: list[str]) -> pd.DataFrame:
    return frame.assign(year=frame["year"].astype(int))[[*dims, "value", "status"]]


def _leavers(frame: pd.DataFrame) -> pd.DataFrame:
    return facts(with_men(recode(_core(spread(frame, LEAVERS), _LEAVERS), "21111-02-06-4")), _LEAVERS)


def _vocational(frame: pd.DataFrame) -> pd.DataFrame:
    return facts(with_men(recode(_core(spread(frame, VOCATIONAL), _LEAVERS), "21121-02-02-4")), _LEAVERS)


def _pupils(frame: pd.DataFrame) -> pd.DataFrame:
    table = spread(frame.assign(school=frame["school"].map(SCHOOLS)), PUPILS)
    return facts(recode(_core(table, _PUPILS), "21111-01-03-4"), _PUPILS)


def _income(frame: pd.DataFrame) -> pd.DataFrame:
    """A sum of incomes is an income; per head, merged Kreise need their population = total / per head."""
    table = _core(spread(frame, INCOME), _INCOME)
    keys = ["year", "ags"]
    wide = table.pivot(index=keys, columns="measure", values="value")
    heads = (wide["total"] / wide["per_head"]).where(wide["per_head"] > 0).rename("value").reset_index()
    totals = recode(table[table["measure"] == "total"], "82411-01-03-4")
    people = recode(heads.assign(status="")[[*keys, "value", "status"]].dropna(subset="value"), "82411-01-03-4")
    both = totals.merge(people[[*keys, "value"]], on=keys, how="left", suffixes=("", "_people"))
    per_head = both.assign(measure="per_head", value=(both["value"] / both["value_people"]).round(0))
    import pandas as pd

    return facts(pd.concat([totals, per_head[totals.columns]]), _INCOME)


def _laender(frame: pd.DataFrame) -> pd.DataFrame:
    table = frame.assign(
        year=frame["abgangsjahr"].astype(int),
        land=frame["bundesland"].map(_LAND),
        certificate=frame["abschluss"].str.lower().map(LAND_CERTIFICATES),
        sex=frame["geschlecht"].map(SEX),
    )
    return facts(table, ["year", "land", "certificate", "sex"])


#: Official table → edition table and the function that makes it.
_TABLES: dict[Any, tuple[str, Callable[[pd.DataFrame], pd.DataFrame]]] = {
    "21111-02-06-4": ("school_leavers", _leavers),
    "21121-02-02-4": ("vocational_leavers", _vocational),
    "21111-01-03-4": ("pupils", _pupils),
    "82411-01-03-4": ("income", _income),
    "Abgänge nach Ländern": ("school_leavers_land", _laender),
}
