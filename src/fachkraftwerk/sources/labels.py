"""From published labels to our dimensions: the small steps every harmonise shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from fachkraftwerk.core.errors import Refusal, refuse

if TYPE_CHECKING:
    import pandas as pd

SEX = {"männlich": "m", "weiblich": "f", "Insgesamt": "total", "GESM": "m", "GESW": "f", "": "total",
       "INSGESAMT": "total"}  # fmt: skip


def spread(frame: pd.DataFrame, meaning: Mapping[str, Mapping[str, str]], column: str = "column") -> pd.DataFrame:
    """Replace the label in ``column`` by the dimensions it stands for; rows with other labels are left out."""
    kept = frame[frame[column].isin(list(meaning))]
    names = list(next(iter(meaning.values())))
    dims = {name: kept[column].map({label: dims[name] for label, dims in meaning.items()}) for name in names}
    return kept.drop(columns=column).assign(**dims).reset_index(drop=True)


def facts(frame: pd.DataFrame, dims: Sequence[str]) -> pd.DataFrame:
    """Return Facts: ``dims``, value, status, sorted by the dimensions, rows numbered from 0.

    Refuses figures whose label had no meaning here (a dimension is empty): they would silently be lost.
    """
    for dim in dims:
        lost = frame[frame[dim].isna()]
        if len(lost):
            raise _no_meaning(dim, lost)
    return frame[[*dims, "value", "status"]].sort_values(list(dims), kind="stable", ignore_index=True)


def _no_meaning(dim: str, lost: pd.DataFrame) -> Refusal:
    first = ", ".join(f"{key}={cell}" for key, cell in lost.iloc[0].items() if isinstance(cell, str) and cell)
    return refuse(
        f"{len(lost)} Zahlen haben eine Ausprägung, die der Importer nicht kennt ({first}).",
        f"{len(lost)} figures have an attribute that the importer does not know ({first}).",
        "Die Veröffentlichung hat sich geändert; der Importer ist anzupassen.",
        "The publication has changed; the importer needs a change.", where=f"Merkmal/dimension „{dim}“",
    )  # fmt: skip


def mark_break(frame: pd.DataFrame, years: Sequence[int]) -> pd.DataFrame:
    """Give unsigned figures of ``years`` the status "break": they do not continue the year before."""
    hit = frame["year"].isin(list(years)) & (frame["status"] == "")
    return frame.assign(status=frame["status"].where(~hit, "break"))


def with_men(frame: pd.DataFrame) -> pd.DataFrame:
    """Add men as total minus women (``sex`` total and f given); hidden where one of the two is hidden."""
    import pandas as pd

    keys = [label for label in frame.columns if label not in {"sex", "value", "status"}]
    both = frame[frame["sex"] == "total"].merge(
        frame[frame["sex"] == "f"], on=keys, suffixes=("", "_f"), validate="one_to_one"
    )
    men = both[keys].assign(sex="m", value=both["value"] - both["value_f"])
    men["status"] = both["status"].where(both["status"] != "", both["status_f"]).replace("zero", "")
    hidden = men["value"].isna()
    men.loc[hidden, "status"] = both["status"].where(both["value"].isna(), both["status_f"])[hidden]
    men.loc[men["value"] == 0, "status"] = "zero"
    return pd.concat([frame, men[list(frame.columns)]], ignore_index=True)
