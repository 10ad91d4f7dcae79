"""Figures of the forecast that hang on the wall, asked from the runs layer when a workshop is made."""

from __future__ import annotations

import logging
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
    ("structural_change", "So viel ändert sich durch Wandel der Branchen", "Change through shifts between sectors"),
    ("migration", "Bis 2030 ziehen so viele zu (netto)", "Net arrivals by 2030"),
)
"""Indicator and wording, in the order of the wall; five are what a room can judge in a quarter of an hour."""
YEAR = 2030
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
    return {
        "id": indicator.replace("_", "-"), "label": label._asdict(), "text": note("indicators", indicator)._asdict(),
        "value": significant(sign * value.value), "exact": sign * value.value, "low": significant(low), "high": significant(high), "address": str(address),
    }  # fmt: skip
