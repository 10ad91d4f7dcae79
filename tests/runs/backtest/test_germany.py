"""Germany as one series: origins that are known, brackets where shares are not judged, words that follow figures."""

from dataclasses import replace

import numpy as np
import pytest

from fachkraftwerk.edition import open_edition
from fachkraftwerk.model.parameters import parameters
from fachkraftwerk.runs import national
from fachkraftwerk.runs.backtest import germany, outcomes, proofs
from fachkraftwerk.runs.backtest import rule as rules
from fachkraftwerk.runs.backtest.result import OURS, Test
from fachkraftwerk.runs.backtest.words import PEOPLE


@pytest.fixture(scope="module")
def series() -> germany.Series:
    return outcomes.series(open_edition(None).facts, parameters())


@pytest.fixture(scope="module")
def proof(series: germany.Series) -> Test:
    return germany.run(series, rules.rule(parameters()))


def steady(growth: float = 0.01) -> germany.Series:
    """Jobs and people that grow at one pace, to 2025; people known to 2021."""
    years = np.arange(1985, 2022)
    people = 1e6 * np.exp(growth * (years - 1985))[:, None] * np.ones(national.AGES)
    known = national.Residents(years, people, np.zeros_like(people), np.zeros(len(years)))
    return germany.Series(1997, 2e7 * np.exp(growth * np.arange(29)), known, np.full(41, growth))


def test_an_origin_needs_five_years_before_it_people_at_it_and_an_outcome_after_it() -> None:
    one = steady()
    assert one.last == 2025
    assert one.origins(10) == list(range(2002, 2016))
    assert one.origins(1)[-1] == 2021
    assert one.origins(10, until=2019)[-1] == 2009
    assert one.at([2002], 10)[0] == one.employees[15]


def test_the_rule_sees_nothing_after_the_origin() -> None:
    plain, shaken = steady(), steady()
    shaken.employees[20:] *= 3
    one = rules.rule(parameters())
    before = [origin for origin in plain.origins(1) if origin < 2016]
    assert np.allclose(germany.errors(plain, one, 1)[: len(before)], germany.errors(shaken, one, 1)[: len(before)])
    assert not np.allclose(germany.errors(plain, one, 1), germany.errors(shaken, one, 1))


def test_people_as_they_came_continue_where_the_origin_ends() -> None:
    one = steady()
    one.grown[:] = np.arange(41)
    assert one.came(1985)[0] == 1
    assert one.came(2009)[0] == 2009 - 1985 + 1


def test_outcomes_reach_the_latest_quarterly_figures(series: germany.Series) -> None:
    assert (series.first, series.last) == (1997, 2025)
    assert series.employees[-1] == pytest.approx(34_883_328)
    assert series.employees[2019 - 1997] == pytest.approx(33.4e6, rel=1e-3)
    steps = np.diff(np.log(series.employees))
    assert np.abs(steps).max() < 0.04, "two sources that do not fit each other leave a jump"


def test_the_table_of_kreise_goes_on_without_a_jump() -> None:
    table = outcomes.kreise(open_edition(None).facts)
    assert table.shape == (400, 24)
    moved = np.log(table[2020] / table[2019])
    assert abs(moved.median()) < 0.02
    assert moved.abs().max() < 0.15


def test_people_go_on_where_their_table_ends(series: germany.Series) -> None:
    """1.46 million arrivals in 2022 must show in the growth of residents of working age."""
    at = 2022 - int(series.residents.years[0])
    assert series.grown[at] > 0.01 > series.grown[at + 2]


def test_our_rule_is_ahead_of_every_rival_at_every_horizon(proof: Test) -> None:
    assert all(proof.won().values())


def test_the_note_says_what_the_choice_rested_on_and_what_came_after(proof: Test) -> None:
    told = next(note for note in proof.notes if "2019" in note.en and "choice" in note.en)
    wape = {line.model: line.wape for line in proof.scores if line.group == "10 years"}
    assert f"{wape[OURS]:.1f} % against {wape['no change']:.1f} %, 14 origins" in told.en
    assert "8 origins" in told.en


def test_shares_of_one_series_stand_in_brackets(proof: Test) -> None:
    ours = next(line for line in proof.scores if line.model == OURS and line.group == "10 years")
    assert not ours.judged
    assert f"({ours.coverage_50:.1f}) | ({ours.coverage_80:.1f})" in proofs.markdown([proof], "en")
    assert next(line for line in proof.scores if line.model == PEOPLE).coverage_50 is None


def test_what_todays_spread_would_have_held_is_counted_and_said(series: germany.Series) -> None:
    values = parameters()
    wide = replace(values["demand.demand_total"].distribution, spread={"national": 9.0})  # type: ignore[type-var]
    told = germany.run(series, rules.rule(values), wide).notes[-1]
    assert "10 years ahead 14 and 14 of 14" in told.en
    assert "10 Jahre voraus 14 und 14 von 14" in told.de
