"""Repairs of published files: each with its reason, and an expectation that fails once the publisher repairs it.

``corrections.yaml`` is a list. A *text* repair changes letters before the file is parsed and expects to find
``find`` exactly ``times`` times; a *cell* repair changes one column of the cleaned rows that match ``where``
and expects the faulty value ``expect`` there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.text import Text
from fachkraftwerk.sources.archive import unpack

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Correction:
    """One repair of one file."""

    file: str
    reason: Text
    replace: Any
    find: str = ""
    times: int = 0
    where: dict[str, Any] = field(default_factory=dict)
    column: str = ""
    expect: Any = None


def load(path: Path) -> list[Correction]:
    """Read ``corrections.yaml``; no file means no corrections."""
    import yaml

    if not path.exists():
        return []
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [Correction(**{**entry, "reason": Text(**entry["reason"])}) for entry in entries]


def to_bytes(data: bytes, name: str, corrections: list[Correction]) -> bytes:
    """Apply the text repairs that belong to file ``name``; Refusal where the defect is not found as expected."""
    mine = [c for c in corrections if c.file == name and c.find]
    if not mine:
        return data
    inner, faults = unpack(data, name), []
    for correction in mine:
        wanted = correction.find.encode()
        found = inner.count(wanted)
        if found != correction.times:
            faults.append(_surprise(correction, f"{correction.times} × „{correction.find}“", f"{found} ×"))
        inner = inner.replace(wanted, str(correction.replace).encode())
    if faults:
        raise Refusal(faults)
    return inner


def to_cells(cleaned: pd.DataFrame, name: str, corrections: list[Correction]) -> pd.DataFrame:
    """Apply the cell repairs that belong to file ``name``; returns a new table."""
    faults, repaired = [], cleaned
    for correction in (c for c in corrections if c.file == name and not c.find):
        hit = _matching(repaired, correction.where)
        present = repaired.loc[hit, correction.column].tolist()
        if not present or any(value != correction.expect for value in present):
            faults.append(_surprise(correction, repr(correction.expect), repr(present)))
            continue
        repaired = repaired.copy()
        repaired.loc[hit, correction.column] = correction.replace
    if faults:
        raise Refusal(faults)
    return repaired


def _matching(table: pd.DataFrame, where: dict[str, Any]) -> Any:
    import numpy as np

    hit = np.ones(len(table), dtype=bool)
    for column, value in where.items():
        hit &= (table[column] == value).to_numpy()
    return hit


def _surprise(correction: Correction, expected: str, found: str) -> Fault:
    return Fault(
        Text(
            f"Eine Korrektur passt nicht mehr: erwartet {expected}, gefunden {found}. Grund war: {correction.reason.de}",
            f"A correction fits no longer: expected {expected}, found {found}. Its reason: {correction.reason.en}",
        ),
        Text(
            "Vermutlich hat das Amt den Fehler behoben; entfernen Sie den Eintrag aus corrections.yaml.",
            "The publisher has probably repaired it; remove the entry from corrections.yaml.",
        ),
        correction.file,
    )
