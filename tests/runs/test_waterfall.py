"""Bars that add up exactly, and one bar that leads from one reading to the other."""

from itertools import pairwise

import numpy as np
import pytest
from tests.runs.samples import HandForecast

from fachkraftwerk.core.figure import Figure
from fachkraftwerk.runs import waterfall
from fachkraftwerk.runs.figures import FigureValue

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


def test_written_amounts_add_up_and_keep_to_the_step() -> None:
    value = FigureValue(0, 0, 0, 0, 0, 0, 1.0)
    ends = [0, 1460, 2920, 4380, 4080]
    steps = [
        waterfall.Step(str(i), waterfall.label("deaths", True), a, b, value) for i, (a, b) in enumerate(pairwise(ends))
    ]
    total = waterfall.Step("total", waterfall.label("deaths", True), 0, 4080, value)
    told = waterfall.told([*steps, total], 100)
    assert told[-1].said == 4100
    assert sum(step.said for step in told[:-1]) == 4100
    assert not told[-1].rough
    assert all(abs(step.said - step.amount) <= 100 for step in told)


def test_rounding_never_turns_a_sign() -> None:
    value = FigureValue(0, 0, 0, 0, 0, 0, 1.0)
    label = waterfall.label("deaths", True)
    parts = {"a": 2240, "b": 440, "c": 240, "d": 160, "e": -1460, "f": -130, "g": -250, "skew": -60 + 80}
    at, bars = 0.0, []
    for key, amount in parts.items():
        bars.append(waterfall.Step(key, label, at, at + amount, value))
        at += amount
    told = waterfall.told([*bars, waterfall.Step("total", label, 0, at, value)], 100)
    assert sum(step.said for step in told[:-1]) == told[-1].said
    assert all(step.said * step.amount >= 0 and abs(step.said - step.amount) < 100 for step in told)


def test_the_rest_goes_where_rounding_makes_it_nothing() -> None:
    value = FigureValue(0, 0, 0, 0, 0, 0, 1.0)
    label = waterfall.label("deaths", True)
    bars = [("a", 0, 1040), ("b", 1040, 740), ("skew", 740, 690), ("total", 0, 690)]
    told = {s.key: s.said for s in waterfall.told([waterfall.Step(k, label, x, y, value) for k, x, y in bars], 100)}
    assert told == {"a": 1000, "b": -300, "total": 700}


def test_reasons_keep_their_own_rounding_where_a_bar_leads_to_the_middle() -> None:
    value = FigureValue(0, 0, 0, 0, 0, 0, 1.0)
    label = waterfall.label("deaths", True)
    bars = [("a", 0, 9724), ("b", 9724, 6518.7), ("skew", 6518.7, 6611), ("total", 0, 6611)]
    told = {s.key: s.said for s in waterfall.told([waterfall.Step(k, label, x, y, value) for k, x, y in bars], 10)}
    assert told == {"a": 9720, "b": -3210, "skew": 100, "total": 6610}


def test_parts_of_a_very_uncertain_total_keep_the_digits_of_the_sentence() -> None:
    value = FigureValue(0, 0, 0, 0, 0, 0, 1.0)
    label = waterfall.label("deaths", True)
    bars = [("a", 0, 355_600), ("b", 355_600, 147_800), ("total", 0, 147_800)]
    told = waterfall.told([waterfall.Step(k, label, x, y, value) for k, x, y in bars], 10_000)
    assert [step.said for step in told] == [356_000, -208_000, 150_000]
    assert told[-1].rough
