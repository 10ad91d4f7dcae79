"""Is there room for so many draws? Asked before anything is computed, so that no run dies half-way."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from fachkraftwerk.core.classifications import LEVELS, OCCUPATIONS, SECTORS
from fachkraftwerk.core.errors import refuse
from fachkraftwerk.core.text import Text, number
from fachkraftwerk.model.supply.flows import GROUPS, ROWS
from fachkraftwerk.runs.inputs import Inputs
from fachkraftwerk.runs.member import CARRIED

_NUMBER = 8
_CELLS = len(OCCUPATIONS) * len(LEVELS)
#: Draws in work together: their cells fit into the cache. Of regions of many Kreise fewer are taken.
BLOCK, SMALLEST_BLOCK = 256, 64
#: Bytes that may wait in memory, beyond it in a file: what people carry from home to work, and the samples of a region.
CARRIED_IN_MEMORY, SAMPLES = 32_000_000, 8_000_000
#: Bytes of samples that are sorted together.
PIECE = 8_000_000
#: Copies of the flows alive together while one Kreis is put together, copies of its samples, and numbers that every draw
#: keeps for all Kreise together (measured).
_FLOWS_ALIVE, _SAMPLES_ALIVE, _SHARED = 3, 6, 400
_CGROUP = Path("/sys/fs/cgroup")


def check(inputs: Inputs, draws: int, regions: int, homes: int, years: int) -> None:
    """Raise Refusal where the machine has too little memory, or too little disk for what waits in files.

    regions: how many are computed; homes: where their people live; years: how many are asked for.
    """
    threads = min(regions, os.cpu_count() or 1)
    _enough(draws, working(inputs, draws, threads, homes, years), free_memory(), _MEMORY, _ELSEWHERE)
    waiting = max(carried(draws, homes, years) - CARRIED_IN_MEMORY, 0) + threads * max(
        samples(draws, years) - SAMPLES, 0
    )
    if waiting:
        check_disk(Path(tempfile.gettempdir()), draws, waiting)


def check_disk(folder: Path, draws: int, needed: int) -> None:
    """Raise Refusal where a folder has no room for ``needed`` bytes of so many draws."""
    room = Text(f"Platz auf der Platte unter {folder}", f"disk space in {folder}")
    _enough(draws, needed, shutil.disk_usage(folder).free, room, _TIDY)


def check_whole(inputs: Inputs, draws: int, homes: int, kreise: int) -> None:
    """Raise Refusal where the flows of all draws of some homes and Kreise do not fit into memory together."""
    rows = homes * (ROWS * GROUPS + CARRIED) + kreise * (CARRIED + len(SECTORS) + _SAMPLES_ALIVE)
    needed = _NUMBER * draws * (len(inputs.years) * rows + _wide(inputs) + _SHARED)
    _enough(draws, needed, free_memory(), _MEMORY, Text("", ""))


def carried(draws: int, homes: int, years: int) -> int:
    """Bytes of what people of all homes carry to work."""
    return _NUMBER * draws * homes * CARRIED * years


def samples(draws: int, years: int) -> int:
    """Bytes of the samples of one figure in all cells and years, in single precision."""
    return _NUMBER // 2 * draws * _CELLS * years


def working(inputs: Inputs, draws: int, threads: int, homes: int, years: int) -> int:
    """Bytes in work: a block of draws and one Kreis a thread, what waits in memory, what all Kreise share."""
    block = min(draws, BLOCK)
    flows = (_FLOWS_ALIVE * ROWS * GROUPS + len(SECTORS)) * len(inputs.years)
    numbers = threads * block * (flows + _SAMPLES_ALIVE * _CELLS * years) + block * _wide(inputs) + draws * _SHARED
    waiting = threads * (min(samples(draws, years), SAMPLES) + PIECE)
    return _NUMBER * numbers + waiting + min(carried(draws, homes, years), CARRIED_IN_MEMORY)


def _wide(inputs: Inputs) -> int:
    """Numbers in one draw of the assumptions that have a value for every Kreis."""
    uncertain = inputs.parameters.uncertain().values()
    wide = [one for one in uncertain if one.distribution and "kreis" in one.distribution.spread]
    return len(wide) * len(inputs.ags)


def free_memory() -> int:
    """Bytes that can be had without swapping; in a container within its limit."""
    import psutil

    free = int(psutil.virtual_memory().available)
    try:
        limit, used = (int((_CGROUP / name).read_text()) for name in ("memory.max", "memory.current"))
    except (OSError, ValueError):
        return free
    return min(free, max(limit - used, 0))


_MEMORY = Text("Arbeitsspeicher", "memory")
_ELSEWHERE = Text(
    " oder rechnen Sie auf mehreren Maschinen (--scheduler)", " or compute on several machines (--scheduler)"
)
_TIDY = Text(" oder schaffen Sie dort Platz", " or make room there")


def _enough(draws: int, needed: int, free: int, what: Text, other: Text) -> None:
    if needed <= 0.8 * free:
        return
    possible = int(draws * 0.8 * free / needed)
    least, there = _bytes(needed), _bytes(free)
    choice = Text(f"Wählen Sie höchstens {possible} Ziehungen", f"Choose at most {possible} draws")
    if not possible:
        choice = Text(
            "Auch eine Ziehung ist zu viel; beenden Sie anderes", "Even one draw is too much; end something else"
        )
    raise refuse(
        f"{draws} Ziehungen brauchen etwa {least.de} {what.de}; frei sind {there.de}.",
        f"{draws} draws need about {least.en} of {what.en}; {there.en} are free.",
        f"{choice.de}{other.de}.", f"{choice.en}{other.en}.", "draws",
    )  # fmt: skip


def _bytes(count: int) -> Text:
    """Say a number of bytes: 1,2 GB from a tenth of a gigabyte on, below in megabytes."""
    size, unit = (count / 1e9, "GB") if count >= 1e8 else (count / 1e6, "MB")
    return Text(f"{number(size, 'de', 1)} {unit}", f"{number(size, 'en', 1)} {unit}")
