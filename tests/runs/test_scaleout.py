"""A cluster gives the same bits, also when a worker is killed on the way."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.model.adjustments import Adjustments
from fachkraftwerk.runs import quantiles, scaleout, stream
from fachkraftwerk.runs.inputs import Inputs


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as made:
        yield made


def far(cluster: Any) -> Any:
    return partial(scaleout.each, address=cluster.scheduler_address)


GAP = stream.Samples(lambda given: given.select("gap_commuting_closed"))


def test_quantiles_have_the_same_bits(muster: Inputs, cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scaleout, "PLACES", 2)
    said: list[tuple[int, int]] = []
    there = quantiles.table(
        muster, 40, [2030], ("cell",), engine=far(cluster), progress=lambda done, total: said.append((done, total))
    )
    assert there.equals(quantiles.table(muster, 40, [2030], ("cell",)))
    assert said[-1] == (12, 12) and said == sorted(set(said))


def test_forecasts_of_zones_with_measures_have_the_same_bits(muster: Inputs, cluster: Any) -> None:
    keys = ["99001+99002", "99003"]
    given = Adjustments(entrants=np.full((36, 4, 18), 1.0))
    here = stream.each(muster, keys, 25, GAP, adjustments=given)
    there = far(cluster)(muster, keys, 25, GAP, adjustments=given)
    assert list(there) == keys
    assert all(np.array_equal(here[key], there[key]) for key in keys)


def test_a_killed_worker_changes_nothing(muster: Inputs, cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scaleout, "PLACES", 1)
    victim = next(iter(cluster.workers.values())).pid
    alive = [True]

    def kill_once(done: int, total: int) -> None:
        if alive and done >= 2:
            alive.clear()
            os.kill(victim, signal.SIGKILL)

    there = quantiles.table(muster, 60, [2030], ("cell",), engine=far(cluster), progress=kill_once)
    assert not alive
    assert there.equals(quantiles.table(muster, 60, [2030], ("cell",)))


def test_a_silent_address_is_refused(muster: Inputs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scaleout, "PATIENCE", 1)
    with pytest.raises(Refusal, match="Dask"):
        scaleout.each(muster, ["99001"], 5, GAP, address="tcp://127.0.0.1:9")


def test_a_scheduler_without_workers_is_refused(muster: Inputs, monkeypatch: pytest.MonkeyPatch) -> None:
    from distributed import LocalCluster

    monkeypatch.setattr(scaleout, "PATIENCE", 1)
    with LocalCluster(n_workers=0, dashboard_address=None) as empty, pytest.raises(Refusal, match="no worker"):
        far(empty)(muster, ["99001"], 5, GAP)


def test_an_impossible_address_is_refused(muster: Inputs) -> None:
    with pytest.raises(Refusal, match="Dask"):
        scaleout.each(muster, ["99001"], 5, GAP, address="kein Ort")


def test_another_kind_of_server_is_refused(muster: Inputs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scaleout, "PATIENCE", 1)
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(Refusal, match="No Dask scheduler"):
        scaleout.each(muster, ["99001"], 5, GAP, address=f"tcp://127.0.0.1:{server.getsockname()[1]}")


def test_a_worker_is_no_scheduler(muster: Inputs, cluster: Any) -> None:
    address = next(iter(cluster.scheduler_info["workers"]))
    with pytest.raises(Refusal, match="No Dask scheduler"):
        scaleout.each(muster, ["99001"], 5, GAP, address=address)


@pytest.mark.parametrize("whose", ["scheduler", "worker"])
def test_a_cluster_that_dies_is_told(muster: Inputs, monkeypatch: pytest.MonkeyPatch, whose: str) -> None:
    monkeypatch.setattr(scaleout, "PLACES", 1)
    monkeypatch.setattr(scaleout, "PATIENCE", 3)
    port = _free_port()
    address, processes = f"tcp://127.0.0.1:{port}", {}
    for name, words in (
        ("scheduler", ["scheduler", "--port", str(port), "--host", "127.0.0.1"]),
        ("worker", ["worker", address, "--no-nanny"]),
    ):
        command = [sys.executable, "-m", "dask", *words, "--no-dashboard"]
        processes[name] = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(4)
    try:
        with pytest.raises(Refusal, match="failed during"):
            scaleout.each(muster, muster.ags, 60, GAP, address=address, progress=lambda *_: processes[whose].kill())
    finally:
        for process in processes.values():
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
