"""A cluster gives the same bits, also when a worker is killed on the way."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.runs import scaleout
from fachkraftwerk.runs.ensemble import forecast, quantiles_all
from fachkraftwerk.runs.inputs import Inputs


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as made:
        yield made


def test_quantiles_have_the_same_bits(muster: Inputs, cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scaleout, "PLACES", 2)
    said: list[str] = []
    far = scaleout.quantiles(muster, 40, [2030], ("cell",), cluster.scheduler_address, progress=said.append)
    assert far.equals(quantiles_all(muster, 40, [2030], ("cell",)))
    assert said[-1] == "6/6"


def test_forecasts_have_the_same_bits(muster: Inputs, cluster: Any) -> None:
    key = "99001+99002"
    far = scaleout.forecast(muster, [key], 25, cluster.scheduler_address)[key]
    near = forecast(muster, [key], draws=25)[key]
    assert np.array_equal(far.select("gap_commuting_closed"), near.select("gap_commuting_closed"))


def test_a_killed_worker_changes_nothing(muster: Inputs, cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scaleout, "PLACES", 1)
    victim = next(iter(cluster.workers.values())).pid

    def kill_once(said: str) -> None:
        if said.startswith("2/"):
            os.kill(victim, signal.SIGKILL)

    far = scaleout.quantiles(muster, 60, [2030], ("cell",), cluster.scheduler_address, progress=kill_once)
    assert far.equals(quantiles_all(muster, 60, [2030], ("cell",)))


def test_a_silent_address_is_refused(muster: Inputs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scaleout, "PATIENCE", "1s")
    with pytest.raises(Refusal):
        scaleout.quantiles(muster, 5, [2030], ("total",), "tcp://127.0.0.1:9")
