"""Forecasts one after another, each given to a task and dropped: memory grows neither with Kreise nor, much, with draws.

Two passes: the first keeps, of every Kreis of residence, only what its people carry to their workplaces in the years
asked for (1.3 MB for 1,000 draws and all years; in a nameless file where all of it is large); the second brings this to
the workplaces of each region asked for and samples its figures a block of draws at a time. ``scaleout.each`` does the
same on a cluster.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.runs import room
from fachkraftwerk.runs.draws import make
from fachkraftwerk.runs.ensemble import Given, Work, build_member, by_kreis, homes_of, way
from fachkraftwerk.runs.inputs import Inputs
from fachkraftwerk.runs.kept import InFile, InMemory, Kept
from fachkraftwerk.runs.member import CARRIED, Member, carry
from fachkraftwerk.runs.regionforecast import RegionForecast

Array = NDArray[np.float64]
Progress = Callable[[int, int], None]
#: Draws whose cells are in work together: fits into the cache, and memory stays flat.
BLOCK = 250


class Task(Protocol):
    """What is wanted of every forecast: samples of its figures, then something made of all of them."""

    def sample(self, forecast: RegionForecast) -> Array:
        """Return figures [draw, …] of a block of draws."""
        ...

    def finish(self, samples: Array, forecast: RegionForecast) -> Any:
        """Return the result from the samples of all draws."""
        ...


@dataclass(frozen=True)
class Samples:
    """The task that wants the samples themselves."""

    sample: Callable[[RegionForecast], Array]

    def finish(self, samples: Array, forecast: RegionForecast) -> Array:
        """Return the samples."""
        return samples


class Engine(Protocol):
    """Whatever computes forecasts one after another: this machine or a cluster."""

    def __call__(
        self, inputs: Inputs, keys: Sequence[str], draws: int, task: Task, years: Sequence[int] | None = None, *,
        seed: int = 0, progress: Progress | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        """Return what the task makes of each key."""
        ...


def each(
    inputs: Inputs, keys: Sequence[str], draws: int, task: Task, years: Sequence[int] | None = None, *,
    adjustments: Given = None, seed: int = 0, progress: Progress | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Return what ``task`` makes of each key (AGS or zone), computed side by side on the processors of this machine.

    years: the forecasts given to the task hold only these and the base year (None: all). Raises Refusal for unknown
    Kreise, impossible draws, and more draws than there is room for.
    """
    members = {key: inputs.members(key) for key in keys}
    made, at = make(inputs, draws, seed), positions(inputs, years)
    homes = sorted({home for kreise in members.values() for kreis in kreise for home in homes_of(inputs, kreis)})
    room.check(inputs, len(made.rows), len(members), len(homes), len(at))
    work = Work(inputs, made, by_kreis(inputs, members, adjustments))
    with store(work, homes, at) as kept, side_by_side() as threads:
        jobs = threads.map(lambda key: done(task, assemble(work, key, members[key], kept, at)), keys)
        return dict(zip(keys, counted(jobs, len(keys), progress), strict=True))


def done(task: Task, forecast: RegionForecast) -> Any:
    """Return what a task makes of a forecast, a block of draws at a time."""
    blocks = (slice(start, start + BLOCK) for start in range(0, forecast.draws, BLOCK))
    samples = [task.sample(forecast.rows(block)) for block in blocks]
    return task.finish(np.concatenate(samples), forecast)


def positions(inputs: Inputs, years: Sequence[int] | None) -> list[int]:
    """Return the positions of the base year and ``years``, in order; None: of all."""
    known = inputs.years.tolist()
    return list(range(len(known))) if years is None else sorted({0, *(known.index(year) for year in years)})


def counted(jobs: Iterator[Any], total: int, progress: Progress | None) -> Iterator[Any]:
    """Yield results and tell how many are done."""
    for number, result in enumerate(jobs, start=1):
        yield result
        if progress is not None:
            progress(number, total)


@contextmanager
def side_by_side() -> Iterator[ThreadPoolExecutor]:
    """One thread a processor; what has not begun is dropped when the block is left, so an interruption ends at once."""
    threads = ThreadPoolExecutor(max_workers=os.cpu_count() or 1)
    try:
        yield threads
    finally:
        threads.shutdown(cancel_futures=True)


@contextmanager
def store(work: Work, homes: Sequence[int], at: Sequence[int]) -> Iterator[Kept]:
    """First pass: what people of every home carry to work in the years ``at`` [draw, carried row, year]."""
    shape = (len(work.draws.rows), CARRIED, len(at))
    large = room.carried(shape[0], len(homes), shape[2]) > room.IN_MEMORY
    with tempfile.TemporaryFile(prefix="fachkraftwerk-") as file, side_by_side() as threads:
        kept = InFile(file, homes, shape) if large else InMemory()
        for _ in threads.map(lambda home: kept.put(home, carried(work, home, at)), homes):
            pass  # an error of a thread is raised here
        yield kept


def carried(work: Work, home: int, at: Sequence[int]) -> Array:
    """Return what people of one home carry to work in some years [draw, carried row, year]."""
    return carry(np.ascontiguousarray(work.home_flows(home)[..., list(at)]))


def assemble(
    work: Work, key: str, kreise: Sequence[int], kept: Mapping[int, Array], at: Sequence[int]
) -> RegionForecast:
    """Second pass: the forecast of one region in the years ``at``."""
    members = tuple(member_of(work, kreis, kept, at) for kreis in kreise)
    return RegionForecast(key, work.inputs.years[list(at)], len(work.draws.rows), members)


def member_of(work: Work, kreis: int, kept: Mapping[int, Array], at: Sequence[int]) -> Member:
    """Return one Kreis in the years ``at`` from what the people of its homes carry to work."""
    brought = np.zeros((len(work.draws.rows), CARRIED, len(at)))
    for home in homes_of(work.inputs, kreis):
        brought += kept[home] * way(work.inputs, home, kreis)
    flows = work.home_flows(kreis)
    return build_member(work.inputs, work.draws, kreis, flows, brought, work.adjustments).only(at)
