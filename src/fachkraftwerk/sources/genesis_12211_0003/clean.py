"""GENESIS workbook with nested blocks: sex, below it age group, below it the years."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fachkraftwerk.sources.faults import Faults
from fachkraftwerk.sources.genesis import require_labels
from fachkraftwerk.sources.labels import age_group
from fachkraftwerk.sources.reading import figures, require_columns, require_unique, sheet

if TYPE_CHECKING:
    import pandas as pd

TITLE = "12211-0003"
MEASURES = ("Bevölkerung", "Erwerbstätige", "Erwerbslose")
SEXES = ("männlich", "weiblich")
_YEAR = re.compile(r"(?:\d{2}/)?(\d{4})(?:\.0)?")
_WRONG = ("Laden Sie die Tabelle 12211-0003 unverändert herunter.", "Download table 12211-0003 unchanged.")


def clean(data: bytes, name: str) -> pd.DataFrame:
    """Return sex, age (labels), time ("04/1991" or "2019"), measure, value (1,000 persons), status, row."""
    import pandas as pd

    faults = Faults(name)
    rows = sheet(data, name, TITLE)
    top = _head(rows, faults)
    keys, body = _blocks(rows, top, faults)
    frame = pd.DataFrame(keys, columns=["sex", "age", "time"], dtype=object)
    numbers = [number for number, _ in body]
    require_unique(frame, ["sex", "age", "time"], faults, numbers)
    require_labels(frame["age"].tolist(), numbers, age_group, faults, "age")
    _require_same_years(frame, faults)
    parts = []
    for at, measure in enumerate(MEASURES, start=1):
        cells = figures([row[at] for _, row in body], faults, column=measure, rows=numbers)
        parts.append(frame.assign(measure=measure, value=cells["value"], status=cells["status"], row=numbers))
    faults.check()
    return pd.concat(parts, ignore_index=True)


def _head(rows: list[list[Any]], faults: Faults) -> int:
    """Return the index of the row with units, the last of the head."""
    top = next((i for i, row in enumerate(rows) if "Jahr" in str(row[0]) and any(row[1:])), None)
    if top is None:
        faults.add(("Der Tabellenkopf fehlt.", "The head of the table is missing."), _WRONG, row=1)
        faults.check()
    assert top is not None
    require_columns([str(cell) for cell in rows[top][1:]], MEASURES, faults, row=top + 1)
    if any(str(cell).removesuffix(".0") != "1000" for cell in rows[top + 1][1:4]):
        faults.add(("Die Einheit ist nicht 1000 Personen.", "The unit is not 1000 persons."), _WRONG, row=top + 2)
    faults.check()
    return top + 1


def _blocks(
    rows: list[list[Any]], top: int, faults: Faults
) -> tuple[list[tuple[str, str, str]], list[tuple[int, list[Any]]]]:
    """Walk down the sheet and give each row of figures the block heads above it."""
    sex, age = "", ""
    keys: list[tuple[str, str, str]] = []
    body: list[tuple[int, list[Any]]] = []
    for number, row in enumerate(rows[top + 1 :], start=top + 2):
        label = str(row[0]).strip()
        if label.startswith("____"):
            break
        if label in SEXES:
            sex = label
        elif "Jahre" in label:
            age = label
        elif _YEAR.fullmatch(label):
            keys.append((sex, age, label))
            body.append((number, row))
        elif label:
            faults.add((f"„{label}“ ist unbekannt.", f'"{label}" is not known.'), _WRONG, row=number)
    else:
        faults.add(("Das Ende der Tabelle fehlt.", "The end of the table is missing."), row=len(rows))
    faults.check()
    return keys, body


def _require_same_years(frame: pd.DataFrame, faults: Faults) -> None:
    counts = frame.groupby(["sex", "age"], sort=False).size().reset_index(name="years")
    most = int(counts["years"].max())
    for sex, age, years in counts[counts["years"] < most].itertuples(index=False):
        faults.add(
            (f"{sex}, {age}: nur {years} von {most} Jahren.", f"{sex}, {age}: only {years} of {most} years."), _WRONG
        )
