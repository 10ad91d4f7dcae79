"""Our decisions on the BA tables: keys of the model, suppressed cells stay suppressed, absent cells mean zero."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fachkraftwerk.sources.ba_kldb2_niveau_alter_kreis.clean import AGES, GROUPS, LEVELS
from fachkraftwerk.sources.territory import recode

if TYPE_CHECKING:
    import pandas as pd


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return workforce_published, workforce_he_occupation, workforce_he_totals (employees) and segments."""
    tables = {}
    for name, frame in cleaned.items():
        table, make = _TABLES[frame["table"].iloc[0]]
        tables[table] = make(frame, name)
    return tables


def _cube(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    facts = frame.rename(columns={"ags5": "ags", "kldb2": "occupation"})
    facts = facts.assign(level=frame["anforderungsniveau"].map(LEVELS), age=frame["altersgruppe"].map(AGES))
    return recode(facts[["ags", "occupation", "level", "age", "value", "status"]], name)


def _margin(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    facts = frame.rename(columns={"ags5": "ags", "kldb2": "occupation"})
    return recode(facts[["ags", "occupation", "value", "status"]], name)


def _totals(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    long = frame.melt(id_vars="KreisID", value_vars=list(GROUPS), var_name="group")
    facts = long.rename(columns={"KreisID": "ags"}).assign(
        group=long["group"].map(GROUPS), value=long["value"].astype(float), status=""
    )
    return recode(facts[["ags", "group", "value", "status"]], name)


def _segments(frame: pd.DataFrame, _: str) -> pd.DataFrame:
    names = {
        "kldb2": "occupation", "berufssegment_id": "segment", "berufssegment": "segment_title",
        "berufssektor_id": "sector", "berufssektor": "sector_title",
    }  # fmt: skip
    return frame.rename(columns=names)[list(names.values())]


#: Publisher's table → edition table and the function that makes it.
_TABLES: dict[Any, tuple[str, Callable[[pd.DataFrame, str], pd.DataFrame]]] = {
    "kreis_kldb2_niveau_alter": ("workforce_published", _cube),
    "hessen_kreis_kldb2": ("workforce_he_occupation", _margin),
    "hessen_kreise_eckwerte": ("workforce_he_totals", _totals),
    "kldb2_segment_sektor": ("segments", _segments),
}
