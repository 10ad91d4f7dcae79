"""A group's figure in place of the forecast's: quartiles kept, the gap moved by exactly the difference, full run alike."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from fachkraftwerk.runs import ensemble
from fachkraftwerk.runs.inputs import Inputs
from fachkraftwerk.runs.judgements import Judgement, adjustments, faults, shift
from fachkraftwerk.runs.regionforecast import COMPONENTS, RegionForecast
from fachkraftwerk.runs.response import Asked

ROOM = Judgement("replacement", 2030, 9000.0, 8000.0, 11000.0, 42, "Zukunftswerkstatt", "2026-11-22")


@pytest.fixture(scope="module")
def base(muster: Inputs) -> RegionForecast:
    return ensemble.forecast(muster, [f"{muster.ags[0]}+{muster.ags[1]}"], 40)[f"{muster.ags[0]}+{muster.ags[1]}"]


def test_the_draws_have_the_quartiles_of_the_room() -> None:
    drawn = ROOM.samples(40_001)
    assert drawn[0] == 9000.0
    assert np.quantile(drawn, (0.25, 0.5, 0.75)) == pytest.approx((8000, 9000, 11000), rel=0.01)


def test_inflows_are_judged_as_people_who_come() -> None:
    assert (replace(ROOM, indicator="entrants").samples(100) < 0).all()


@pytest.mark.parametrize("indicator", ["replacement", "entrants", "migration", "structural_change", "gap_cumulated"])
def test_the_gap_moves_by_the_difference_and_no_more(base: RegionForecast, indicator: str) -> None:
    one = replace(ROOM, indicator=indicator)
    moved = shift(one, base)
    at = list(base.years).index(2030)
    expected = one.samples(40) - base.select(indicator)[:, at]
    assert moved[:, at] == pytest.approx(expected)
    assert (moved[:, 0] == 0).all()
    assert moved[:, at + 3] == pytest.approx(expected)
    assert moved[:, at - 1] == pytest.approx(expected * 6 / 7)


@pytest.mark.parametrize("indicator", ["replacement", "entrants", "migration", "gap_cumulated"])
@pytest.mark.parametrize("asked", [Asked(), Asked("vocational"), Asked("total", "fachkraft"), Asked("unskilled")])
def test_a_full_forecast_says_the_same(muster: Inputs, base: RegionForecast, indicator: str, asked: Asked) -> None:
    one = replace(ROOM, indicator=indicator)
    key = base.region
    full = ensemble.forecast(muster, [key], 40, adjustments=adjustments(one, base))[key]
    words = (asked.qualification, asked.level, asked.occupation)
    there = full.select("gap_cumulated", *words) - base.select("gap_cumulated", *words)
    assert shift(one, base, asked) == pytest.approx(there, abs=1e-6)


@pytest.mark.parametrize("indicator", COMPONENTS)
def test_what_is_judged_stands_under_its_own_component(muster: Inputs, base: RegionForecast, indicator: str) -> None:
    one = replace(ROOM, indicator=indicator)
    full = ensemble.forecast(muster, [base.region], 40, adjustments=adjustments(one, base))[base.region]
    at = list(base.years).index(2030)
    assert full.select(indicator)[:, at] == pytest.approx(one.samples(40))
    for other in set(COMPONENTS) - {indicator}:
        assert full.select(other) == pytest.approx(base.select(other), abs=1e-6)


def test_every_fault_is_named() -> None:
    wrong = Judgement("weather", 2030, 5.0, 6.0, 4.0, 3, " ")
    assert len(faults([wrong])) == 3
    assert len(faults([ROOM, replace(ROOM, indicator="gap_cumulated")])) == 1
    assert not faults([ROOM, replace(ROOM, indicator="entrants")])


def test_the_sentence_names_group_and_source() -> None:
    said = ROOM.sentence()
    assert said.de == ("Einschätzung der Werkstatt (n = 42, Median 9.000, die mittlere Hälfte sagt 8.000 bis 11.000; "
                       "Quelle: Zukunftswerkstatt, 22.11.2026)")  # fmt: skip
    assert "n = 42" in said.en
    assert "2026-11-22" in said.en
