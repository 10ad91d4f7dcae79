"""Occupations abroad: damping must be able to lose against an official projection that is right."""

import math

import numpy as np
import pandas as pd
import pytest

from fachkraftwerk.runs.backtest.occupations import Strays, between, rolling, run, strays

BEFORE = [1000.0, 2000.0, 4000.0, 8000.0]
SHIFTED = [1500.0, 1800.0, 4400.0, 7000.0]


def table(projected: list[float], actual: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"soc": list("abcd"), "detailed": True, "employment_2010": BEFORE, "projected_2020": projected,
                         "actual_2020": actual})  # fmt: skip


def errors(facts: pd.DataFrame, pace: float) -> dict[str, float]:
    return {line.model.split(" (")[0]: line.wape for line in run(facts, pace).scores}


def test_a_projection_that_was_right_wins() -> None:
    found = errors(table(SHIFTED, SHIFTED), 0.5)
    assert found["BLS projection 2010–20"] == 0
    assert found["fachkraftwerk"] > 0


def test_a_projection_that_was_noise_loses_against_damping_and_damping_against_nothing() -> None:
    found = errors(table(SHIFTED, BEFORE), 0.5)
    assert found["no change"] == 0
    assert 0 < found["fachkraftwerk"] < found["BLS projection 2010–20"]


def test_full_pace_is_the_projection_without_its_total() -> None:
    found = errors(table(SHIFTED, [v * sum(BEFORE) / sum(SHIFTED) for v in SHIFTED]), 1.0)
    assert found["fachkraftwerk"] == pytest.approx(0, abs=1e-9)


def test_groups_and_occupations_without_an_outcome_are_left_out() -> None:
    facts = table(SHIFTED, SHIFTED)
    facts.loc[0, "detailed"] = False
    facts.loc[1, "actual_2020"] = float("nan")
    assert run(facts, 0.5).scores[0].n == 2


def yearly(growth: list[float], later: float) -> pd.DataFrame:
    """Four occupations whose yearly log growth changes by the factor ``later`` after 2015."""
    rows = []
    for soc, size, step in zip("abcd", BEFORE, growth, strict=True):
        for year in (2011, 2012, 2013, 2014, 2015, 2025):
            years = min(year, 2015) - 2011 + later * max(year - 2015, 0)
            rows.append((year, soc, "detailed", f"Title {soc}", size * math.exp(step * years)))
    return pd.DataFrame(rows, columns=["year", "soc", "level", "title", "value"])


def spell(facts: pd.DataFrame, group: str) -> dict[str, float]:
    return {line.model: line.wape for line in rolling(facts, 0.5, 0.85).scores if line.group == group}


def test_a_shift_that_lasts_is_worth_carrying_on_and_one_that_stops_is_not() -> None:
    lasting = spell(yearly([0.05, 0.0, -0.02, 0.01], 1.0), "2015 → 2025")
    assert lasting["last trend"] < lasting["fachkraftwerk"] < lasting["constant shares"]
    stopped = spell(yearly([0.05, 0.0, -0.02, 0.01], 0.0), "2015 → 2025")
    assert stopped["constant shares"] < stopped["fachkraftwerk"] < stopped["last trend"]


def test_an_occupation_whose_title_changed_is_left_out() -> None:
    facts = yearly([0.05, 0.0, -0.02, 0.01], 1.0)
    facts.loc[(facts["soc"] == "a") & (facts["year"] == 2025), "title"] = "Another title"
    assert next(line.n for line in rolling(facts, 0.5, 0.85).scores if line.group == "2015 → 2025") == 3


def test_what_occupations_strayed_is_found_again_by_size() -> None:
    random = np.random.default_rng(6)
    size = np.exp(random.normal(10.0, 1.0, 20_000))
    came = size * np.exp(0.2 * (size / np.median(size)) ** -0.3 * random.standard_normal(20_000))
    found = strays(size, came, size)
    assert found.spread == pytest.approx(0.2, rel=0.03)
    assert found.power == pytest.approx(0.3, abs=0.03)
    assert found.of(np.array([np.median(size)]))[0] == pytest.approx(found.spread)


def test_between_one_year_and_ten_the_spread_is_a_straight_line_in_logs() -> None:
    near, far = Strays(0.03, 0.3), Strays(0.3, 0.1)
    made = {years: between(near, far, years) for years in (1, 2, 10)}
    assert {years: one.spread for years, one in made.items()} == pytest.approx({1: 0.03, 2: 0.06, 10: 0.3})
    assert [one.power for one in made.values()] == [0.3, 0.3, 0.1]


def test_ranges_come_from_elsewhere_and_only_ours_has_one() -> None:
    narrow, wide = (run(table(SHIFTED, BEFORE), 0.5, Strays(one, 0.0)).scores for one in (0.001, 1.0))
    assert [line.coverage_80 for line in narrow if line.model.startswith("fachkraftwerk")] == [0.0]
    assert [line.coverage_80 for line in wide if line.model.startswith("fachkraftwerk")] == [100.0]
    assert all(line.coverage_80 is None for line in wide if not line.model.startswith("fachkraftwerk"))
    facts = yearly([0.05, 0.0, -0.02, 0.01], 0.0)
    spells = {
        line.group: line for line in rolling(facts, 0.5, 0.85, Strays(1.0, 0.0)).scores if line.model == "fachkraftwerk"
    }
    assert spells["2015 → 2025"].coverage_80 == 100.0
    assert rolling(facts, 0.5, 0.85).scores[0].coverage_80 is None
