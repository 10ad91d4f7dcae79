"""The persistence behind Germany's range: calibration first, then the score."""

import numpy as np
import pytest

from fachkraftwerk.model.demand import national_path
from fachkraftwerk.runs.backtest.cases import HORIZONS
from fachkraftwerk.runs.backtest.lasting import Miss, persistence

MEMORY, UNREST, TRIED = 0.6, 0.01, (0.6, 0.7, 0.8, 0.9, 0.97)


def _drawn(lasting: float, scale: float = 1.0) -> list[Miss]:
    """Errors as they are when unforeseen growth of this persistence piles up, 4,000 of them at every horizon."""
    rng = np.random.default_rng(7)
    wide = {h: scale * UNREST * national_path.piled_up(MEMORY, lasting, h) for h in HORIZONS}
    return [Miss(h, rng.normal(0.0, wide[h], 4_000), np.zeros(4_000), UNREST) for h in HORIZONS]


@pytest.mark.parametrize("lasting", TRIED)
def test_it_finds_the_persistence_that_made_the_errors(lasting: float) -> None:
    assert persistence([_drawn(lasting)], MEMORY, 0.07, TRIED) == lasting


def test_a_value_that_breaks_its_promise_loses_even_with_the_better_score() -> None:
    """Few large errors beside many small ones: the score asks for wider ranges than the promise."""
    rng, found = np.random.default_rng(3), []
    for h in HORIZONS:
        error = rng.normal(0.0, 0.7 * UNREST * national_path.piled_up(MEMORY, 0.97, h), 4_000)
        error[:800] *= 30.0
        found.append(Miss(h, error, np.zeros(4_000), UNREST))
    wide, narrow = 0.9, 0.97
    assert persistence([found], MEMORY, 1.0, (wide, narrow)) == wide
    assert persistence([found], MEMORY, 0.07, (wide, narrow)) == narrow


def test_where_no_value_keeps_the_promise_the_one_that_is_off_by_least_is_taken() -> None:
    wide, narrow = 0.8, 0.97
    assert persistence([_drawn(0.9, 5.0)], MEMORY, 0.07, (wide, narrow)) == wide
    assert persistence([_drawn(0.9, 0.1)], MEMORY, 0.07, (wide, narrow)) == narrow


def test_a_test_as_a_whole_comes_before_its_parts_by_years_ahead() -> None:
    """A second test of calmer years asks for narrower ranges than the first one alone would."""
    every, calm = _drawn(0.8), _drawn(0.8, 0.8)
    assert persistence([every], MEMORY, 0.07, TRIED) == 0.8
    assert persistence([every, calm], MEMORY, 0.07, TRIED) > 0.8
