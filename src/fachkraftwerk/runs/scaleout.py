"""The same run on a Dask cluster: tasks are blocks of Kreise, draws come from named streams, results have equal bits.

Two layers of tasks as in ``quantiles``: flows of homes, then figures of workplaces that need the flows of their
homes. A task lost with its worker is done again on another one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.errors import Refusal, refuse
from fachkraftwerk.model.adjustments import Adjustments
from fachkraftwerk.runs import room
from fachkraftwerk.runs.drawblocks import DrawBlocks
from fachkraftwerk.runs.draws import make
from fachkraftwerk.runs.ensemble import Given, Work, by_kreis, homes_of
from fachkraftwerk.runs.inputs import Inputs
from fachkraftwerk.runs.kept import Store
from fachkraftwerk.runs.stream import Progress, Stream, Task, carried, homes_of_all, positions, size, wanted

Array = NDArray[np.float64]
#: Inputs, number of draws, seed, adjustments by Kreis, positions of the years asked for.
Shared = tuple[Inputs, int, int, Mapping[int, Adjustments], list[int]]
#: Kreise of residence and regions asked for in one task.
HOMES, PLACES = 20, 8
RETRIES = 3
#: Seconds in which a scheduler has to answer and to have a worker.
PATIENCE = 10


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """Open a client of the scheduler at ``address``.

    Raises Refusal if no scheduler answers within ten seconds, or it has nobody to do the work, or the cluster fails.
    """
    from distributed import Client
    from distributed.comm.core import CommClosedError
    from distributed.scheduler import KilledWorker

    try:
        with ThreadPoolExecutor(1) as beside:  # whoever calls may have a loop of its own
            beside.submit(asyncio.run, _greet(address)).result()
        client: Any = Client(address, timeout=f"{PATIENCE}s", set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise _silent(address) from error
    try:
        _wait_for_workers(client, address)
        yield client
    except (CancelledError, CommClosedError) as error:
        raise _gone(address) from error
    except KilledWorker as error:
        raise _fatal(address) from error
    finally:
        client.close(timeout=PATIENCE)


async def _greet(address: str) -> None:
    """Raise OSError or ValueError where no scheduler answers; a client would try for ever, also with other servers."""
    from distributed.core import rpc

    async with asyncio.timeout(PATIENCE), rpc(address) as server:  # type: ignore[no-untyped-call]
        if (await server.identity())["type"] != "Scheduler":
            raise ValueError(address)


def _wait_for_workers(client: Any, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=f"{PATIENCE}s")
    except TimeoutError as error:
        raise refuse(
            f"Der Dask-Scheduler unter „{address}“ hat keinen Arbeiter.",
            f'The Dask scheduler at "{address}" has no worker.',
            f"Starten Sie auf jeder Maschine „dask worker {address}“.", f'Start "dask worker {address}" on every machine.',
        ) from error  # fmt: skip


def _silent(address: str) -> Refusal:
    return refuse(
        f"Unter „{address}“ antwortet kein Dask-Scheduler.", f'No Dask scheduler answers at "{address}".',
        "Prüfen Sie die Adresse (etwa tcp://rechner:8786), ob „dask scheduler“ läuft und der Weg dorthin frei ist; "
        "ohne --scheduler wird auf diesem Rechner gerechnet.",
        'Check the address (e.g. tcp://host:8786), that "dask scheduler" runs and the way there is open; '
        "without --scheduler this machine computes.",
    )  # fmt: skip


def _gone(address: str) -> Refusal:
    return refuse(
        f"Der Dask-Cluster unter „{address}“ ist während der Rechnung ausgefallen.",
        f'The Dask cluster at "{address}" failed during the computation.',
        "Starten Sie Scheduler und Arbeiter neu und rechnen Sie noch einmal; es ist nichts Halbes geblieben.",
        "Start scheduler and workers anew and compute again; nothing half-done is left.",
    )  # fmt: skip


def _fatal(address: str) -> Refusal:
    return refuse(
        f"An derselben Aufgabe sind mehrere Arbeiter von „{address}“ gestorben.",
        f'Several workers of "{address}" died at the same task.',
        "Meist fehlt ihnen Speicher: Geben Sie jedem mehr (--memory-limit) oder rechnen Sie weniger Ziehungen.",
        "Mostly they lack memory: give each more (--memory-limit) or compute fewer draws.",
    )  # fmt: skip


def each(
    inputs: Inputs, keys: Sequence[str], draws: int, task: Task, years: Sequence[int] | None = None, *, address: str,
    adjustments: Given = None, seed: int = 0, progress: Progress | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Return what ``stream.each`` returns, computed on the cluster of the scheduler at ``address``.

    Raises Refusal as that does, and where nobody answers or the cluster has no worker.
    """
    members = {key: inputs.members(key) for key in keys}
    make(inputs, draws, seed)
    given = by_kreis(inputs, members, adjustments)
    with connected(address) as client:
        shared = client.scatter((inputs, draws, seed, given, positions(inputs, years)), broadcast=True, hash=False)
        jobs = _jobs(client, shared, inputs, members, partial(_results, task=task))
        found = _gathered(client, jobs, len(keys), progress)
    return {key: found[key] for key in keys}


def _jobs(
    client: Any, shared: Any, inputs: Inputs, members: Mapping[str, list[int]], results: Callable[..., dict[str, Any]]
) -> list[Any]:
    """Submit blocks of homes, and blocks of regions that wait for the homes of their people."""
    homes = homes_of_all(inputs, members)
    parts = [homes[i : i + HOMES] for i in range(0, len(homes), HOMES)]
    flows = [client.submit(_carried, shared, part, retries=RETRIES, pure=False) for part in parts]
    where = {home: index for index, part in enumerate(parts) for home in part}
    jobs, keys = [], list(members)
    for block in (keys[i : i + PLACES] for i in range(0, len(keys), PLACES)):
        wanted = {key: members[key] for key in block}
        needed = sorted(
            {where[home] for found in wanted.values() for kreis in found for home in homes_of(inputs, kreis)}
        )
        given = [flows[index] for index in needed]
        jobs.append(client.submit(results, shared, wanted, given, retries=RETRIES, pure=False))
    return jobs


def _gathered(client: Any, jobs: Sequence[Any], total: int, progress: Progress | None) -> dict[str, Any]:
    """Return the results of all jobs as they come. Raises CancelledError where the cluster is lost."""
    from distributed import wait

    found: dict[str, Any] = {}
    waiting = set(jobs)
    while waiting:
        with client.as_current():
            done, waiting = wait(list(waiting), return_when="FIRST_COMPLETED")  # type: ignore[no-untyped-call]
        for job in done:
            found |= job.result()
        if progress is not None:
            progress(len(found), total)
    return found


def _carried(shared: Shared, homes: Sequence[int]) -> dict[int, Array]:
    inputs, draws, seed, given, at = shared
    work = Work(inputs, make(inputs, draws, seed), given)
    return {home: carried(work, home, at) for home in homes}


def _results(
    shared: Shared, members: Mapping[str, list[int]], flows: Sequence[dict[int, Array]], task: Task
) -> dict[str, Any]:
    inputs, draws, seed, given, at = shared
    kept = {home: flow for part in flows for home, flow in part.items()}
    with Store(room.CARRIED_IN_MEMORY) as store:
        blocks = DrawBlocks(inputs, make(inputs, draws, seed).rows, seed, wanted(members), store, size(members))
        for number in range(len(blocks.slices)):
            with blocks.block(number):
                pass  # what the Kreise need of the draws is put aside at the end of the block
        run = Stream(blocks, given, at, lambda home, number: kept[home][blocks.slices[number]])
        return {key: run.done(task, key, kreise) for key, kreise in members.items()}
