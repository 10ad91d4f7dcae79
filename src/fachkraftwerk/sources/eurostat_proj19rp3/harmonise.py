"""Our decisions on EUROPOP2019: labels become keys by ``kreise.csv``, then the working territory."""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import TYPE_CHECKING

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.sources.eurostat_proj19rp3.clean import HESSEN
from fachkraftwerk.sources.faults import Faults
from fachkraftwerk.sources.nuts import ags_by_nuts3
from fachkraftwerk.sources.territory import MUSTERLAND, recode

if TYPE_CHECKING:
    import pandas as pd

_SEXES = {"Males": "m", "Females": "f"}


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return europop (age 0..100 = 100+, sex, ags: persons 1.1.2019) and europop_hessen (year, ags: persons 1.1.)."""
    tables = {}
    for name, frame in cleaned.items():
        if set(HESSEN) <= set(frame.columns):
            tables["europop_hessen"] = _hessen(frame, name)
        else:
            tables["europop"] = _base(frame, name)
    return tables


def _base(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    keys = _keys()
    unknown = sorted(set(frame["geo"]) - set(keys))
    if unknown:
        raise _unknown(unknown, name)
    mine = frame[frame["sex"].isin(list(_SEXES))]
    facts = mine.assign(ags=mine["geo"].map(keys), sex=mine["sex"].map(_SEXES))
    return _sorted(recode(facts[["age", "sex", "ags", "value", "status"]], name))


def _hessen(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    keys = ags_by_nuts3()
    unknown = sorted(set(frame["nuts3"]) - set(keys))
    if unknown:
        raise _unknown(unknown, name)
    long = frame.melt(id_vars="nuts3", value_vars=list(HESSEN[2:]), var_name="year")
    facts = long.assign(
        year=long["year"].str.extract(r"(\d{4})")[0].astype(int), ags=long["nuts3"].map(keys),
        value=long["value"].astype(float), status="",
    )  # fmt: skip
    return _sorted(recode(facts[["year", "ags", "value", "status"]], name))


def _keys() -> dict[str, str]:
    """Label of the data browser → official key; Musterland's Kreise are called by theirs."""
    text = files("fachkraftwerk.sources.eurostat_proj19rp3").joinpath("kreise.csv").read_text(encoding="utf-8")
    by_nuts = ags_by_nuts3()
    real = {row["label"]: by_nuts[row["nuts3"]] for row in csv.DictReader(text.splitlines())}
    return real | {f"Kreis {ags}": ags for ags in MUSTERLAND}


def _unknown(labels: list[str], name: str) -> Refusal:
    faults = Faults(name)
    for label in labels:
        faults.add(
            (f"„{label}“ ist kein bekannter Kreis.", f'"{label}" is not a known Kreis.'),
            ("Ergänzen Sie die Bezeichnung in kreise.csv.", "Add the label to kreise.csv."), column="GEO",
        )  # fmt: skip
    return Refusal(faults.found)


def _sorted(facts: pd.DataFrame) -> pd.DataFrame:
    keys = [column for column in facts.columns if column not in {"value", "status"}]
    return facts.sort_values(keys, ignore_index=True)
