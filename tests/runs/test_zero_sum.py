"""What one Kreis wins from another is booked there too."""

from __future__ import annotations

import numpy as np
import pytest

from fachkraftwerk.model.measures.measure import plan
from fachkraftwerk.runs import ensemble, zero_sum
from fachkraftwerk.runs.inputs import Inputs
from fachkraftwerk.runs.response import CLOSED, Response
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


def test_the_gap_of_the_neighbour_grows_as_the_full_run_says(muster: Inputs) -> None:
    chosen = (plan("commuters", 100),)
    changed = adjustments_of(Scenario("test", HOME, measures=chosen), muster)
    home = Response(muster, HOME, ensemble.forecast(muster, [HOME])[HOME])
    losses = zero_sum.losses(home.effects(chosen), home.place.commuters, 7)
    first = next(loss for loss in losses if loss.ags in muster.ags)
    before, after = (ensemble.forecast(muster, [first.ags], adjustments=one)[first.ags] for one in (None, changed))
    grown = (after.select(CLOSED) - before.select(CLOSED))[0, 7]
    assert zero_sum.felt(Response(muster, first.ags, before), first.value.central) == pytest.approx(grown)
