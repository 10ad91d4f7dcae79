"""The employment back-test must be able to fail: a model fed with the outcome would win, a blind one would lose."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from fachkraftwerk.model.parameters import parameters
from fachkraftwerk.runs import national
from fachkraftwerk.runs.backtest import rule as rules
from fachkraftwerk.runs.backtest import stored
from fachkraftwerk.runs.backtest.employment import run
from fachkraftwerk.runs.backtest.result import OURS
from fachkraftwerk.runs.backtest.scores import TOLERANCE

YEARS = list(range(1997, 2020))


def land(kept: float, seed: int = 1) -> pd.DataFrame:
    """Employment of 40 Kreise whose yearly lead over the land is kept to ``kept`` from year to year."""
    random = np.random.default_rng(seed)
    lead = np.zeros((40, len(YEARS)))
    for t in range(1, len(YEARS)):
        lead[:, t] = kept * lead[:, t - 1] + 0.01 * random.standard_normal(40)
    logs = np.log(random.uniform(2e4, 2e5, 40))[:, None] + np.cumsum(lead, axis=1) + 0.01 * np.arange(len(YEARS))
    rows = [
        (f"{k:05d}", year, value)
        for k, series in enumerate(np.exp(logs))
        for year, value in zip(YEARS, series, strict=True)
    ]
    return pd.DataFrame(rows, columns=["ags", "year", "value"])


def residents(yearly: float = 0.0, until: int = 2021) -> national.Residents:
    """A people of equal cohorts that grows by ``yearly`` through migration; nobody dies."""
    years = np.arange(1985, until + 1)
    people = 1e6 * np.exp(yearly * (years - 1985))[:, None] * np.ones(national.AGES)
    moved = np.full(len(years), people[0].sum() * yearly)
    return national.Residents(years, people, np.zeros_like(people), moved)


def wide(facts: pd.DataFrame) -> pd.DataFrame:
    return facts.pivot(index="ags", columns="year", values="value")


def wape(facts: pd.DataFrame, group: str) -> dict[str, float]:
    regional = run(wide(facts), residents(), rules.rule(parameters()))[2]
    return {line.model: line.wape for line in regional.scores if line.group == group}


def test_where_leads_last_the_model_beats_constant_shares() -> None:
    scores = wape(land(kept=0.9), "5 years")
    assert scores["fachkraftwerk"] < 0.97 * scores["constant share"]


def test_where_leads_are_noise_the_model_shrinks_to_constant_shares() -> None:
    scores = wape(land(kept=0.0), "5 years")
    assert scores["fachkraftwerk"] < 1.10 * scores["constant share"]
    assert scores["fachkraftwerk"] < scores["own trend kept"]


def test_germany_known_in_advance_beats_germany_guessed() -> None:
    """Jobs follow people exactly; people begin to grow in 2010, which nobody could know in 2009."""
    one, known = rules.rule(parameters()), residents()
    growth = np.where(known.years > 2009, 0.02, 0.0)
    came = replace(known, people=known.people * np.exp(np.cumsum(growth))[:, None])
    employees = 1e7 * np.exp(np.cumsum(growth))[(known.years >= 1997) & (known.years <= 2009)]
    told = rules.germany(one, employees, came.until(2009), 7, growth[known.years > 2009])
    guessed = rules.germany(one, employees, came.until(2009), 7)
    assert abs(told[7] - 0.14) < abs(guessed[7] - 0.14)


def test_the_rule_uses_nothing_after_the_origin() -> None:
    known = residents(0.003)
    later = replace(known, people=np.where(known.years[:, None] > 2009, 9e9, known.people))
    employees = 1e7 * 1.01 ** np.arange(13.0)
    one = rules.rule(parameters())
    plain, shaken = (rules.germany(one, employees, people.until(2009), 7) for people in (known, later))
    assert plain.tolist() == shaken.tolist()


def test_a_spread_is_read_from_earlier_origins_and_widens_with_the_horizon() -> None:
    table = land(kept=0.9).pivot(index="ags", columns="year", values="value").to_numpy()
    keys = np.repeat(["01", "02", "03", "04"], 10)
    near, far = (rules.spread_of_kreise(rules.rule(parameters()), table, h, keys) for h in (1, 7))
    assert near.shape == (40,)
    assert (far > near).all()


def test_ranges_are_judged_wherever_there_is_more_than_one_origin() -> None:
    """All Kreise of one origin share an error of Germany: ten years ahead the ten origins hold a single case."""
    ten, every, _ = run(wide(land(kept=0.5)), residents(), rules.rule(parameters()))
    assert {line.group for line in ten.scores if not line.judged} == {"10 years"}
    assert all(line.judged for line in every.scores)
    far = {test.key: next(line.n for line in test.scores if line.group == "10 years") for test in (ten, every)}
    assert far == {"employment": 40, "employment_all": 40 * 8}


@pytest.mark.parametrize("key", ["employment", "employment_all", "employment_regional"])
def test_the_ranges_of_every_test_of_the_kreise_hold_as_a_whole(key: str) -> None:
    """The published result: 50 and 80 of 100 within seven points, wherever a test is read as one."""
    shipped = stored.shipped()
    assert shipped is not None
    found = {test["test"]: test["scores"] for test in shipped["tests"]}[key]
    ours = [line for line in found if line["model"] == OURS and line["judged"]]
    groups = [line for line in ours if line["group"] == "all"] or ours
    for line in groups:
        assert line["coverage_50"] == pytest.approx(50, abs=TOLERANCE), line["group"]
        assert line["coverage_80"] == pytest.approx(80, abs=TOLERANCE), line["group"]


def test_large_kreise_get_narrower_ranges_where_they_strayed_less() -> None:
    random = np.random.default_rng(7)
    size = np.exp(random.normal(11, 1, 200))
    shock = random.standard_normal((200, len(YEARS))) * 0.02 * (size[:, None] / np.median(size)) ** -0.3
    table = size[:, None] * np.exp(np.cumsum(shock, axis=1))
    keys = np.repeat([f"{key:02d}" for key in range(1, 11)], 20)
    found = rules.spread_of_kreise(rules.rule(parameters()), table, 3, keys)
    small, large = (found[mask].mean() for mask in (size < np.quantile(size, 0.2), size > np.quantile(size, 0.8)))
    assert large < 0.6 * small


def test_a_census_is_no_growth() -> None:
    known = residents()
    broken = replace(known, people=np.where(known.years[:, None] >= 2011, 0.98, 1.0) * known.people)
    assert national.growth(broken, (20, 66)) == pytest.approx(np.zeros(len(known.years)))
