"""Population: single ages, age groups, Germany and Länder, life tables, fertility, area."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from tests.sources.real import tables, total

from fachkraftwerk.sources.destatis_bevoelkerung_einzelalter import clean as single_age_clean
from fachkraftwerk.sources.labels import age_group, single_age
from fachkraftwerk.sources.publication import publication
from fachkraftwerk.sources.territory import kreise


def of_sample(key: str) -> dict[str, pd.DataFrame]:
    entry = publication(key)
    return entry.read(entry.sample).tables


def test_age_labels() -> None:
    assert age_group("unter 3 Jahre") == "0-2"
    assert age_group("3 bis unter 6 Jahre") == "3-5"
    assert age_group("75 Jahre und mehr") == "75+"
    assert [single_age(w) for w in ("unter 1 Jahr", "17-Jährige", "100 Jahre und mehr")] == [0, 17, 100]


def test_single_ages_of_the_sample() -> None:
    table = of_sample("destatis-bevoelkerung-einzelalter")["population_age"]
    assert sorted(table["age"].unique()) == list(range(91))
    assert sorted(table["ags"].unique()) == ["02000", "06611", "06633", "11000", "16063"]
    entry = publication("destatis-bevoelkerung-einzelalter")
    raw = single_age_clean.clean((entry.sample / "bevoelkerung_2024_muster.xlsx").read_bytes(), "muster.xlsx")
    both = raw[(raw["ags"] == "06633") & (raw["sheet"] == "Insgesamt")]["value"].sum()
    assert total(table, ags="06633") == both


def test_groups_follow_the_boundary_reforms() -> None:
    table = of_sample("genesis-12411-0018")["population_groups"]
    assert {"03159", "16063", "06611"} <= set(table["ags"]) and not {"03152", "16056"} & set(table["ags"])
    assert set(table["year"]) == {2015, 2016, 2020}
    assert table.groupby(["year", "ags"]).size().eq(2 * 17).all()


def test_the_census_is_a_break() -> None:
    table = of_sample("regionalstatistik-12411-02-03-4")["population_groups"]
    assert set(table[table["year"] == 2023]["status"]) == {"break"}
    assert set(table[table["year"] == 2024]["status"]) == {""}
    germany = of_sample("genesis-12411-0006")["population_age_de"]
    assert set(germany[germany["year"] == 2011]["status"]) == {"break"}


def test_months_that_are_not_there_yet_are_pending() -> None:
    births = of_sample("genesis-12612-0002")["births_month_de"]
    late = births[(births["year"] == 2022) & (births["month"] == 12)]
    assert set(late["status"]) == {"pending"} and late["value"].isna().all()


def test_projected_fertility_is_marked() -> None:
    table = of_sample("un-wpp2022")["fertility"].set_index(["year", "age5"])
    assert table.loc[(2021, "30-34"), "status"] == "" and table.loc[(2022, "30-34"), "status"] == "estimated"


def test_areas_of_merged_kreise_are_added() -> None:
    table = of_sample("destatis-gemeindeverzeichnis")["area"].set_index("ags")["value"]
    assert table["16063"] == 1350.75 and "16056" not in table.index


def test_real_single_ages(raw_dir: Path) -> None:
    table = tables("destatis-bevoelkerung-einzelalter", raw_dir)["population_age"]
    assert total(table, ags="06611") == 197_230
    assert total(table, ags="06633") == 231_073
    assert table["value"].sum() == 83_577_140
    assert tuple(sorted(table["ags"].unique())) == kreise()
    assert len(table) == 400 * 2 * 91


def test_real_groups(raw_dir: Path) -> None:
    table = tables("genesis-12411-0018", raw_dir)["population_groups"]
    assert total(table, ags="06611", year=2020) == 201_048
    assert total(table, ags="06633", year=2020) == 237_007
    assert table.groupby("year")["ags"].nunique().eq(400).all()
    assert total(table, year=2020) == 83_155_031
    recent = tables("regionalstatistik-12411-02-03-4", raw_dir)["population_groups"]
    assert total(recent, ags="06611", year=2024) == 197_230
    assert total(recent, year=2024) == 83_577_140


def test_real_tables_of_2024_agree(raw_dir: Path) -> None:
    single = (
        tables("destatis-bevoelkerung-einzelalter", raw_dir)["population_age"].groupby(["ags", "sex"])["value"].sum()
    )
    flat = tables("regionalstatistik-12411-01-01-4", raw_dir)["population_total"]
    by_sex = flat[flat["sex"] != "total"].groupby(["ags", "sex"])["value"].sum()
    pd.testing.assert_series_equal(single, by_sex, check_names=False)


def test_real_germany_and_laender(raw_dir: Path) -> None:
    keys = ("12411-0006", "12411-0013", "12612-0002", "12613-0004", "12613-0006")
    found = {name: table for key in keys for name, table in tables(f"genesis-{key}", raw_dir).items()}
    assert total(found["population_age_de"], year=2021) == 83_237_124
    assert total(found["population_age_land"], year=2021) == 83_237_124
    assert total(found["population_age_land"], year=2021, land="06") == 6_295_017
    assert total(found["deaths_age_de"], year=2020) == 985_572
    assert total(found["deaths_month_de"], year=2020) == 985_572
    assert total(found["births_month_de"], year=2021) == 795_492
    assert sorted(found["population_age_de"]["year"].unique()) == list(range(1970, 2022))


def test_real_life_tables(raw_dir: Path) -> None:
    table = tables("destatis-periodensterbetafeln", raw_dir)["life_table"]
    assert sorted(table["period"].unique()) == list(range(2013, 2021))
    assert len(table) == 8 * 2 * 101
    survivors = (1 - table[(table["period"] == 2020) & (table["sex"] == "m")].set_index("age")["value"]).cumprod()
    expectancy = 0.5 + survivors[:100].sum()  # whole years lived, half a year in the year of death
    assert abs(expectancy - 78.635) < 0.2


def test_real_fertility(raw_dir: Path) -> None:
    table = tables("un-wpp2022", raw_dir)["fertility"]
    of_2021 = table[table["year"] == 2021].set_index("age5")["value"]
    assert of_2021["30-34"] == 106.78 and of_2021["15-19"] == 7.47
    assert 1.5 < of_2021.sum() * 5 / 1000 < 1.6


def test_real_area(raw_dir: Path) -> None:
    table = tables("destatis-gemeindeverzeichnis", raw_dir)["area"]
    assert len(table) == 400
    assert abs(table["value"].sum() - 357_573.74) < 1
