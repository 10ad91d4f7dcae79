"""Flat csv (plain, gzip or zip). The file does not name its table; its value variables do."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from fachkraftwerk.sources.faults import Faults
from fachkraftwerk.sources.genesis import REGION, flat, require_labels
from fachkraftwerk.sources.labels import age_group
from fachkraftwerk.sources.reading import text

if TYPE_CHECKING:
    import pandas as pd


@cache
def layouts() -> dict[str, dict[str, Any]]:
    """Return table → statistic, variables, measures."""
    import yaml

    content = files("fachkraftwerk.sources.genesis_ffcsv").joinpath("layouts.yaml").read_text(encoding="utf-8")
    tables: dict[str, dict[str, Any]] = yaml.safe_load(content)
    return tables


def clean(data: bytes, name: str) -> pd.DataFrame:
    """Return ``table``, statistics_code, time, the variables' codes and labels, measure, unit, value, status, row."""
    table = _table(text(data, name), name)
    layout = layouts()[table]
    variables = {key: REGION if codes == "REGION" else codes for key, codes in layout["variables"].items()}
    frame = flat(data, name, statistic=layout["statistic"], variables=variables, measures=list(layout["measures"]))
    faults = Faults(name)
    if "age" in variables:
        ages = frame[frame["age"] != ""]
        require_labels(ages["age_label"].tolist(), ages["row"].tolist(), age_group, faults, "age")
    faults.check()
    return frame.assign(table=table)


def _table(content: str, name: str) -> str:
    """Tell which table a file is: by the contents in its first rows."""
    first = "\n".join(content.split("\n")[:50])
    found = next((t for t, layout in layouts().items() if any(f";{m};" in first for m in layout["measures"])), "")
    if not found:
        faults = Faults(name)
        faults.add(
            ("Die Datei enthält keinen der erwarteten Inhalte.", "The file holds none of the expected contents."),
            (f"Erwartet wird eine der Tabellen {', '.join(layouts())} als ffcsv.",
             f"Expected is one of the tables {', '.join(layouts())} as ffcsv."), row=2, column="value_variable_code",
        )  # fmt: skip
        faults.check()
    return found
