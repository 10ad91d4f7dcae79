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
    faults = [*_deaths(cleaned, died, deaths), *_births(cleaned, births, people)]
    if faults:
        raise Refusal(faults)


def _figures(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the figures that stand for a region and year: all of them, or both sexes' total and under five."""
    if "age" not in frame.columns:
        return frame.set_index(_KEYS)[["value"]]
    both = frame[(frame["sex"] == "T") & frame["age"].isin(["TOTAL", "Y_LT5"])]
    return both.pivot(index=_KEYS, columns="age", values="value").reindex(columns=["TOTAL", "Y_LT5"])


def _deaths(cleaned: Mapping[str, pd.DataFrame], died: str, deaths: str) -> list[Fault]:
    by_age, total = _figures(cleaned[died]), _figures(cleaned[deaths])
    pairs = by_age[["TOTAL"]].join(total, how="inner").dropna()
    wrong = pairs[pairs["TOTAL"] != pairs["value"]]
    if len(pairs) and len(wrong) <= (1 - _SAME) * len(pairs):
        return []
    called = Text("Sterbefälle nach Alter und insgesamt", "Deaths by age and in all")
    return [_fault(cleaned, (died, "TOTAL"), (deaths, ""), wrong, called)]


def _births(cleaned: Mapping[str, pd.DataFrame], born: str, counted: str) -> list[Fault]:
    """Children counted on 1 January were born in the five years before."""
    five = _figures(cleaned[born])["value"].unstack("geo").sort_index().rolling(5).sum()
    five.index = five.index + 1
    born_before = five.melt(ignore_index=False).reset_index().set_index(_KEYS)
    pairs = _figures(cleaned[counted])[["Y_LT5"]].join(born_before, how="inner").dropna()
    low, high = _CHILDREN
    if len(pairs) and low <= (pairs["value"] / pairs["Y_LT5"]).median() <= high:
        return []
    called = Text(
        "Kinder unter fünf und Geburten der fünf Jahre davor", "Children under five and births of the five years before"
    )
    return [_fault(cleaned, (counted, "Y_LT5"), (born, ""), pairs, called)]


def _fault(
    cleaned: Mapping[str, pd.DataFrame], one: tuple[str, str], other: tuple[str, str], pairs: pd.DataFrame, called: Text
) -> Fault:
    """Name both figures of the last pair and where they stand; ``one``, ``other``: file and age ("" where it has none)."""
    if pairs.empty:
        what = Text(f"{called.de} haben kein Jahr gemeinsam.", f"{called.en} have no year in common.")
        return Fault(what, _REMEDY, AND.join((one[0], other[0])))
    (geo, year), (first, second) = pairs.index[-1], pairs.iloc[-1]
    what = Text(
        f"{called.de} passen nicht zusammen ({geo}, {year}: {first:.0f} und {second:.0f}).",
        f"{called.en} do not fit ({geo}, {year}: {first:.0f} and {second:.0f}).",
    )
    return Fault(what, _REMEDY, AND.join(where(name, _row(cleaned[name], geo, age)) for name, age in (one, other)))


def _row(frame: pd.DataFrame, geo: str, age: str) -> int:
    """Return the row of the file in which the figures of a region stand."""
    mine = frame["geo"] == geo
    if age:
        mine &= (frame["sex"] == "T") & (frame["age"] == age)
    return int(frame.loc[mine, "row"].iloc[0])
