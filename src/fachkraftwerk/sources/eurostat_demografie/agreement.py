"""Do the four files belong together? Births, deaths and population share two layouts and name no measure themselves.

Deaths in all are those by age; births of five years are about the children under five. A file under the name of
another breaks one of the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.source import AND
from fachkraftwerk.core.text import Text
from fachkraftwerk.sources.faults import where

if TYPE_CHECKING:
    import pandas as pd

#: Least share of regions and years in which deaths by age and in all are the same figure. Until 2015 boundaries were
#: moved in one of the two tables only, so a few differ; of two different measures hardly any agree.
_SAME = 0.9
#: Children under five per birth of the five years before, median of all regions; deaths instead give 1.2 to 1.4.
_CHILDREN = (0.85, 1.15)
_KEYS = ["geo", "year"]
_REMEDY = Text(
    "Vermutlich liegt unter einem der Namen eine andere Tabelle, etwa Geburten statt Sterbefälle; laden Sie beide neu.",
    "Another table probably lies under one of the names, such as births instead of deaths; download both again.",
)


def require_agreement(names: Mapping[str, str], cleaned: Mapping[str, pd.DataFrame]) -> None:
    """Refuse cleaned files that contradict each other; ``names``: edition table → name of the file that fills it."""
    births, deaths, people, died = (names[key] for key in ("births", "deaths", "population_age5", "deaths_age5"))
    known = {name: _figures(cleaned[name]) for name in (births, deaths, people, died)}
    faults = [
        *_deaths(known[died], known[deaths], died, deaths),
        *_births(known[births], known[people], births, people),
    ]
    if faults:
        raise Refusal(faults)


def _figures(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the figures that stand for a region and year: all of them, or both sexes' total and under five."""
    if "age" not in frame.columns:
        return frame.set_index(_KEYS)[["value"]]
    both = frame[(frame["sex"] == "T") & frame["age"].isin(["TOTAL", "Y_LT5"])]
    return both.pivot(index=_KEYS, columns="age", values="value").reindex(columns=["TOTAL", "Y_LT5"])


def _deaths(by_age: pd.DataFrame, total: pd.DataFrame, died: str, deaths: str) -> list[Fault]:
    pairs = by_age[["TOTAL"]].join(total, how="inner").dropna()
    wrong = pairs[pairs["TOTAL"] != pairs["value"]]
    if len(pairs) and len(wrong) <= (1 - _SAME) * len(pairs):
        return []
    return [_fault(died, deaths, wrong, "Sterbefälle nach Alter und insgesamt", "Deaths by age and in all")]


def _births(births: pd.DataFrame, people: pd.DataFrame, born: str, counted: str) -> list[Fault]:
    """Children counted on 1 January were born in the five years before."""
    five = births["value"].unstack("geo").sort_index().rolling(5).sum()
    five.index = five.index + 1
    born_before = five.melt(ignore_index=False).reset_index().set_index(_KEYS)
    pairs = people[["Y_LT5"]].join(born_before, how="inner").dropna()
    low, high = _CHILDREN
    if len(pairs) and low <= (pairs["value"] / pairs["Y_LT5"]).median() <= high:
        return []
    return [
        _fault(
            born,
            counted,
            pairs,
            "Geburten von fünf Jahren und Kinder unter fünf",
            "Births of five years and children under five",
        )
    ]


def _fault(one: str, other: str, pairs: pd.DataFrame, de: str, en: str) -> Fault:
    if pairs.empty:
        return Fault(
            Text(f"{de} haben kein Jahr gemeinsam.", f"{en} have no year in common."), _REMEDY, AND.join((one, other))
        )
    (geo, year), (first, second) = pairs.index[-1], pairs.iloc[-1]
    what = Text(
        f"{de} passen nicht zusammen ({first:.0f} und {second:.0f}).",
        f"{en} do not fit ({first:.0f} and {second:.0f}).",
    )
    return Fault(what, _REMEDY, where(AND.join((one, other)), geo, year))
