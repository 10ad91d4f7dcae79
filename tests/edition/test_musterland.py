"""Musterland has everything the real land has."""

from __future__ import annotations

import numpy as np

from fachkraftwerk.edition import Edition, open_edition


def test_all_tables_of_the_shipped_edition_with_the_same_columns(musterland_edition: Edition) -> None:
    shipped = open_edition()
    assert set(musterland_edition.tables) == set(shipped.tables)
    for name, entry in shipped.tables.items():
        assert set(musterland_edition.tables[name]["columns"]) == set(entry["columns"]), name


def test_cells_are_suppressed_and_estimated(musterland_edition: Edition) -> None:
    published = musterland_edition.facts("workforce_published")
    workforce = musterland_edition.facts("workforce")
    hidden = (published["status"] == "secret").mean()
    assert 0.3 < hidden < 0.8
    assert workforce["estimated"].mean() == hidden
    assert workforce["value"].notna().all()


def test_half_of_the_land_has_tables_of_its_own(musterland_edition: Edition) -> None:
    own = set(musterland_edition.facts("workforce_he_totals")["ags"])
    assert 0 < len(own) < 12


def test_the_city_draws_commuters(musterland_edition: Edition) -> None:
    flows = musterland_edition.facts("commuting")
    into = flows[flows["work"] == "99001"]["value"].sum()
    out = flows[flows["home"] == "99001"]["value"].sum()
    assert into > 2 * out


def test_the_cohorts_age_year_by_year(musterland_edition: Edition) -> None:
    germany = musterland_edition.facts("population_age_de").pivot_table(
        index="year", columns="age", values="value", aggfunc="sum"
    )
    ratio = germany.loc[2021, 50] / germany.loc[2011, 40]
    assert 0.95 < ratio < 1.1


def test_a_merger_and_a_division(musterland_edition: Edition) -> None:
    regions = musterland_edition.facts("regions").set_index("ags")
    assert regions.loc["99013", "valid_to"] == "2021-06-30"
    assert regions.loc["99005", "successors"].split() == ["99005", "99014"]
    recoding = musterland_edition.facts("recoding")
    assert "99013" in set(recoding["from_ags"])


def test_jobs_and_population_are_of_plausible_size(musterland_edition: Edition) -> None:
    people = musterland_edition.facts("population_total").query("sex == 'total'")["value"].sum()
    jobs = musterland_edition.facts("workforce")["value"].sum()
    assert 0.3 < jobs / people < 0.45
    shares = musterland_edition.facts("qualification_share")
    np.testing.assert_allclose(shares.groupby(["occupation", "level"])["value"].sum(), 1, atol=1e-5)
