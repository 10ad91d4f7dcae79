"""Time paths, stocks that fade, delays."""

from __future__ import annotations

import numpy as np

from fachkraftwerk.model.measures.timing import Timing, accumulate, delay

YEARS = np.arange(2023, 2041)


def test_a_measure_rises_runs_and_fades() -> None:
    path = dict(zip(YEARS.tolist(), Timing(2026, ramp=2, duration=4, fade=1).path(YEARS).tolist(), strict=True))
    assert [path[y] for y in range(2025, 2033)] == [0.0, 0.5, 1.0, 1.0, 1.0, 0.5, 0.0, 0.0]


def test_without_fade_the_effect_ends_with_the_measure() -> None:
    path = Timing(2026, ramp=1, duration=2, fade=0).path(YEARS)
    assert path[3:6].tolist() == [1.0, 1.0, 0.0]


def test_it_is_paid_for_only_while_it_runs() -> None:
    assert Timing(2026, duration=3).running(YEARS).sum() == 3


def test_of_those_who_come_a_share_stays() -> None:
    stock = accumulate(np.full((1, 3), 100.0), np.array([0.5]))
    assert stock.tolist() == [[100.0, 150.0, 175.0]]


def test_part_of_a_year_is_split_between_two() -> None:
    moved = delay(np.array([[8.0, 0.0, 0.0, 0.0]]), np.array([1.25]))
    assert moved.tolist() == [[0.0, 6.0, 2.0, 0.0]]
