"""BA workbook "Beschäftigte nach Berufen": sheets I and II for regular (SVB) and marginal (GB) employment.

Titles stand in rows 8 to 10, column numbers in row 11, data from row 12; code and title share one cell; "*" is
suppressed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fachkraftwerk.sources.archive import unpack
from fachkraftwerk.sources.faults import Faults
from fachkraftwerk.sources.reading import figures, require_unique, sheet, sheet_names

if TYPE_CHECKING:
    import pandas as pd

_PERSONS = (
    ("insgesamt", "total"), ("männer", "m"), ("frauen", "f"), ("deutsche", "german"), ("ausländer", "foreign"),
    ("unter25", "<25"), ("25bisunter55", "25-54"), ("55bisunter65", "55-64"), ("65jahreundälter", "65+"),
    ("darunterbiszurregelalters", "65-retirement"),
)  # fmt: skip
_APPRENTICES = (("insgesamt", "apprentices"), ("männer", "apprentices_m"), ("frauen", "apprentices_f"))
_TIME = (("invollzeit", "fulltime"), ("inteilzeit", "parttime"))
_LEVELS = (
    ("helfer", "helfer"), ("fachkraft", "fachkraft"), ("spezialist", "spezialist"), ("experte", "experte"),
    ("ohneberufl", "none"), ("mitanerkanntem", "vocational"), ("mitakademi", "academic"),
    ("ausbildungunbekannt", "unknown"),
)  # fmt: skip
_TOTAL = (("insgesamt", "total"),)
#: Sheet → beginning of each column title (blanks removed) and the characteristic it is.
SHEETS = {
    "SVB - Tabelle I": _PERSONS + _APPRENTICES,
    "SVB - Tabelle II": _TOTAL + _TIME + _LEVELS,
    "GB - Tabelle I": _PERSONS,
    "GB - Tabelle II": _TOTAL + _LEVELS,
}
_TITLE_ROWS, _FIRST_ROW = slice(7, 10), 12
_CODE = re.compile(r"(\d{2,4}) (.+)")
_SUMS = {"Insgesamt": "total", "Keine Zuordnung möglich": "unknown"}
_ORIGINAL = (
    "Verwenden Sie die unveränderte Mappe „Beschäftigte nach Berufen (KldB 2010)“ der BA.",
    'Use the unchanged workbook "Beschäftigte nach Berufen (KldB 2010)" of the BA.',
)


def clean(data: bytes, name: str) -> pd.DataFrame:
    """Return sheet, occupation, title, characteristic, value, status. Raises Refusal with the faults of all sheets."""
    import pandas as pd

    inner, faults = unpack(data, name), Faults(name)
    present = sheet_names(inner, name)
    for title in SHEETS:
        if title not in present:
            faults.add((f"Das Blatt „{title}“ fehlt.", f'The sheet "{title}" is missing.'), _ORIGINAL)
    faults.check()
    parts = [_sheet(sheet(inner, name, title), title, faults) for title in SHEETS]
    faults.check()
    return pd.concat(parts, ignore_index=True)


def _sheet(rows: list[list[Any]], title: str, faults: Faults) -> pd.DataFrame:
    import pandas as pd

    local = Faults(f"{faults.name} [{title}]")
    _check_titles(rows, title, local)
    coded = [(n, key, row) for n, row in enumerate(rows, 1) if n >= _FIRST_ROW and (key := _occupation(row[0]))]
    if not coded:
        local.add(("Das Blatt enthält keine Berufe.", "The sheet holds no occupations."), _ORIGINAL, row=_FIRST_ROW)
    base = pd.DataFrame({"occupation": [k[0] for _, k, _ in coded], "title": [k[1] for _, k, _ in coded]})
    numbers = [n for n, _, _ in coded]
    require_unique(base, ["occupation"], local, rows=numbers)
    columns = [] if local.found else list(enumerate((c for _, c in SHEETS[title]), 1))
    parts = [
        pd.concat([base, figures([row[i] for _, _, row in coded], local, column=c, decimal=".", rows=numbers)], axis=1)
        .assign(sheet=title, characteristic=c)
        for i, c in columns
    ]  # fmt: skip
    faults.found.extend(local.found)
    return pd.concat(parts) if parts else pd.DataFrame()


def _check_titles(rows: list[list[Any]], title: str, faults: Faults) -> None:
    """Every column must be called what it was called when this importer was written."""
    for index, (begin, _) in enumerate(SHEETS[title], 1):
        cells = [row[index] for row in rows[_TITLE_ROWS] if index < len(row)]
        written = next((str(cell) for cell in reversed(cells) if str(cell).strip()), "")
        if not re.sub(r"[\s-]", "", written).lower().startswith(begin):
            shown = " ".join(written.split())
            faults.add(
                (f"Erwartet wird „{begin}…“, gefunden „{shown}“.", f'Expected is "{begin}…", found "{shown}".'),
                _ORIGINAL, row=10, column=index + 1,
            )  # fmt: skip


def _occupation(cell: Any) -> tuple[str, str] | None:
    written = str(cell).strip()
    if written in _SUMS:
        return _SUMS[written], written
    match = _CODE.fullmatch(written)
    return (match[1], match[2]) if match else None
