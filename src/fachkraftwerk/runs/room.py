"""Is there room for so many draws? Asked before anything is computed, so that no run dies half-way."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from fachkraftwerk.core.classifications import LEVELS, OCCUPATIONS, SECTORS
from fachkraftwerk.core.errors import refuse
from fachkraftwerk.model.supply.flows import GROUPS, ROWS
from fachkraftwerk.runs.inputs import Inputs
from fachkraftwerk.runs.member import CARRIED

_NUMBER = 8
_CELLS = len(OCCUPATIONS) * len(LEVELS)
#: Copies of the flows that are alive together while one Kreis is put together, and of its samples (measured).
_FLOWS_ALIVE, _SAMPLES_ALIVE = 3, 4
#: Above this size what people carry from home to work is kept in a file instead of memory.
IN_MEMORY = 600_000_000
_CGROUP = Path("/sys/fs/cgroup")


def check(inputs: Inputs, draws: int, regions: int, homes: int, years: int) -> None:
    """Raise Refusal where the machine has too little memory, or too little disk for what homes keep.

    regions: how many are computed; homes: where their people live; years: how many are asked for.
    """
    kept = carried(draws, homes, years)
    memory = working(inputs, draws, min(regions, os.cpu_count() or 1), years) + (kept if kept <= IN_MEMORY else 0)
    _enough(draws, memory, free_memory(), "Arbeitsspeicher", "memory")
    if kept > IN_MEMORY:
        _enough(draws, kept, shutil.disk_usage(tempfile.gettempdir()).free, "Platz auf der Platte", "disk space")


def carried(draws: int, homes: int, years: int) -> int:
    """Bytes of what people of all homes carry to work."""
    return _NUMBER * draws * homes * CARRIED * years


def working(inputs: Inputs, draws: int, threads: int, years: int) -> int:
    """Bytes in work: the draws of all assumptions, and one Kreis a thread."""
    uncertain = inputs.parameters.uncertain().values()
    wide = [one for one in uncertain if one.distribution and "kreis" in one.distribution.spread]
    flows = (_FLOWS_ALIVE * ROWS * GROUPS + len(SECTORS)) * len(inputs.years)
    return _NUMBER * draws * (len(wide) * len(inputs.ags) + threads * (flows + _SAMPLES_ALIVE * _CELLS * years))


def free_memory() -> int:
    """Bytes that can be had without swapping; in a container within its limit."""
    import psutil

    free = int(psutil.virtual_memory().available)
    try:
        limit, used = (int((_CGROUP / name).read_text()) for name in ("memory.max", "memory.current"))
    except (OSError, ValueError):
        return free
    return min(free, max(limit - used, 0))


def _enough(draws: int, needed: int, free: int, de: str, en: str) -> None:
    if needed <= 0.8 * free:
        return
    possible = int(draws * 0.8 * free / needed)
    raise refuse(
        f"{draws} Ziehungen brauchen etwa {needed / 1e9:.1f} GB {de}; frei sind {free / 1e9:.1f} GB.",
        f"{draws} draws need about {needed / 1e9:.1f} GB of {en}; {free / 1e9:.1f} GB are free.",
        f"Wählen Sie höchstens {possible} Ziehungen, oder rechnen Sie auf mehreren Maschinen (--scheduler).",
        f"Choose at most {possible} draws, or compute on several machines (--scheduler).", "draws",
    )  # fmt: skip
