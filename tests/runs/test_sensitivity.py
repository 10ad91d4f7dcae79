"""Which assumption matters: shares add up, and a gap made of one assumption is explained by it alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from fachkraftwerk.runs import draws, sensitivity
from fachkraftwerk.runs.desk import Desk


@pytest.fixture(scope="module")
def desk(musterland_path: Path) -> Desk:
    from fachkraftwerk.edition import open_edition

    return Desk(open_edition(musterland_path), draws=80)


def test_a_gap_made_of_one_assumption_is_explained_by_it(desk: Desk) -> None:
    made = draws.make(desk.inputs, 80)
    samples = 1000 * made.regional("demand.demand_total", 0)[:, 7]
    first = sensitivity.ranking(made, [0], samples, 7)[0]
    assert first.key == "demand.demand_total"
    assert first.share == pytest.approx(1.0, abs=1e-6)


def test_shares_add_up_to_one_and_none_is_negative(desk: Desk) -> None:
    key = desk.edition.regions.regions[0].ags
    ranked = desk.sensitivity(desk.figure(key, 2030))
    assert sum(one.share for one in ranked) == pytest.approx(1.0)
    assert min(one.share for one in ranked) >= 0.0
    assert ranked[-1].key == "rest"
    assert [one.share for one in ranked[:-1]] == sorted((one.share for one in ranked[:-1]), reverse=True)


def test_too_few_draws_say_nothing(desk: Desk) -> None:
    made = draws.make(desk.inputs, 20)
    assert sensitivity.ranking(made, [0], np.arange(20.0), 7) == []
    assert sensitivity.ranking(draws.make(desk.inputs, 80), [0], np.zeros(80), 7) == []


def test_for_one_occupation_its_own_assumptions_take_part(desk: Desk) -> None:
    made = draws.make(desk.inputs, 80)
    found = sensitivity.deviations(made, [0], 7, "81")
    assert "demand.occupation_drift" in found
    assert "demand.occupation_drift" not in sensitivity.deviations(made, [0], 7)
