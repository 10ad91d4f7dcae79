"""Quantiles of all Kreise equal those of each; nothing is lost on the way."""

from __future__ import annotations

import numpy as np
import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.runs import quantiles, room
from fachkraftwerk.runs.ensemble import forecast, quantiles_all
from fachkraftwerk.runs.figures import summarise
from fachkraftwerk.runs.inputs import Inputs

INDICATORS = ("gap_cumulated", "gap_commuting_closed", "demand", "supply", "structural_change")


def test_every_row_is_the_figure_of_its_kreis(muster: Inputs) -> None:
    frame = quantiles_all(muster, 30, [2030, 2040], quantiles.BREAKDOWNS, indicators=INDICATORS)
    drawn = forecast(muster, muster.ags, draws=30)
    for row in frame.sample(60, random_state=1).itertuples():
        samples = drawn[row.region].select(row.indicator, row.qualification, row.level, row.occupation)
        told = summarise(samples[:, row.year - 2023])
        assert np.allclose(
            [row.value, row.central, row.p10, row.p90], [told.value, told.central, told.p10, told.p90],
            rtol=1e-6, atol=1e-3,
        )  # fmt: skip
        assert row.p_shortage == told.p_shortage


def test_one_row_for_every_figure(muster: Inputs) -> None:
    frame = quantiles_all(muster, 5, [2030], ("total", "level", "cell"))
    assert len(frame) == 12 * (2 + 4 + 144)
    assert not frame.duplicated(["region", "year", "indicator", "qualification", "level", "occupation"]).any()


def test_large_first_passes_go_to_a_file_and_change_nothing(muster: Inputs, monkeypatch: pytest.MonkeyPatch) -> None:
    before = quantiles_all(muster, 8, [2030], ("cell",))
    monkeypatch.setattr(room, "CARRIED_IN_MEMORY", 0)
    assert before.equals(quantiles_all(muster, 8, [2030], ("cell",)))


def test_sorted_quantiles_interpolate() -> None:
    told = quantiles.sorted_quantiles(np.array([[3.0, 1.0, 2.0, 4.0]]), (0.0, 0.5, 1.0))
    assert [float(one[0]) for one in told] == [1.0, 2.5, 4.0]


@pytest.mark.parametrize(("years", "by"), [([2041], ("total",)), ([2030], ("colour",))])
def test_unknown_years_and_breakdowns_are_refused(muster: Inputs, years: list[int], by: tuple[str, ...]) -> None:
    with pytest.raises(Refusal):
        quantiles_all(muster, 5, years, by)
