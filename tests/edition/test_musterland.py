"""Musterland has everything the real land has."""

from __future__ import annotations

import gzip
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


def test_every_publication_is_passed_in_its_layout(musterland_edition: Edition) -> None:
    """Nothing of Musterland goes past the importers: each publication of the real land is written and read back."""
    from fachkraftwerk.edition.musterland.layouts import WRITERS
    from fachkraftwerk.sources.publication import publications

    real = {entry.id for entry in publications()}
    assert {*WRITERS, "ba-kldb2-niveau-alter-kreis"} == real
    read = [source for source in musterland_edition.sources.values() if not source.computed]
    assert len(read) == len(real) and all(source.files for source in read)


def test_the_layouts_are_those_of_the_publishers(tmp_path: Path) -> None:
    """Classic and flat csv, TSV, csv, GeoJSON, xlsx and old xls; plain, gzipped and zipped."""
    from fachkraftwerk.edition.musterland import publications

    paths = {path.name: path for one in publications(tmp_path, 1) for path in one.declared.paths(tmp_path)}
    begins = {name: path.read_bytes() for name, path in paths.items()}
    assert begins["inkar_export_2017.xls"].startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert b"FeatureCollection" in gzip.decompress(begins["kreise_vg5000_2023.geojson.gz"])
    assert b"xl/workbook.xml" in begins["PROJ_19RP3_basis_2019_einzelalter_kreise.xlsx"]
    assert begins["21111-02-06-4.csv"].startswith(b"GENESIS-Tabelle: 21111-02-06-4\n")
    assert begins["12411-01-01-4_de_flat.csv.zip"].startswith(b"PK")
    suffixes = {"".join(Path(name).suffixes[-2:]) for name in begins}
    assert {".xls", ".xlsx", ".csv", ".csv.gz", ".csv.zip", ".tsv.gz", ".geojson.gz"} <= suffixes


def test_the_layouts_lose_nothing(musterland_edition: Edition) -> None:
    """What comes back from the importers is what was written, in every table that has figures."""
    from fachkraftwerk.edition.musterland import invent

    compared = 0
    for name, table in invent(1)[0].items():
        if "value" not in table.columns or name == "workforce_published":
            continue
        found = musterland_edition.facts(name)
        keys = [column for column in table.columns if column not in {"value", "status"}]
        both = table.merge(found, on=keys, suffixes=("", "_read"), validate="one_to_one")
        assert len(both) == len(table) == len(found), name
        np.testing.assert_allclose(both["value"], both["value_read"], rtol=1e-4, atol=0.1, err_msg=name)
        compared += 1
    assert compared >= 35


def test_an_old_workbook_gives_back_its_cells() -> None:
    from fachkraftwerk.edition.musterland.xls import xls
    from fachkraftwerk.sources.reading import sheet, sheet_names

    rows = [["Kennziffer", "Größe", 2017.0], *([f"{n:05d}", "ß", n / 4] for n in range(3000))]
    data = xls({"Daten": rows, "Zweites": [[-1.5]]})
    assert sheet_names(data, "a.xls") == ["Daten", "Zweites"]
    assert sheet(data, "a.xls", "Daten") == rows and sheet(data, "a.xls", "Zweites") == [[-1.5]]
    assert xls({"Daten": rows, "Zweites": [[-1.5]]}) == data


def test_the_map_has_neighbours_and_an_island(musterland_edition: Edition) -> None:
    shapes = musterland_edition.facts("shapes").set_index("ags")
    assert shapes.loc["99001", "neighbours"] == "99002 99004"
    assert shapes.loc["99006", "path"].count("M") == 2
    assert shapes.loc["99005", "path"].count("M") == 1
