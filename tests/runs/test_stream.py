"""Forecasts one after another: the figures of ``forecast``, and memory that does not grow."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Sequence

import numpy as np
import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.model.adjustments import Adjustments
from fachkraftwerk.runs import quantiles, room, stream
from fachkraftwerk.runs.ensemble import forecast
from fachkraftwerk.runs.inputs import Inputs
from fachkraftwerk.runs.regionforecast import RegionForecast

KEYS = ["99001", "99003+99004"]


GAP = stream.Samples(lambda given: given.select("gap_cumulated"))


def test_each_gives_what_forecast_gives(muster: Inputs) -> None:
    found = stream.each(muster, KEYS, 30, GAP)
    whole = forecast(muster, KEYS, draws=30)
    assert list(found) == KEYS
    for key in KEYS:
        assert np.allclose(found[key], whole[key].select("gap_cumulated"), rtol=1e-12, atol=1e-9)


@pytest.mark.parametrize("indicator", ["gap_balance", "supply", "demand", "commuting", "entrants"])
def test_some_years_are_the_same_years(muster: Inputs, indicator: str) -> None:
    few = stream.each(muster, KEYS, 10, stream.Samples(lambda one: one.select(indicator)), [2029, 2030])
    every = forecast(muster, KEYS, draws=10)
    for key in KEYS:
        assert few[key].shape == (10, 3)
        assert np.allclose(few[key][:, 2], every[key].select(indicator)[:, 7], rtol=1e-10, atol=1e-8)


def test_more_draws_and_other_regions_leave_every_bit(muster: Inputs) -> None:
    alone = stream.each(muster, ["99001"], 20, GAP, [2030])["99001"]
    more = stream.each(muster, muster.ags, 45, GAP, [2030])["99001"]
    assert np.array_equal(alone, more[:20])


def peak(inputs: Inputs, keys: Sequence[str], draws: int, years: Sequence[int]) -> int:
    """Return the highest number of bytes in use while quantiles of all cells are made."""
    gc.collect()
    tracemalloc.start()
    quantiles.table(inputs, draws, years, ("cell",), keys=keys)
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found


def test_memory_does_not_grow_with_the_kreise(muster: Inputs) -> None:
    peak(muster, ["99001"], 5, [2030])
    two, twelve = (peak(muster, keys, 1000, [2030]) for keys in (["99001", "99002"], muster.ags))
    assert twelve < 1.5 * two


def test_memory_does_not_grow_with_the_draws(muster: Inputs, monkeypatch: pytest.MonkeyPatch) -> None:
    """All cells and years of two Kreise: where the rooms are full only what all Kreise share is added.

    One thread, because how two meet moves the peak by a tenth.
    """
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    years, keys = list(range(2024, 2041)), ["99001", "99002"]
    monkeypatch.setattr(room, "SAMPLES", 4_000_000)
    monkeypatch.setattr(room, "CARRIED_IN_MEMORY", 4_000_000)
    peak(muster, keys, 5, years)
    thousand, four = (peak(muster, keys, draws, years) for draws in (1000, 4000))
    assert four - thousand < 1.25 * 3000 * 8 * room._SHARED
    assert four < 1.25 * thousand


def test_blocks_of_draws_change_no_bit(muster: Inputs, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = quantiles.table(muster, 50, [2030], ("cell",))
    for name, number in (("BLOCK", 7), ("SMALLEST_BLOCK", 7), ("PIECE", 999), ("SAMPLES", 0), ("CARRIED_IN_MEMORY", 0)):
        monkeypatch.setattr(room, name, number)
    assert quantiles.table(muster, 50, [2030], ("cell",)).equals(whole)


def test_measures_drawn_by_draw_meet_their_draws(muster: Inputs, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = np.arange(30.0)[:, None, None, None] * np.ones((36, 4, 18))
    given = Adjustments(entrants=jobs, retirement=np.linspace(0.9, 1.1, 30)[:, None, None] * np.ones((91, 18)))
    whole = forecast(muster, ["99001"], draws=30, adjustments=given)["99001"].select("gap_cumulated")
    monkeypatch.setattr(room, "BLOCK", 8)
    monkeypatch.setattr(room, "SMALLEST_BLOCK", 8)
    found = stream.each(muster, ["99001"], 30, GAP, adjustments=given)["99001"]
    assert np.allclose(found, whole, rtol=1e-12, atol=1e-9)


def test_the_estimate_of_memory_is_near_what_is_used(muster: Inputs) -> None:
    used = peak(muster, ["99001"], 2000, [2030])
    told = room.working(muster, 2000, 1, len(muster.ags), 2)
    assert 0.4 * told < used < 1.6 * told


def test_more_draws_than_there_is_memory_for_are_refused(muster: Inputs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "free_memory", lambda: 20_000_000)
    with pytest.raises(Refusal) as refusal:
        stream.each(muster, ["99001"], 5000, GAP)
    assert "5000 draws need about" in refusal.value.faults[0].message("en")
    assert stream.each(muster, ["99001"], 5, GAP)


def test_a_large_table_of_flows_needs_room_on_the_disk(muster: Inputs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "CARRIED_IN_MEMORY", 0)
    monkeypatch.setattr(room.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1000}))
    with pytest.raises(Refusal, match="disk"):
        stream.each(muster, ["99001"], 500, GAP)


def test_an_interruption_ends_at_once(muster: Inputs) -> None:
    begun: list[str] = []

    def task(given: RegionForecast) -> np.ndarray:
        begun.append(given.region)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stream.each(muster, muster.ags, 2, stream.Samples(task))
    assert len(begun) < len(muster.ags)
