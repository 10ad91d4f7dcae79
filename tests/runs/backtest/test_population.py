"""The population back-test on the shipped tables: its steps by hand, and its promise against the naive rivals."""

import numpy as np
import pytest

from fachkraftwerk.runs.backtest import population, result


@pytest.fixture(scope="module")
def proof() -> result.Test:
    from fachkraftwerk.edition import open_edition
    from fachkraftwerk.runs.backtest.proofs import POPULATION_TABLES

    edition = open_edition(None)
    return population.run({name: edition.facts(name) for name in POPULATION_TABLES})


def test_five_year_groups_are_split_and_joined_without_losing_anybody() -> None:
    random = np.random.default_rng(1)
    groups, single = random.uniform(10, 100, (3, 2, 18)), random.uniform(1, 2, (2, 91))
    assert population._join(population._split(groups, single)) == pytest.approx(groups)


def test_an_open_last_group_is_spread_by_a_steady_decline_that_keeps_its_sum() -> None:
    single = np.ones((2, 91))
    single[:, 86:] = np.nan
    single[:, 85] = 50.0
    filled = population._filled(single)
    assert filled[0, 85:].sum() == pytest.approx(50.0)
    assert (np.diff(filled[0, 85:]) < 0).all()


def test_working_age_is_forecast_better_than_by_any_naive_rival(proof: result.Test) -> None:
    lines = {line.model: line for line in proof.scores if line.group == "15–64"}
    assert lines["fachkraftwerk"].wape == min(line.wape for line in lines.values())
    assert lines["fachkraftwerk"].wape < 0.6 * lines["no change"].wape


def test_the_ranges_at_working_age_hold_what_they_promise(proof: result.Test) -> None:
    line = next(one for one in proof.scores if one.group == "15–64" and one.model == "fachkraftwerk")
    assert line.coverage_50 == pytest.approx(50, abs=7)
    assert line.coverage_80 == pytest.approx(80, abs=7)


def test_every_kreis_has_an_error_for_the_map(proof: result.Test) -> None:
    assert len(proof.errors) == 400
    assert np.isfinite(list(proof.errors.values())).all()
