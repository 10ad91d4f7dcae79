"""Many Kreise together answer like their sum, draw by draw, in totals, cells and shares."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from fachkraftwerk.core.classifications import INDICATORS, QUALIFICATION_GROUPS
from fachkraftwerk.runs import celltable, ensemble, listing, manykreise
from fachkraftwerk.runs.desk import FEW, Desk
from fachkraftwerk.runs.manykreise import ManyKreise


@pytest.fixture(scope="module")
def desk(musterland_path: Path) -> Desk:
    from fachkraftwerk.edition import open_edition

    return Desk(open_edition(musterland_path), draws=6)


@pytest.fixture(scope="module")
def key(desk: Desk) -> str:
    return "+".join(region.ags for region in desk.edition.regions.regions[: FEW + 2])


def test_every_indicator_is_that_of_the_zone_with_all_kreise_in_memory(desk: Desk, key: str) -> None:
    many, whole = desk.forecast(key), ensemble.forecast(desk.inputs, [key], draws=6)[key]
    assert isinstance(many, ManyKreise)
    for indicator in INDICATORS:
        for question in (("skilled", "all", "all"), ("academic", "experte", "all"), ("total", "fachkraft", "81")):
            assert np.allclose(many.select(indicator, *question), whole.select(indicator, *question), atol=1e-6)
            assert many.estimated_share(*question) == pytest.approx(whole.estimated_share(*question))


def test_cells_are_the_same_and_add_up(desk: Desk, key: str) -> None:
    many, whole = desk.forecast(key), ensemble.forecast(desk.inputs, [key], draws=6)[key]
    for indicator in ("gap_cumulated", "gap_commuting_closed", "demand"):
        mine, other = (celltable.samples(one, indicator, "skilled", 7) for one in (many, whole))
        assert np.allclose(mine, other, atol=1e-6)
        assert np.allclose(mine.sum(1), many.select(indicator)[:, 7], atol=1e-6)
    assert np.allclose(celltable.estimated(many, "skilled"), celltable.estimated(whole, "skilled"))


def test_many_questions_cost_one_pass(desk: Desk, key: str) -> None:
    passed: list[int] = []
    found = desk.inputs.members(key)

    def member(kreis: int) -> object:
        passed.append(kreis)
        return desk._work.member(kreis)

    desk.forecast(key)  # the people of all homes are ready
    many = ManyKreise(key, desk.inputs.years, 7, found, member)  # type: ignore[arg-type]
    questions = [("skilled", "all", "81"), ("skilled", "all", "83"), ("skilled", "helfer", "all")]
    many.prepare(questions)
    for question in questions:
        many.select("gap_cumulated", *question)
    assert sorted(passed) == sorted(found)


def test_old_answers_are_forgotten_and_computed_again(desk: Desk, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.forecast(key)
    monkeypatch.setattr(manykreise, "KEPT_ANSWERS", 5)
    many = ManyKreise(key, desk.inputs.years, 7, desk.inputs.members(key), desk._work.member)
    before = many.select("gap_cumulated", "skilled", "all", "81")
    for occupation in ("83", "71", "62"):
        many.select("gap_cumulated", "skilled", "all", occupation)
    assert len(many._sums) <= 5
    assert np.allclose(many.select("gap_cumulated", "skilled", "all", "81"), before)


def test_a_list_of_cells_is_that_of_the_zone_and_made_of_few_passes(desk: Desk, key: str) -> None:
    whole = ensemble.forecast(desk.inputs, [key], draws=6)[key]
    asked = listing.Asked(desk.edition.name, 2030, listing.BREAKDOWNS)
    passes: list[int] = []

    class Counted(ManyKreise):
        def _pass_cells(self, wanted: dict[tuple[str, int], None], qualification: str) -> None:
            passes.append(len(wanted))
            super()._pass_cells(wanted, qualification)

    shown = desk.forecast(key)
    assert isinstance(shown, ManyKreise)
    many = Counted(key, shown.years, shown.draws, shown._kreise, shown._member)
    mine, other = (listing.rows(list(asked.figures(key)), one, "Zone") for one in (many, whole))
    assert len(passes) <= len(listing.OF_CELLS) + len(QUALIFICATION_GROUPS)
    for one, same in zip(mine, other, strict=True):
        assert one.keys() == same.keys()
        for name in ("value", "central", "p10", "p90", "p_shortage", "estimated_share"):
            assert one[name] == pytest.approx(same[name], abs=1e-6)
