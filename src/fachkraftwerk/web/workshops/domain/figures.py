"""Figures of the forecast that hang on the wall, asked from the runs layer when a workshop is made."""

from __future__ import annotations

import logging
import math
from typing import Any

from fachkraftwerk.core.classifications import note
from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.text import Text, significant
from fachkraftwerk.runs.desk import open_desk

log = logging.getLogger(__name__)
WALL = (
    ("gap_cumulated", "Bis 2030 fehlen so viele Fachkräfte", "Skilled workers missing by 2030"),
    ("replacement", "Bis 2030 erreichen so viele das Rentenalter", "Reach retirement age by 2030"),
    ("entrants", "Bis 2030 rücken so viele junge Menschen nach", "Young people entering by 2030"),
    (
        "structural_change",
        "So viele mehr braucht der Wandel der Branchen",
        "More needed through shifts between sectors",
    ),
    ("migration", "Bis 2030 ziehen so viele mehr zu als fort", "More arriving than leaving by 2030"),
)
"""Indicator and wording, in the order of the wall; five are what a room can judge in a quarter of an hour."""
YEAR = 2030
MEANING = {"gap_cumulated": Text("Das muss sich ändern, wenn sonst alles weitergeht wie bisher. Es ist nicht die Zahl leerer Stellen.",
                                 "This has to change if everything else goes on as before. It is not the number of open posts.")}  # fmt: skip
"""In the room's words where the indicator's own note is one of statisticians."""
INFLOWS = frozenset({"entrants", "migration"})
"""Components that narrow the gap are negative in the forecast; on the wall they are people who come."""


def zone(typed: str, faults: list[Fault]) -> tuple[str, str] | None:
    """Return key and name of a typed region ("Landkreis Kassel", "06633", "06611+06633"); faults are added."""
    try:
        found = open_desk().zone(typed)
    except Refusal as refusal:
        faults.extend(refusal.faults)
        return None
    return found.key, found.name


def of_region(key: str) -> list[dict[str, Any]]:
    """Return the figures of the wall, each with value, 80 % range and address; empty where no forecast can be made."""
    desk = open_desk()
    try:
        return [
            _figure(desk, key, indicator, Text(de, en)) | {"order": place}
            for place, (indicator, de, en) in enumerate(WALL)
        ]
    except (Refusal, KeyError, ValueError, FileNotFoundError):
        log.exception("no figures for %s", key)
        return []


def _figure(desk: Any, key: str, indicator: str, label: Text) -> dict[str, Any]:
    address = desk.figure(key, YEAR).at(indicator=indicator)
    value = desk.value(address)
    sign = -1 if indicator in INFLOWS else 1
    low, high = sorted((sign * value.p10, sign * value.p90))
    middle, digits = sign * value.value, 2
    if significant(middle) in (_as_rough(low, middle, 2), _as_rough(high, middle, 2)) and low < high:
        digits = 3  # a narrow range: otherwise an end of it would read like the figure itself
    return {
        "id": indicator.replace("_", "-"), "label": label._asdict(),
        "text": MEANING.get(indicator, note("indicators", indicator))._asdict(),
        "value": significant(middle, digits), "exact": middle,
        "low": _as_rough(low, middle, digits), "high": _as_rough(high, middle, digits), "address": str(address),
    }  # fmt: skip


def _as_rough(bound: float, value: float, digits: int = 2) -> float:
    """Round the end of a range no finer than the value between: 3,200 (−100 to 6,400), not −91."""
    if not value or not math.isfinite(value) or not math.isfinite(bound):
        return significant(bound, digits)
    return significant(round(bound, digits - 1 - math.floor(math.log10(abs(value)))), digits)
