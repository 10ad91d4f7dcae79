"""From published labels to our dimensions: what the publishers' words for sexes, years and ages mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from fachkraftwerk.core.errors import Refusal, refuse

if TYPE_CHECKING:
    import pandas as pd

SEX = {"männlich": "m", "weiblich": "f", "Insgesamt": "total", "GESM": "m", "GESW": "f", "": "total",
       "INSGESAMT": "total"}  # fmt: skip

#: Years that a table can speak of (projections included), and the age nobody exceeds.
EARLIEST, LATEST, OLDEST = 1800, 2150, 120


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
    row = f"Zeile/row {lost['row'].iloc[0]}, " if "row" in lost else ""
    return refuse(
        f"{len(lost)} Zahlen haben eine Ausprägung, die der Importer nicht kennt ({first}).",
        f"{len(lost)} figures have an attribute that the importer does not know ({first}).",
        "Die Veröffentlichung hat sich geändert; der Importer ist anzupassen.",
        "The publication has changed; the importer needs a change.", where=f"{row}Merkmal/dimension „{dim}“",
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


def year(label: str) -> int:
    """Return the year in "2023" or "31.12.2023"; ValueError for anything else and for impossible years."""
    found = re.fullmatch(r"(?:[0-3]\d\.[01]\d\.)?(\d{4})", label)
    if found is None or not EARLIEST <= int(found[1]) <= LATEST:
        raise ValueError(f"no year: {label!r}")
    return int(found[1])


def age_group(label: str) -> str:
    """Turn "3 bis unter 6 Jahre" into "3-5", "unter 3 Jahre" into "0-2", "75 Jahre und mehr" into "75+"."""
    if found := re.match(r"(\d+) bis unter (\d+) ", label):
        return f"{found[1]}-{int(found[2]) - 1}"
    if found := re.match(r"unter (\d+) Jahre", label):
        return f"0-{int(found[1]) - 1}"
    if found := re.match(r"(\d+) Jahre und (?:mehr|älter)", label):
        return f"{found[1]}+"
    raise ValueError(f"no age group: {label!r}")


def single_age(label: str) -> int:
    """Turn "unter 1 Jahr", "17-Jährige", "85 Jahre und mehr" into 0, 17, 85 (lower end of the open age)."""
    if label == "unter 1 Jahr":
        return 0
    found = re.match(r"(\d+)(?:-Jährige| Jahre und mehr)$", label)
    if found and int(found[1]) <= OLDEST:
        return int(found[1])
    raise ValueError(f"no single age: {label!r}")
