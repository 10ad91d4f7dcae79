"""Our decisions on the BA tables: keys of the model, suppressed cells stay suppressed, absent cells mean zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.sources.ba_kldb2_niveau_alter_kreis.clean import AGES, CUBE, GROUPS, LEVELS, MARGIN, TOTALS
from fachkraftwerk.sources.territory import recode

if TYPE_CHECKING:
    import pandas as pd


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return workforce_published, workforce_he_occupation, workforce_he_totals (employees) and segments."""
    tables = {}
    for name, frame in cleaned.items():
        if set(CUBE[:-1]) <= set(frame.columns):
            tables["workforce_published"] = _cube(frame, name)
        elif set(MARGIN[:-1]) <= set(frame.columns):
            tables["workforce_he_occupation"] = _margin(frame, name)
        elif set(TOTALS) <= set(frame.columns):
            tables["workforce_he_totals"] = _totals(frame, name)
        else:
            tables["segments"] = _segments(frame)
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


def _segments(frame: pd.DataFrame) -> pd.DataFrame:
    names = {
        "kldb2": "occupation", "berufssegment_id": "segment", "berufssegment": "segment_title",
        "berufssektor_id": "sector", "berufssektor": "sector_title",
    }  # fmt: skip
    return frame.rename(columns=names)[list(names.values())]
