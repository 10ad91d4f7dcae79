"""The fast table of all cells against the figures asked one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from numpy.testing import assert_allclose

from fachkraftwerk.runs import celltable
from fachkraftwerk.runs.desk import Desk, open_desk


@pytest.fixture(scope="module")
def desk(musterland_path: Path) -> Desk:
    return open_desk(str(musterland_path))


@pytest.mark.parametrize(
    "indicator", ["gap_cumulated", "gap_commuting_closed", "demand", "structural_change", "entrants"]
)
@pytest.mark.parametrize("qualification", ["skilled", "unskilled", "total"])
def test_the_table_equals_the_figures_one_by_one(desk: Desk, indicator: str, qualification: str) -> None:
    ags = [region.ags for region in desk.edition.regions.regions[:2]]
    forecast = desk.forecast("+".join(ags), draws=5)
    table = celltable.samples(forecast, indicator, qualification, at=7)
    for position in (0, 17, 100, 143):
        occupation, level = celltable.CELLS[position]
        alone = forecast.select(indicator, qualification, level, occupation)[:, 7]
        assert_allclose(table[:, position], alone, rtol=1e-9, atol=1e-9)
    assert_allclose(table.sum(1), forecast.select(indicator, qualification)[:, 7], rtol=1e-9, atol=1e-7)
