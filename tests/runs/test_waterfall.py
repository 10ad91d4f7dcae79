"""Bars that add up exactly, and one bar that leads from one reading to the other."""

from itertools import pairwise

import numpy as np
import pytest
from tests.runs.samples import HandForecast

from fachkraftwerk.core.figure import Figure
from fachkraftwerk.runs import waterfall

GAP = Figure("t", "06633", 2030)


def test_bars_hang_together_and_end_at_the_gap() -> None:
    steps = waterfall.steps(GAP, HandForecast())
    for before, after in pairwise(steps[:-1]):
        assert after.start == before.end
    assert steps[-2].end == pytest.approx(steps[-1].end)
    assert steps[-1].value.value == pytest.approx(400.0)


def test_the_second_reading_adds_one_bar() -> None:
    first = [s.key for s in waterfall.steps(GAP, HandForecast())]
    second = [s.key for s in waterfall.steps(GAP.at(indicator="gap_commuting_closed"), HandForecast())]
    assert [key for key in second if key not in first] == ["commuting"]


def test_a_median_off_the_central_path_gets_its_own_bar() -> None:
    class Skewed(HandForecast):
        def select(self, indicator: str, *where: str):  # type: ignore[no-untyped-def]
            samples = super().select(indicator, *where)
            shift = np.array([[0.0], [50.0], [50.0]])
            return samples + shift if indicator.startswith("gap") else samples

    keys = {s.key: s for s in waterfall.steps(GAP, Skewed())}
    assert keys["skew"].amount == pytest.approx(50.0)


def test_labels_follow_the_sign() -> None:
    assert waterfall.label("migration", widens=True).de == "ziehen fort"
    assert waterfall.label("migration", widens=False).de == "ziehen zu"
    assert waterfall.label("replacement", widens=True).de == "gehen in Rente"


def test_every_bar_carries_range_and_address() -> None:
    for step in waterfall.steps(GAP, HandForecast())[:-1]:
        assert step.figure is not None
        assert step.value.p10 <= step.value.p90
