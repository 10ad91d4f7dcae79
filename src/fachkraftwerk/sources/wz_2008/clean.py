"""WZ 2008: sheet "Inhalt" of the classification server's workbook, all five levels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fachkraftwerk.sources.faults import Faults
from fachkraftwerk.sources.plain import require_known
from fachkraftwerk.sources.reading import require_columns, require_unique, sheet

if TYPE_CHECKING:
    import pandas as pd

_SHEET, _CODE, _LEVEL, _TITLE = "Inhalt", "Schlüssel WZ 2008", "Ebene", "Titel"
LEVELS = {str(level): level for level in range(1, 6)}
_SHAPE = re.compile(r"[A-U]|\d{2}(\.\d(\d(\.\d)?)?)?")


def clean(data: bytes, name: str) -> pd.DataFrame:
    """Return code, Ebene, Titel as text. Raises Refusal on missing columns, malformed and doubled codes."""
    import pandas as pd

    rows, faults = sheet(data, name, _SHEET), Faults(name)
    header = [str(cell).strip() for cell in rows[0]] if rows else []
    require_columns(header, (_CODE, _LEVEL, _TITLE), faults, row=1)
    faults.check()
    places = [header.index(column) for column in (_CODE, _LEVEL, _TITLE)]
    body = [[str(row[i]).strip().removesuffix(".0") if i != places[0] else str(row[i]).strip() for i in places]
            for row in rows[1:]]  # fmt: skip
    frame = pd.DataFrame(body, columns=["code", _LEVEL, _TITLE], dtype=object)
    require_known(frame, _LEVEL, LEVELS, faults)
    for index, code in enumerate(frame["code"]):
        if not _SHAPE.fullmatch(code):
            faults.add((f"„{code}“ ist kein WZ-Schlüssel.", f'"{code}" is not a WZ code.'), row=index + 2, column=_CODE)
    require_unique(frame, ["code"], faults, rows=range(2, len(frame) + 2))
    faults.check()
    return frame
