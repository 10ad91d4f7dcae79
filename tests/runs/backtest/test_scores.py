import numpy as np
import pytest

from fachkraftwerk.core.text import Text
from fachkraftwerk.runs.backtest import proofs
from fachkraftwerk.runs.backtest.result import Test
from fachkraftwerk.runs.backtest.scores import Score, score


def test_three_numbers_by_hand() -> None:
    """Errors −10, +10, 0 of 100, 200, 100: WAPE 20/400, bias 0; two of three directions right."""
    line = score(
        "m", "g", np.array([90.0, 210.0, 100.0]), np.array([100.0, 200.0, 100.0]), start=np.array([80.0, 220.0, 90.0])
    )
    assert line.wape == pytest.approx(5.0)
    assert line.bias == pytest.approx(0.0)
    assert line.direction == pytest.approx(100.0)
    wrong = score("m", "g", np.array([110.0, 90.0]), np.array([90.0, 90.0]), start=np.array([100.0, 100.0]))
    assert wrong.direction == pytest.approx(50.0)


def test_coverage_of_an_honest_forecast_is_what_it_says() -> None:
    random = np.random.default_rng(1)
    outcome = 1000 * np.exp(0.1 * random.standard_normal(40_000))
    line = score("m", "g", np.full(40_000, 1000.0), outcome, spread=np.full(40_000, 0.1))
    assert line.coverage_50 == pytest.approx(50, abs=1)
    assert line.coverage_80 == pytest.approx(80, abs=1)


def test_a_forecast_too_sure_of_itself_is_caught() -> None:
    random = np.random.default_rng(1)
    outcome = 1000 * np.exp(0.1 * random.standard_normal(10_000))
    sure = score("m", "g", np.full(10_000, 1000.0), outcome, spread=np.full(10_000, 0.02))
    honest = score("m", "g", np.full(10_000, 1000.0), outcome, spread=np.full(10_000, 0.1))
    assert sure.coverage_80 is not None and sure.coverage_80 < 30
    assert sure.crps is not None and honest.crps is not None and sure.crps > honest.crps


def test_no_change_has_no_direction_and_unknown_outcomes_are_left_out() -> None:
    line = score("m", "g", np.array([5.0, 7.0]), np.array([6.0, np.nan]), start=np.array([5.0, 7.0]))
    assert line.direction is None
    assert line.n == 1


def test_ranges_that_broke_their_promise_are_named_and_brackets_are_not() -> None:
    said = Text("Prüfung", "Proof")

    def ours(group: str, c50: float, c80: float, judged: bool = True) -> Score:
        return Score("fachkraftwerk", group, 400, 1.0, 0.0, None, 1.0, c50, c80, judged)

    lines = (ours("1 years", 50.0, 80.0), ours("7 years", 57.1, 87.0), ours("10 years", 10.0, 10.0, judged=False))
    told = proofs.markdown([Test("t", said, said, lines)], "en")
    assert "3 of 4 judged ranges lie within 7 points; of those in brackets it would be 0 of 2." in told
    assert "- Proof, 7 years ahead: 57.1 of 100 in the 50 % range" in told
    assert "10 years ahead:" not in told
    assert "| Proof | 39.0 | 59.0 |" in told  # all years together, each series counts alike
    assert "| (10.0) | (10.0) |" in told
    assert "3 von 4 gewerteten Spannen" in proofs.markdown([Test("t", said, said, lines)], "de")
