"""Spreads from past errors: a known error process is found again, and the values in use stay near the estimates."""

import numpy as np
import pandas as pd
import pytest

from fachkraftwerk.model.parameters import parameters
from fachkraftwerk.runs import national
from fachkraftwerk.runs.backtest import germany, hindcasts, spread_table, spreads


@pytest.fixture(scope="module")
def lines() -> list[spreads.Line]:
    from fachkraftwerk.edition import open_edition

    return spreads.table(open_edition(None))


@pytest.mark.parametrize("power", [0.0, 0.5, 1.0])
def test_spread_and_growth_of_a_known_process_are_found_again(power: float) -> None:
    random = np.random.default_rng(3)
    errors = {h: 0.05 * (h / 7) ** power * random.standard_normal(4000) for h in range(1, 11)}
    found = spreads.fit(errors)
    assert found is not None
    assert found.spread == pytest.approx(0.05, rel=0.03)
    assert found.power == pytest.approx(power, abs=0.03)
    assert found.low == pytest.approx(found.spread, rel=0.05)


def test_what_all_origins_have_in_common_is_left_out_of_the_lower_end_only() -> None:
    random = np.random.default_rng(3)
    found = spreads.fit({7: 0.10 + 0.02 * random.standard_normal(250), 8: 0.10 + 0.02 * random.standard_normal(250)})
    assert found is not None
    assert found.spread == pytest.approx(0.102, rel=0.05)
    assert found.low == pytest.approx(0.02, rel=0.15)


def test_one_horizon_is_stretched_as_a_random_walk_and_too_few_errors_give_nothing() -> None:
    found = spreads.fit({10: np.full(5, 0.1)})
    assert found is not None
    assert found.spread == pytest.approx(0.1 * (7 / 10) ** 0.5)
    assert spreads.fit({7: np.array([0.1, 0.2])}) is None
    assert spreads.fit({}) is None


def test_land_and_kreis_errors_are_parted() -> None:
    land = np.array(["01"] * 50 + ["02"] * 50)
    random = np.random.default_rng(1)
    own = 0.01 * random.standard_normal(100)
    common, left = hindcasts.split(np.where(land == "01", 0.03, -0.03) + own, land, np.ones(100))
    assert common == pytest.approx([0.03, -0.03], abs=0.005)
    assert left.std() == pytest.approx(0.01, rel=0.2)


def test_errors_that_fall_with_size_are_brought_to_the_median_size() -> None:
    random = np.random.default_rng(4)
    size, land = np.exp(random.normal(11, 1, 600)), np.repeat([f"{key:02d}001" for key in range(1, 13)], 50)
    errors = 0.03 * random.standard_normal((12, 600)) * (size / np.median(size)) ** -0.25
    found = hindcasts.Regional({7: errors}, land, size)
    assert found.powers()[7] == pytest.approx(0.25, abs=0.04)
    _, lower = found.parts(0.25)
    assert lower[7].std() == pytest.approx(0.03, rel=0.05)


def test_neighbours_that_stray_alike_are_found_and_strangers_are_not() -> None:
    """A ring of 600 places; each holds a tenth of what its two neighbours have of their own."""
    random, share = np.random.default_rng(5), 0.1
    drawn = random.standard_normal((40, 600))
    own = (drawn + share * (np.roll(drawn, 1, 1) + np.roll(drawn, -1, 1))) / np.sqrt(1 + 2 * share**2)
    place = np.arange(600)
    found = hindcasts.Regional({7: own}, np.full(600, "01001"), np.ones(600))
    ring, far = (np.stack([(place - step) % 600, (place + step) % 600], axis=1) for step in (1, 7))
    assert found.near(0.0, ring)[7] == pytest.approx(2 * share, abs=0.03)
    assert found.near(0.0, far)[7] == pytest.approx(0.0, abs=0.03)


def test_a_rule_that_knows_the_truth_makes_no_error() -> None:
    """Germany without growth, shares that never move: the employment rule must be exact."""
    table = pd.DataFrame(1000.0, index=["01001", "01002", "02001"], columns=range(1997, 2020))
    years = np.arange(1985, 2022)
    still = np.full((len(years), national.AGES), 100.0)
    people = national.Residents(years, still, np.zeros_like(still), np.zeros(len(years)))
    series = germany.Series(1997, table.to_numpy().sum(0), people, np.zeros(len(years)))
    assert all(np.allclose(e, 0) for e in hindcasts.employment_national(series, parameters()).values())
    upper, lower = hindcasts.employment_regional(table, parameters()).parts(0.2)
    assert all(np.allclose(e, 0) for e in (*upper.values(), *lower.values()))


def test_migration_errors_of_a_steady_flow_are_nothing_and_a_jump_is_seen() -> None:
    years = range(1990, 2022)
    flat = pd.DataFrame({"year": list(years), "value": [80e6 + 2e5 * i for i, _ in enumerate(years)]})
    none = pd.DataFrame({"year": list(years), "value": 0.0})
    assert all(np.allclose(e, 0) for e in hindcasts.migration_national(flat, none, none).values())
    jump = flat.assign(value=flat["value"] + np.where(flat["year"] >= 2015, 1e6, 0))
    assert np.abs(hindcasts.migration_national(jump, none, none)[1]).max() > 9e5


def test_every_uncertain_assumption_stands_in_the_table(lines: list[spreads.Line]) -> None:
    wanted = {(k, s) for k, p in parameters().uncertain().items() if p.distribution for s in p.distribution.spread}
    assert {(line.key, line.scope) for line in lines} == wanted
    assert all(line.basis.de and line.basis.en for line in lines)
    assert sum(line.estimate is not None for line in lines) >= 10


def test_a_spread_that_calls_itself_estimated_lies_near_the_estimate(lines: list[spreads.Line]) -> None:
    marked = {f"{line.key}.{line.scope}": line.outside for line in lines if line.marked and line.outside}
    far = {key: factor for key, factor in marked.items() if not 1 / spreads.LIMIT <= factor <= spreads.LIMIT}
    assert not far, f"outside the band by more than {spreads.LIMIT}: {far}"


def test_the_table_can_be_read_in_both_languages(lines: list[spreads.Line]) -> None:
    german, english = spread_table.markdown(lines, "de"), spread_table.markdown(lines, "en")
    assert "nicht schätzbar" in german
    assert "cannot be estimated" in english
    assert german.count("\n|") == english.count("\n|")
    assert "Spanne nach Größe des Kreises" in german
    assert "2.0 × median" in english


def test_spreads_that_fall_with_size_lie_within_their_band(lines: list[spreads.Line]) -> None:
    laws = {line.key: line.size for line in lines if line.size is not None}
    assert set(laws) == {"demand.demand_total", "population.regional_migration"}
    assert all(law.low <= law.used <= law.high and law.low > 0 for law in laws.values())
