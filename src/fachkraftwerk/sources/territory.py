"""One territorial state for every table: the 400 Kreise of 31.12.2023, by official key (AGS).

Tables of any date since 1990 are brought there: keys of Kreise that were merged go to their successor and
figures are added. Kreise that were divided need weights and are not accepted here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from fachkraftwerk.core.regions import LAENDER
from fachkraftwerk.core.text import Text
from fachkraftwerk.sources.faults import Faults

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

#: Keys of Musterland, the synthetic land of the tests: twelve Kreise and those before and after; always current.
MUSTERLAND = frozenset(f"99{number:03d}" for number in range(1, 15))
#: Key → name of the Länder, Musterland among them.
LANDS = {**LAENDER, "99": "Musterland"}
#: When figures are added, the first of these statuses found among the parts is that of the sum.
_WORST = ("secret", "pending", "missing", "unreliable", "estimated", "break")
_HIDDEN = {"secret", "pending", "missing", "unreliable"}


@dataclass(frozen=True)
class Reform:
    """A change of the map: from ``date`` the Kreise ``before`` are the Kreise ``after``."""

    date: date
    before: tuple[str, ...]
    after: tuple[str, ...]
    name: Text


@cache
def _words() -> dict[str, Any]:
    import yaml

    text = files("fachkraftwerk.sources").joinpath("territory.yaml").read_text(encoding="utf-8")
    words: dict[str, Any] = yaml.safe_load(text)
    return words


@cache
def kreise() -> tuple[str, ...]:
    """Return the 400 keys of 31.12.2023, ascending."""
    return tuple(ags for land in _words()["kreise"] for ags in land)


@cache
def reforms() -> tuple[Reform, ...]:
    """Return the reforms that fall into or after the years shown, by date."""
    entries = _words()["reforms"]
    return tuple(Reform(e["date"], tuple(e["before"]), tuple(e["after"]), Text(**e["name"])) for e in entries)


@cache
def _targets() -> dict[str, str]:
    former = {old: ags for ags, olds in _words()["former"].items() for old in olds}
    return {**former, **{ags: ags for ags in kreise()}}


def current(ags: str) -> str | None:
    """Return the Kreis of 31.12.2023 that ``ags`` (of any date since 1990) belongs to; None if there is none.

    None is the answer for Germany, Länder, Bezirke, districts of a city, and Kreise that were divided.
    """
    return ags if ags in MUSTERLAND else _targets().get(ags)


def was_kreis(ags: str) -> bool:
    """Tell whether ``ags`` is the key of a Kreis of any date since 1990, divided ones and those after 2023 included."""
    later = {key for reform in reforms() for key in (*reform.before, *reform.after)}
    return current(ags) is not None or ags in _words()["divided"] or ags in later


def validity(ags: str) -> tuple[date | None, date | None, tuple[str, ...]]:
    """Return first and last day of the Kreis in its present borders, as far as they changed, and its successors."""
    begin = max((r.date for r in reforms() if ags in r.after and r.date.year < 2024), default=None)
    ending = next((r for r in reforms() if ags in r.before and r.date.year >= 2024), None)
    if ending is None:
        return begin, None, ()
    return begin, date.fromordinal(ending.date.toordinal() - 1), ending.after


def recode(facts: pd.DataFrame, name: str, *, column: str = "ags") -> pd.DataFrame:
    """Bring ``facts`` to the 400 Kreise: successors take over, doubled keys are added, other levels fall away.

    Every column but ``value`` and ``status`` is a key. A sum with a hidden part is hidden itself. A merged
    Kreis without any figure in a year did not exist then and is ignored. Raises Refusal for keys that look like a
    Kreis but are unknown or were divided; ``name`` is the file or table for the message.
    """
    table = _lands_as_kreise(facts, column)
    table = table[table[column].str.len() == 5]
    moved = table[column].map(current)
    present = (moved == table[column]) | _exists(table, column)
    table, moved = table[present], moved[present]
    _refuse_strangers(table[column].unique().tolist(), name, column)
    changed = moved.isin(set(moved[moved != table[column]]))
    rest, merged = table[~changed], table[changed & _exists(table, column)]
    if not len(merged):
        return rest.reset_index(drop=True)
    merged = merged.assign(**{column: moved[merged.index]})
    keys = [label for label in table.columns if label not in {"value", "status"}]
    return _stack([rest, _added(merged, keys)])


def _lands_as_kreise(facts: pd.DataFrame, column: str) -> pd.DataFrame:
    """Give Hamburg and Berlin their Kreis key where only the key of the Land is present."""
    present = set(facts[column].unique())
    lands = {land: ags for land, ags in _words()["land_is_kreis"].items() if ags not in present and land in present}
    return facts.assign(**{column: facts[column].replace(lands)}) if lands else facts


def _refuse_strangers(keys: Sequence[str], name: str, column: str) -> None:
    faults = Faults(name)
    for ags in sorted(keys):
        if current(ags) is None:
            divided = ags in _words()["divided"]
            faults.add(
                (f"Der Schlüssel {ags} gehört zu einem Kreis, der später geteilt wurde." if divided
                 else f"Den Kreis {ags} gibt es nicht.",
                 f"The key {ags} belongs to a Kreis that was divided later." if divided
                 else f"There is no Kreis {ags}."),
                ("Rechnen Sie die Tabelle mit dem Umsteigeschlüssel des BBSR um." if divided
                 else "Prüfen Sie die Ziffern; amtliche Schlüssel haben fünf Stellen, oft mit führender Null.",
                 "Convert the table with the BBSR key." if divided
                 else "Check the digits; official keys have five, often with a leading zero."),
                column=column,
            )  # fmt: skip
    faults.check()


def _exists(table: pd.DataFrame, column: str) -> pd.Series[bool]:
    """True in rows of a Kreis that has a figure in that year.

    A Kreis of 31.12.2023 exists as soon as anything but dashes is published for it, even if all is hidden; a
    former Kreis needs a positive figure, since tables go on listing it with dashes and dots after its end.
    """
    keys = [table[column], *([table["year"]] if "year" in table.columns else [])]
    counted = table["value"].fillna(0).abs() > 0
    hidden = table["status"].isin(_HIDDEN) & table[column].map(lambda ags: current(ags) == ags)
    return (counted | hidden).groupby(keys).transform("any").astype(bool)


def _added(table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Add rows with equal keys."""
    groups = table.groupby(keys, sort=False, dropna=False)
    sums = groups["value"].sum(min_count=1).rename("value").reset_index()
    sums["status"] = groups["status"].agg(_sum_status).to_numpy()
    sums.loc[sums["status"].isin(_HIDDEN), "value"] = float("nan")
    return sums


def _sum_status(states: pd.Series[str]) -> str:
    present = set(states)
    if present == {"zero"}:
        return "zero"
    return next((status for status in _WORST if status in present), "")


def _stack(tables: list[pd.DataFrame]) -> pd.DataFrame:
    import pandas as pd

    return pd.concat([table for table in tables if len(table)], ignore_index=True)
