"""The completed table: published cells stay, hidden ones keep their bounds, margins hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fachkraftwerk.edition.completion import Known, bounds, complete, lesson
from fachkraftwerk.edition.parameters import parameters

KREISE, JOBS = 6, 5


def _published(truth: np.ndarray) -> np.ndarray:
    shown = np.floor(truth / 10 + 0.5) * 10
    return np.where(truth == 0, 0.0, np.where(truth < 40, np.nan, shown))


def _world(seed: int) -> tuple[np.ndarray, Known, np.ndarray]:
    """Truth, margins of the first three Kreise, and people outside the table (old by occupation)."""
    random = np.random.default_rng(seed)
    mean = random.lognormal(0, 0.4, (KREISE, 1, 1, 1)) * random.lognormal(3.6, 0.9, (1, JOBS, 4, 5))
    truth = random.poisson(mean).astype(float)
    old = np.round(truth[:3].sum((2, 3)) * 0.015)
    ages = truth[:3].sum((1, 2))
    totals = np.full((KREISE, 4), np.nan)
    totals[:3] = np.column_stack([ages[:, 0] + 2, ages[:, 1:4].sum(1) + 9, ages[:, 4] + 4, old.sum(1) + 1])
    occupations = np.full((KREISE, JOBS), np.nan)
    occupations[:3] = np.floor((truth[:3].sum((2, 3)) + old) / 10 + 0.5) * 10
    land = np.zeros(KREISE, dtype=np.int64)
    return truth, Known(land, np.array([truth.sum() / 0.98]), occupations, totals, np.ones(JOBS)), old


@settings(max_examples=15)
@given(st.integers(0, 5_000))
def test_totals_are_kept_and_published_cells_stay(seed: int) -> None:
    truth, known, _ = _world(seed)
    published = _published(truth)
    done = complete(published, known)
    shown = np.nan_to_num(published) > 0
    assert (np.abs(done.value - published)[shown] <= 5).all()
    assert (done.value >= done.low - 1e-9).all() and (done.value <= done.high + 1e-9).all()
    assert (done.value[truth == 0] == 0).all()
    assert max(done.report["own_tables"]["misses"].values()) < 0.01
    sums = done.value[:3].sum((2, 3)) + done.old[:3].sum(2)
    assert (np.abs(sums - known.occupations[:3]) <= 5.001).all()
    young = done.value[:3, :, :, 0].sum((1, 2)) + done.unknown[:3, 0]
    np.testing.assert_allclose(young, known.totals[:3, 0], atol=0.01)


def test_a_land_without_own_tables_adds_up_to_its_total() -> None:
    truth, known, _ = _world(7)
    bare = Known(known.land, known.land_total, known.occupations * np.nan, known.totals * np.nan, known.old)
    done = complete(_published(truth), bare)
    wanted = known.land_total[0] * (1 - parameters("completion")["old_share"])
    play = known.land_total[0] * parameters("completion")["land_tolerance"]
    assert abs(done.value.sum() - wanted) <= play + 0.01


def test_without_any_margin_cells_are_still_filled_within_bounds() -> None:
    truth, known, _ = _world(8)
    nothing = Known(known.land, np.array([np.nan]), known.occupations * np.nan, known.totals * np.nan, known.old)
    done = complete(_published(truth), nothing)
    hidden = np.isnan(_published(truth))
    assert ((done.value[hidden] >= 1) & (done.value[hidden] <= 39)).all()
    assert done.report["suppressed"] == hidden.sum()


def test_kreise_without_tables_learn_from_those_with() -> None:
    expected = np.full((2, 3, 1, 1), 10.0)
    found = expected * np.array([2.0, 1.0, 0.5])[None, :, None, None]
    hidden = np.ones(expected.shape, dtype=bool)
    hidden[:, 1] = False
    power = parameters("completion")["lesson"]
    np.testing.assert_allclose(lesson(expected, found, hidden), [2**power, 1, 0.5**power])


@pytest.mark.parametrize(("shown", "low", "high"), [(40.0, 40, 44), (50.0, 45, 54), (0.0, 0, 0)])
def test_bounds_of_published_cells(shown: float, low: float, high: float) -> None:
    least, most = bounds(np.array([shown]), np.array([False]))
    assert (least[0], most[0]) == (low, high)


def test_bounds_of_a_hidden_cell() -> None:
    least, most = bounds(np.array([0.0]), np.array([True]))
    assert (least[0], most[0]) == (1, 39)
