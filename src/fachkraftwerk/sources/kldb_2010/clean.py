"""KldB 2010: the official export with explanations; leading zeros of codes are lost and restored by level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.sources.faults import Faults
from fachkraftwerk.sources.plain import require_known, table
from fachkraftwerk.sources.reading import require_unique

if TYPE_CHECKING:
    import pandas as pd

_CODE = "Schlüssel KldB 2010, V. 2020"
LEVELS = {str(level): level for level in range(1, 6)}


def clean(data: bytes, name: str) -> pd.DataFrame:
    """Return code, Ebene, Titel. Raises Refusal on unknown levels, codes that do not fit them, doubled codes."""
    frame, faults = table(data, name, (_CODE, "Ebene", "Titel"), sep=";"), Faults(name)
    require_known(frame, "Ebene", LEVELS, faults)
    faults.check()
    code = [key.zfill(int(level)) for key, level in zip(frame[_CODE], frame["Ebene"], strict=True)]
    padded = frame.assign(code=code).drop(columns=_CODE)
    for index, (key, level) in enumerate(zip(code, frame["Ebene"], strict=True)):
        if len(key) != int(level) or not key.isdigit():
            faults.add(
                (f"Der Schlüssel {key} passt nicht zur Ebene {level}.", f"The code {key} does not fit level {level}."),
                row=index + 2, column=_CODE,
            )  # fmt: skip
    require_unique(padded, ["code"], faults, rows=range(2, len(padded) + 2))
    faults.check()
    return padded
