"""BBSR recoding key: one sheet per year, "YYYY-2020"; each row is the part of a former Kreis that went into a later one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fachkraftwerk.sources.archive import unpack
from fachkraftwerk.sources.faults import Faults
from fachkraftwerk.sources.plain import require_keys
from fachkraftwerk.sources.reading import figures, require_unique, sheet, sheet_names

if TYPE_CHECKING:
    import pandas as pd

_SHEET = re.compile(r"\d{4}-2020")
#: Beginning of the column title (blanks and line ends removed) → our column; in order of appearance.
_TITLES = {
    "flächenproportional": "weight_area", "bevölkerungsproportional": "weight_population",
    "beschäftigtenproportional": "weight_employment", "fläche": "area_km2", "bevölkerung": "population",
    "sozialvers": "employment",
}  # fmt: skip
_EMPLOYMENT_SINCE = 1997
FIGURES = tuple(_TITLES.values())
_BOOK = (
    "Verwenden Sie die unveränderte Mappe „ref-kreise-umrech-2020-1990-2019“ des BBSR.",
    'Use the unchanged workbook "ref-kreise-umrech-2020-1990-2019" of the BBSR.',
)


def clean(data: bytes, name: str) -> pd.DataFrame:
    """Return all sheets below each other: year, from_ags, from_name, weights, area_km2, population and employment
    (1000 persons), to_ags, to_name. Raises Refusal on missing columns, wrong keys, weights that do not add to one.
    """
    import pandas as pd

    faults = Faults(name)
    titles = [title for title in sheet_names(data, name) if _SHEET.fullmatch(title)]
    if not titles:
        faults.add(("Kein Blatt heißt „1990-2020“ oder ähnlich.", 'No sheet is called "1990-2020" or alike.'), _BOOK)
    inner = unpack(data, name)
    parts = [_sheet(sheet(inner, name, title), title, faults) for title in titles]
    faults.check()
    return pd.concat(parts, ignore_index=True)


def _sheet(rows: list[list[Any]], title: str, faults: Faults) -> pd.DataFrame:
    import pandas as pd

    year, local = int(title[:4]), Faults(f"{faults.name} [{title}]")
    places = _places(rows[0] if rows else [], year, local)
    body = [row for row in rows[1:] if str(row[0]).strip()]
    if local.found:
        faults.found.extend(local.found)
        return pd.DataFrame()
    numbers = range(2, len(body) + 2)
    frame = pd.DataFrame({"year": [year] * len(body)})
    for column, place in places.items():
        cells = [row[place] for row in body]
        if column in FIGURES:
            frame[column] = figures(cells, local, column=column, decimal=".", rows=numbers)["value"]
        else:
            frame[column] = [_key(cell) if column.endswith("ags") else str(cell).strip() for cell in cells]
    _check(frame, local)
    faults.found.extend(local.found)
    return frame


def _places(header: list[Any], year: int, faults: Faults) -> dict[str, int]:
    """Position of every column; the former Kreis comes first, the Kreis of 2020 last."""
    squeezed = [re.sub(r"[\s-]", "", str(cell)).lower() for cell in header]
    found = {}
    for begin, column in _TITLES.items():
        hits = [i for i, title in enumerate(squeezed) if title.startswith(begin)]
        if column in {"area_km2", "population"}:
            hits = [i for i in hits if "proportional" not in squeezed[i]]
        if hits:
            found[column] = hits[0]
        elif year >= _EMPLOYMENT_SINCE or "employment" not in column:
            faults.add((f"Die Spalte „{begin}…“ fehlt.", f'The column "{begin}…" is missing.'), _BOOK, 1, begin)
    keys = [i for i, title in enumerate(squeezed) if re.fullmatch(r"kreise31\.12\.\d{4}", title)]
    if len(keys) != 2:
        faults.add(("Die Spalten „Kreise 31.12.…“ fehlen.", 'The columns "Kreise 31.12.…" are missing.'), _BOOK, 1)
        return found
    return {"from_ags": keys[0], "from_name": keys[0] + 1, **found, "to_ags": keys[1], "to_name": keys[1] + 1}


def _key(cell: Any) -> str:
    """Eight digits with the leading zero lost (1001000.0) → the five digits of the Kreis."""
    return f"{int(cell):08d}"[:5] if isinstance(cell, float) else str(cell).strip().zfill(8)[:5]


def _check(frame: pd.DataFrame, faults: Faults) -> None:
    rows = range(2, len(frame) + 2)
    require_unique(frame, ["from_ags", "to_ags"], faults, rows=rows)
    for row, key in zip(rows, frame["from_ags"], strict=True):
        if not re.fullmatch(r"\d{5}", key):
            faults.add((f"„{key}“ ist kein Schlüssel.", f'"{key}" is not a key.'), _BOOK, row, "Kreise")
    require_keys(frame, "to_ags", 5, faults)
    for column in (c for c in frame.columns if c.startswith("weight")):
        sums = frame.groupby("from_ags")[column].sum()
        for key in sums[(sums - 1).abs() > 0.001].index:
            faults.add(
                (f"Die Anteile des Kreises {key} ergeben nicht 1.", f"The shares of Kreis {key} do not add up to 1."),
                _BOOK, column=column,
            )  # fmt: skip
