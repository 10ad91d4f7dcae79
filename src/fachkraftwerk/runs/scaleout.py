"""The same run on a Dask cluster: tasks are blocks of Kreise, draws come from named streams, results have equal bits.

Two layers of tasks as in ``quantiles``: flows of homes, then figures of workplaces that need the flows of their
homes. A task lost with its worker is done again on another one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.errors import refuse
from fachkraftwerk.runs import quantiles as local
from fachkraftwerk.runs.draws import make
from fachkraftwerk.runs.ensemble import Work, homes_of
from fachkraftwerk.runs.inputs import Inputs
from fachkraftwerk.runs.regionforecast import Member, RegionForecast, carry

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
Say = Callable[[str], object]
HOMES, PLACES = 20, 8
RETRIES = 3
PATIENCE = "10s"


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """Open a client of the scheduler at ``address``. Raises Refusal if nobody answers within ten seconds."""
    from distributed import Client

    try:
        client: Any = Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise refuse(
            f"Unter „{address}“ antwortet kein Dask-Scheduler.", f'No Dask scheduler answers at "{address}".',
            "Prüfen Sie die Adresse (etwa tcp://rechner:8786), ob „dask scheduler“ läuft und der Weg dorthin frei ist; "
            "ohne --scheduler wird auf diesem Rechner gerechnet.",
            'Check the address (e.g. tcp://host:8786), that "dask scheduler" runs and the way there is open; '
            "without --scheduler this machine computes.",
        ) from error  # fmt: skip
    try:
        yield client
    finally:
        client.close()


def quantiles(
    inputs: Inputs, draws: int, years: Sequence[int], by: Sequence[str], address: str,
    indicators: Sequence[str] = ("gap_cumulated",), qualification: str = "skilled", keys: Sequence[str] | None = None,
    seed: int = 0, progress: Say | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Return what ``quantiles.table`` returns, computed on a cluster. Raises Refusal as that does."""
    import pandas as pd

    cuts, at = local.cuts_of(by, qualification), local.positions(inputs, years)
    kreise = sorted({kreis for key in keys or inputs.ags for kreis in inputs.members(key)})
    make(inputs, draws, seed)
    with connected(address) as client:
        shared = client.scatter(inputs, broadcast=True, hash=False)
        found = _fan_out(
            client, shared, inputs, kreise, draws, seed, (_figures, (cuts, at, tuple(indicators))), progress
        )
    frame: pd.DataFrame = pd.concat([found[kreis] for kreis in kreise], ignore_index=True)
    return frame


def forecast(
    inputs: Inputs, keys: Sequence[str], draws: int, address: str, seed: int = 0, progress: Say | None = None
) -> dict[str, RegionForecast]:
    """Return what ``ensemble.forecast`` returns, computed on a cluster. Raises Refusal as that does."""
    members = {key: inputs.members(key) for key in keys}
    rows = len(make(inputs, draws, seed).rows)
    kreise = sorted({kreis for found in members.values() for kreis in found})
    with connected(address) as client:
        shared = client.scatter(inputs, broadcast=True, hash=False)
        ready = _fan_out(client, shared, inputs, kreise, draws, seed, (_members, ()), progress)
    return {
        key: RegionForecast(key, inputs.years, rows, tuple(ready[kreis] for kreis in found))
        for key, found in members.items()
    }


def _fan_out(
    client: Any, shared: Any, inputs: Inputs, kreise: Sequence[int], draws: int, seed: int,
    task: tuple[Callable[..., dict[int, Any]], tuple[Any, ...]], progress: Say | None,
) -> dict[int, Any]:  # fmt: skip
    import distributed

    homes = sorted({home for kreis in kreise for home in homes_of(inputs, kreis)})
    parts = [homes[i : i + HOMES] for i in range(0, len(homes), HOMES)]
    flows = [client.submit(_home_flows, shared, part, draws, seed, retries=RETRIES, pure=False) for part in parts]
    where = {home: index for index, part in enumerate(parts) for home in part}
    function, options = task
    jobs = []
    for block in (kreise[i : i + PLACES] for i in range(0, len(kreise), PLACES)):
        needed = sorted({where[home] for kreis in block for home in homes_of(inputs, kreis)})
        given = [flows[index] for index in needed]
        jobs.append(client.submit(function, shared, block, draws, seed, given, *options, retries=RETRIES, pure=False))
    found: dict[int, Any] = {}
    finished: Any = distributed.as_completed(jobs, loop=client.loop, with_results=True)  # type: ignore[no-untyped-call]
    for done, (_, result) in enumerate(finished, start=1):
        found |= result
        if progress is not None:
            progress(f"{done}/{len(jobs)}")
    return found


def _home_flows(inputs: Inputs, homes: Sequence[int], draws: int, seed: int) -> dict[int, Array]:
    work = Work(inputs, make(inputs, draws, seed))
    return {home: carry(work.home_flows(home)) for home in homes}


def _figures(
    inputs: Inputs, kreise: Sequence[int], draws: int, seed: int, flows: Sequence[dict[int, Array]],
    cuts: Sequence[local.Cut], at: Sequence[int], indicators: Sequence[str],
) -> dict[int, pd.DataFrame]:  # fmt: skip
    made, kept = make(inputs, draws, seed), {home: flow for part in flows for home, flow in part.items()}
    return {kreis: local.block(inputs, made, kreis, kept, cuts, at, indicators) for kreis in kreise}


def _members(
    inputs: Inputs, kreise: Sequence[int], draws: int, seed: int, flows: Sequence[dict[int, Array]]
) -> dict[int, Member]:
    made, kept = make(inputs, draws, seed), {home: flow for part in flows for home, flow in part.items()}
    return {kreis: local.member_of(inputs, made, kreis, kept) for kreis in kreise}
