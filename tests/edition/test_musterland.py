"""Musterland has everything the real land has."""

from __future__ import annotations

from pathlib import Path

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


def test_most_tables_passed_the_publishers_layouts(musterland_edition: Edition) -> None:
    """Classic and flat csv (plain, gzip, zip), Eurostat old, new and csv, BA, BBSR, GENESIS and other workbooks."""
    invented = {"map", "people", "work", "schools", "words"}
    read = {
        name for name, source in musterland_edition.sources.items() if name.removeprefix("musterland-") not in invented
    }
    through = {name for name, entry in musterland_edition.tables.items() if set(entry["sources"]) & read}
    assert len(through) >= 35
    kinds = {".csv", ".zip", ".gz", ".xlsx", ".xls"}
    files = [file.name for name in read for file in musterland_edition.sources[name].files]
    assert kinds == {f".{name.rsplit('.', 1)[1]}" for name in files}


def test_the_layouts_lose_nothing() -> None:
    """What comes back from the importers is what was written."""
    import tempfile

    from fachkraftwerk.edition.build import FromFolder
    from fachkraftwerk.edition.musterland import people, publications

    living = people.people_tables(people.simulate(1))
    with tempfile.TemporaryDirectory() as raw:
        readables = [one for one in publications(Path(raw), 1) if isinstance(one, FromFolder)]
        found = {name: table for one in readables for name, table in one.read().tables.items()}
    for name in ("population_age", "population_age5", "deaths_age5", "births", "population_total", "births_month_de"):
        keys = [column for column in living[name].columns if column not in {"value", "status"}]
        both = living[name].merge(found[name], on=keys, suffixes=("", "_read"), validate="one_to_one")
        assert len(both) == len(living[name])
        np.testing.assert_allclose(both["value"], both["value_read"], rtol=1e-12)
