"""From edition tables to the completion of suppressed cells and back: table ``workforce``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import AGES10, LEVELS, OCCUPATIONS
from fachkraftwerk.edition.completion import TOTAL_AGES, Completed, Known, complete

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
#: Days from which the total of a Land on 30.06.2023 is derived.
_NEXT, _LATER_JUNE, _LATER_NEXT = "2023-09-30", "2024-06-30", "2024-09-30"


def workforce_tables(
    tables: Mapping[str, pd.DataFrame], progress: Callable[[str], None] = lambda _: None
) -> tuple[dict[str, pd.DataFrame], dict[str, Any]]:
    """Return tables ``workforce`` and ``workforce_outside``, and the report of the completion."""
    published = tables["workforce_published"]
    kreise = sorted(set(published["ags"]))
    cube = array(published, {"ags": kreise, "occupation": OCCUPATIONS, "level": LEVELS, "age": AGES10}, absent=0.0)
    done = complete(cube, known(tables, kreise), progress)
    return {"workforce": _facts(done, cube, kreise), "workforce_outside": _outside(done, kreise)}, done.report


def array(facts: pd.DataFrame, dims: Mapping[str, Iterable[str]], absent: float) -> Floats:
    """Return facts as an array over ``dims``; cells that are not listed become ``absent``, unknown values nan."""
    import pandas as pd

    codes = [pd.Index(list(labels)).get_indexer(pd.Index(facts[name])) for name, labels in dims.items()]
    inside = np.all([code >= 0 for code in codes], axis=0)
    cube = np.full([len(list(labels)) for labels in dims.values()], absent)
    cube[tuple(code[inside] for code in codes)] = facts["value"].to_numpy(dtype=float)[inside]
    return cube


def known(tables: Mapping[str, pd.DataFrame], kreise: Sequence[str]) -> Known:
    """Gather the margins the completion may use."""
    laender = sorted({ags[:2] for ags in kreise})
    land = np.array([laender.index(ags[:2]) for ags in kreise])
    occupations = np.full((len(kreise), len(OCCUPATIONS)), np.nan)
    if "workforce_he_occupation" in tables:
        occupations = array(tables["workforce_he_occupation"], {"ags": kreise, "occupation": OCCUPATIONS}, np.nan)
    return Known(land, _land_totals(tables, laender), occupations, _totals(tables, kreise), _old(tables))


def _totals(tables: Mapping[str, pd.DataFrame], kreise: Sequence[str]) -> Floats:
    """Exact totals by TOTAL_AGES; beyond pension age = total minus the three younger groups."""
    if "workforce_he_totals" not in tables:
        return np.full((len(kreise), len(TOTAL_AGES)), np.nan)
    groups = ("15-24", "25-54", "55-retirement", "total")
    table = array(tables["workforce_he_totals"], {"ags": kreise, "group": groups}, np.nan)
    return np.column_stack([table[:, :3], table[:, 3] - table[:, :3].sum(axis=1)])


def _land_totals(tables: Mapping[str, pd.DataFrame], laender: Sequence[str]) -> Floats:
    """Employees of each Land on 30.06.2023: 30.09.2023 times the ratio June to September of 2024."""
    if "svb_recent" not in tables:
        return np.full(len(laender), np.nan)
    rows = tables["svb_recent"]
    rows = rows[(rows["sex"] == "total") & (rows["nationality"] == "total")]
    autumn, june, later = array(rows, {"region": laender, "day": (_NEXT, _LATER_JUNE, _LATER_NEXT)}, np.nan).T
    totals: Floats = autumn * june / later
    return totals


def _old(tables: Mapping[str, pd.DataFrame]) -> Floats:
    """Relative frequency of employees aged 65+ by occupation, Germany 12/2019; 1 = average."""
    if "occupation_de" not in tables:
        return np.ones(len(OCCUPATIONS))
    rows = tables["occupation_de"]
    cube = array(rows, {"occupation": OCCUPATIONS, "characteristic": ("total", "65+")}, np.nan)
    share = cube[:, 1] / cube[:, 0]
    return np.where(np.isfinite(share), share / (np.nansum(cube[:, 1]) / np.nansum(cube[:, 0])), 1.0)


def _facts(done: Completed, cube: Floats, kreise: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    index = pd.MultiIndex.from_product(
        [kreise, OCCUPATIONS, LEVELS, AGES10], names=["ags", "occupation", "level", "age"]
    )  # fmt: skip
    columns = {"value": done.value.round(2), "published": cube, "low": done.low, "high": done.high}
    frame = pd.DataFrame({name: values.ravel() for name, values in columns.items()}, index=index).reset_index()
    frame["estimated"] = np.isnan(cube).ravel()
    return frame[frame["high"] > 0].reset_index(drop=True)


def _outside(done: Completed, kreise: Sequence[str]) -> pd.DataFrame:
    """People the margins count and the table does not: 65+ by occupation, and without known occupation by age."""
    import pandas as pd

    old = pd.DataFrame(
        {"value": done.old.ravel()},
        index=pd.MultiIndex.from_product([kreise, OCCUPATIONS, ("65-ra", "ra+")], names=["ags", "occupation", "age"]),
    )
    unknown = pd.DataFrame(
        {"value": done.unknown.ravel()},
        index=pd.MultiIndex.from_product([kreise, ("none",), TOTAL_AGES], names=["ags", "occupation", "age"]),
    )
    frame = pd.concat([old, unknown]).dropna().reset_index()
    return frame.assign(value=frame["value"].round(2), status="estimated")
