"""Forecasts one after another, each given to a task and dropped: memory grows neither with Kreise nor with draws.

Two passes. The first goes through the draws a block at a time and keeps, of every Kreis of residence, only what its
people carry to their workplaces in the years asked for. The second takes one region after the other, brings this to
its workplaces and samples its figures, again a block of draws at a time; what is kept beyond some room goes to nameless
files. ``scaleout.each`` does the same on a cluster.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.model.adjustments import Adjustments
from fachkraftwerk.runs import room
from fachkraftwerk.runs.drawblocks import DrawBlocks, cut
from fachkraftwerk.runs.draws import make
from fachkraftwerk.runs.ensemble import Given, Work, build_member, by_kreis, homes_of, way
from fachkraftwerk.runs.inputs import Inputs
from fachkraftwerk.runs.kept import Sampled, Store
from fachkraftwerk.runs.member import CARRIED, Member, carry
from fachkraftwerk.runs.regionforecast import RegionForecast

Array = NDArray[np.float64]
Progress = Callable[[int, int], None]
#: What the people of a home carry to work in a block of draws [draw, carried row, year], by home and block.
Brought = Callable[[int, int], Array]


class Task(Protocol):
    """What is wanted of every forecast: samples of its figures, then something made of all of them."""

    @property
    def precision(self) -> type[np.floating[Any]]:
        """Precision in which samples wait."""
        ...

    def sample(self, forecast: RegionForecast) -> Array:
        """Return figures [draw, figure …] of a block of draws."""
        ...

    def finish(self, found: Sampled, forecast: RegionForecast) -> Any:
        """Return the result from the figures of all draws; ``forecast`` holds the last block of draws."""
        ...


@dataclass(frozen=True)
class Samples:
    """The task that wants the samples themselves."""

    sample: Callable[[RegionForecast], Array]
    precision: type[np.floating[Any]] = np.float64

    def finish(self, found: Sampled, forecast: RegionForecast) -> Array:
        """Return the samples of all draws [draw, figure …]."""
        return found.whole()


class Engine(Protocol):
    """Whatever computes forecasts one after another: this machine or a cluster."""

    def __call__(
        self, inputs: Inputs, keys: Sequence[str], draws: int, task: Task, years: Sequence[int] | None = None, *,
        seed: int = 0, progress: Progress | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        """Return what the task makes of each key."""
        ...


@dataclass(frozen=True)
class Stream:
    """A run after its first pass: blocks of draws, adjustments by Kreis, positions of the years, what homes carry."""

    blocks: DrawBlocks
    given: Mapping[int, Adjustments]
    at: Sequence[int]
    brought: Brought

    def forecasts(self, key: str, kreise: Sequence[int]) -> Iterator[RegionForecast]:
        """Yield the forecast of one region, a block of draws at a time."""
        years = self.blocks.inputs.years[list(self.at)]
        for number, some in enumerate(self.blocks.slices):
            members = tuple(self._member(kreis, number, some) for kreis in kreise)
            yield RegionForecast(key, years, len(self.blocks.rows[some]), members)

    def _member(self, kreis: int, number: int, some: slice) -> Member:
        draws, inputs = self.blocks.seen(number, kreis), self.blocks.inputs
        work = Work(inputs, draws, cut(self.given, kreis, some))
        total = np.zeros((len(draws.rows), CARRIED, len(self.at)))
        part = np.empty_like(total)
        for home in homes_of(inputs, kreis):
            total += np.multiply(self.brought(home, number), way(inputs, home, kreis), out=part)
        return build_member(inputs, draws, kreis, work.home_flows(kreis), total, work.adjustments).only(self.at)

    def done(self, task: Task, key: str, kreise: Sequence[int]) -> Any:
        """Return what a task makes of one region."""
        with Sampled(len(self.blocks.rows), task.precision) as found:
            for forecast in self.forecasts(key, kreise):
                found.put(task.sample(forecast))
            return task.finish(found, forecast)


def each(
    inputs: Inputs, keys: Sequence[str], draws: int, task: Task, years: Sequence[int] | None = None, *,
    adjustments: Given = None, seed: int = 0, progress: Progress | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Return what ``task`` makes of each key (AGS or zone), computed side by side on the processors of this machine.

    years: the forecasts given to the task hold only these and the base year (None: all). Raises Refusal for unknown
    Kreise, impossible draws, and more draws than there is room for.
    """
    members = {key: inputs.members(key) for key in keys}
    rows, at = make(inputs, draws, seed).rows, positions(inputs, years)
    homes = homes_of_all(inputs, members)
    room.check(inputs, len(rows), len(members), len(homes), len(at))
    given = by_kreis(inputs, members, adjustments)
    with Store(room.CARRIED_IN_MEMORY) as store, side_by_side() as threads:
        blocks = DrawBlocks(inputs, rows, seed, wanted(members), store, size(members))
        run = first_pass(blocks, given, homes, at, threads)
        jobs = threads.map(lambda key: run.done(task, key, members[key]), keys)
        return dict(zip(keys, counted(jobs, len(keys), progress), strict=True))


def first_pass(
    blocks: DrawBlocks, given: Mapping[int, Adjustments], homes: Sequence[int], at: Sequence[int], threads: Executor
) -> Stream:
    """Keep in the store of ``blocks`` what the people of every home carry to work in the years ``at``."""
    store = blocks.store
    for number, some in enumerate(blocks.slices):
        with blocks.block(number) as draws:

            def put(home: int, draws: Any = draws, some: slice = some, number: int = number) -> None:
                work = Work(blocks.inputs, draws, cut(given, home, some))
                store.put(("carried", home, number), carried(work, home, at))

            for _ in threads.map(put, homes):
                pass  # an error of a thread is raised here
    return Stream(blocks, given, at, lambda home, number: store.get(("carried", home, number)))


def carried(work: Work, home: int, at: Sequence[int]) -> Array:
    """Return what people of one home carry to work in some years [draw, carried row, year]."""
    return carry(np.ascontiguousarray(work.home_flows(home)[..., list(at)]))


def homes_of_all(inputs: Inputs, members: Mapping[str, Sequence[int]]) -> list[int]:
    """Return the Kreise whose residents work in any of the regions."""
    return sorted({home for kreise in members.values() for kreis in kreise for home in homes_of(inputs, kreis)})


def wanted(members: Mapping[str, Sequence[int]]) -> list[int]:
    """Return the Kreise of all regions."""
    return sorted({kreis for kreise in members.values() for kreis in kreise})


def size(members: Mapping[str, Sequence[int]]) -> int:
    """Return how many draws of the largest region are in work together."""
    most = max((len(kreise) for kreise in members.values()), default=1)
    return max(room.BLOCK // most, room.SMALLEST_BLOCK)


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
