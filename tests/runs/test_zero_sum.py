"""What one Kreis wins from another is booked there too."""

from __future__ import annotations

import numpy as np
import pytest

from fachkraftwerk.model.measures.measure import plan
from fachkraftwerk.runs import ensemble
from fachkraftwerk.runs.inputs import Inputs
from fachkraftwerk.runs.response import CLOSED
from fachkraftwerk.runs.scenario import Scenario, adjustments_of

HOME = "99001"


def gaps(inputs: Inputs, keys: list[str], measures: bool) -> dict[str, np.ndarray]:
    chosen = (plan("commuters", 100),) if measures else ()
    changed = adjustments_of(Scenario("test", HOME, measures=chosen), inputs) or None
    return {k: f.select(CLOSED, "total")[0] for k, f in ensemble.forecast(inputs, keys, adjustments=changed).items()}


def test_the_neighbours_lose_together_what_is_won_here(muster: Inputs) -> None:
    keys = list(muster.ags)
    before, after = (gaps(muster, keys, measures) for measures in (False, True))
    won = before[HOME] - after[HOME]
    lost = sum(after[k] - before[k] for k in keys if k != HOME)
    assert won[7] > 1
    assert lost == pytest.approx(won)


def test_most_is_lost_where_most_work(muster: Inputs) -> None:
    keys = list(muster.ags)
    before, after = (gaps(muster, keys, measures) for measures in (False, True))
    lost = {k: after[k][7] - before[k][7] for k in keys if k != HOME}
    home = muster.ags.index(HOME)
    works = {k: float((muster.places.works[muster.ags.index(k), home] * muster.people.stock[home]).sum()) for k in lost}
    assert max(lost, key=lost.__getitem__) == max(works, key=works.__getitem__)
