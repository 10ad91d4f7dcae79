"""Eurostat: demography in three layouts, GDP, EUROPOP2019."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from tests.sources import real, twins

from fachkraftwerk.core.facts import to_cube, to_facts
from fachkraftwerk.sources.eurostat_demografie.clean import clean
from fachkraftwerk.sources.eurostat_demografie.harmonise import age5, harmonise
from fachkraftwerk.sources.eurostat_gdp.clean import clean as clean_gdp
from fachkraftwerk.sources.eurostat_proj19rp3.clean import age_of
from fachkraftwerk.sources.eurostat_proj19rp3.clean import clean as clean_projection
from fachkraftwerk.sources.nuts import ags_by_nuts3
from fachkraftwerk.sources.publication import publication
from fachkraftwerk.sources.territory import MUSTERLAND, kreise

FOLDER = "eurostat-nuts3-demografie"
NEW, OLD = "estat_demo_r_pjangrp3.tsv.gz", "demo_r_pjangrp3_altes_tsv_format_nur_DE.tsv.gz"
BIRTHS = "births_nuts3_1990_2021.csv.gz"
GDP = "eurostat-nuts3-bip/estat_nama_10r_3gdp.csv.gz"
BASE = "eurostat-proj19rp3/PROJ_19RP3_basis_2019_einzelalter_kreise.xlsx"
HESSEN = "eurostat-proj19rp3/europop2019_basisvariante_hessen_2019_2050.csv"
AGES = [f"{low}-{low + 4}" for low in range(0, 85, 5)] + ["85+"]


@cache
def sample(id: str) -> dict[str, pd.DataFrame]:  # noqa: A002
    entry = publication(id)
    return entry.read(entry.sample).tables


def demography(name: str) -> bytes:
    return twins.sample("eurostat_demografie", f"{FOLDER}/{name}")


def test_first_of_january_is_the_last_of_december_of_the_year_before() -> None:
    assert set(sample("eurostat-demografie")["population_age5"]["year"]) == {2013, 2014}
    assert set(sample("eurostat-demografie")["deaths_age5"]["year"]) == {2014, 2015}


@pytest.mark.parametrize(
    ("code", "age"),
    [("Y_LT5", "0-4"), ("Y25-29", "25-29"), ("Y85-89", "85+"), ("Y_GE90", "85+"), ("Y_GE85", None), ("TOTAL", None), ("UNK", None)],
)  # fmt: skip
def test_ages(code: str, age: str | None) -> None:
    assert age5(code) == age


def test_ages_add_up_to_the_published_total() -> None:
    cleaned = clean(demography(NEW), NEW)
    published = cleaned[(cleaned["geo"] == "DE731") & (cleaned["age"] == "TOTAL") & (cleaned["sex"] == "F")]
    table = sample("eurostat-demografie")["population_age5"]
    for year, value in zip(published["year"], published["value"], strict=True):
        assert real.total(table, ags="06611", sex="f", year=year - 1) == value
    assert set(table["age5"]) == set(AGES)


def test_the_oldest_age_is_there_although_its_sum_is_missing() -> None:
    table = sample("eurostat-demografie")["population_age5"]
    assert real.total(table, ags="06611", sex="m", age5="85+", year=2013) > 0


def test_the_old_layout_says_the_same_as_the_new() -> None:
    old = harmonise({OLD: clean(demography(OLD), OLD)})["population_age5"]
    pd.testing.assert_frame_equal(
        old.drop(columns="file"), sample("eurostat-demografie")["population_age5"].drop(columns="file")
    )


def test_flags_become_a_status_and_the_figure_stays() -> None:
    table = sample("eurostat-demografie")["population_age5"]
    broken = table[table["status"] == "break"]
    assert broken[["year", "ags", "age5"]].drop_duplicates().to_numpy().tolist() == [[2014, "06611", "20-24"]]
    assert broken["value"].notna().all()
    births = sample("eurostat-demografie")["births"].set_index(["year", "ags"])
    assert births.loc[(2021, "06633"), ["value", "status"]].tolist() == [1893.0, "estimated"]


def test_a_merged_kreis_with_a_missing_part_has_no_figure() -> None:
    births = sample("eurostat-demografie")["births"].set_index(["year", "ags"])["value"]
    assert births[(2019, "16063")] == 330 + 900
    assert (2020, "16063") not in births.index


def test_facts_to_cube_to_facts_is_the_identity() -> None:
    facts = sample("eurostat-demografie")["deaths_age5"]
    dims = {d: sorted(facts[d].unique()) for d in ("year", "ags", "sex", "age5")}
    back = to_facts(to_cube(facts, dims))
    expected = facts.drop(columns=["status", "file"]).sort_values(list(dims), ignore_index=True)
    assert back.astype(str).equals(expected.astype(str))


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (NEW, "sex,", "gender,", "Die Spalte „sex“ fehlt"),
        (NEW, "\t2014 \t2015 ", "\tfirst\tsecond", "keine Jahre"),
        (NEW, "A,F,NR,Y5-9,DE731", "A,F,NR,Y_LT5,DE731", "kommt doppelt vor"),
        (NEW, ": \t", "k.A.\t", "ist keine Zahl"),
        (NEW, "A,F,NR,TOTAL,DE731\t", "A,F,NR,TOTAL,DE731\t-", "negativer Wert"),
        (NEW, "A,F,NR,TOTAL,DE731\t", "A,F,NR,TOTAL,DE731 ", "Die Zeile hat 2 statt 3 Spalten"),
        (BIRTHS, "geo", "region", "Die Spalte „geo“ fehlt"),
        (BIRTHS, ",2022,", ",,", "ist keine Zahl"),
    ],
)
def test_broken_twins_of_demography(name: str, old: str, new: str, said: str) -> None:
    assert said in twins.refusal(clean, twins.replaced(demography(name), old, new), name).message("de")


def test_another_country_is_refused() -> None:
    data = twins.inner(demography(BIRTHS)).replace(b",DE", b",FR")
    assert "Keine Zeile gehört zu" in twins.refusal(clean, data, BIRTHS).message("de")


def test_gdp_adds_amounts_and_leaves_figures_per_head_out() -> None:
    table = sample("eurostat-gdp")["gdp"]
    assert set(table["unit"]) == {"MIO_EUR"} and set(table["year"]) == {2019, 2020}
    assert real.total(table, ags="16063", year=2019) == 1500.5 + 3500.25
    merged = table[(table["ags"] == "16063") & (table["year"] == 2020)]
    assert merged["status"].tolist() == ["estimated"]


def test_broken_twin_of_gdp() -> None:
    data = twins.replaced(twins.sample("eurostat_gdp", GDP), "unit", "einheit")
    assert "„unit“ fehlt" in twins.refusal(clean_gdp, data, "gdp.csv").message("de")


def test_labels_of_the_data_browser_find_their_kreis() -> None:
    table = sample("eurostat-proj19rp3")["europop"]
    assert set(table["age"]) == set(range(101)) and set(table["sex"]) == {"m", "f"}
    assert real.total(table, ags="06611", sex="m", age=0) == 2 * 11 * 10
    assert "16056" not in set(table["ags"])
    assert (age_of("Less than 1 year"), age_of("7 years"), age_of("100 years or over"), age_of("Total")) == (
        0,
        7,
        100,
        None,
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("AGE (Labels)", "AGE", "Zeile 11 stehen keine Altersjahre"),
        ("Kassel, Landkreis", "Wartburgkreis", "kommt doppelt vor"),
        (2.0 * 11 * 10, "n/a", "weder Zahl noch Zeichen"),
    ],
)
def test_broken_twins_of_the_projection(old: object, new: object, said: str) -> None:
    def change(title: str, rows: list[list[object]]) -> list[list[object]]:
        return [[new if cell == old else cell for cell in row] for row in rows] if title == "Sheet 2" else rows

    data = twins.book(twins.sample("eurostat_proj19rp3", BASE), change)
    message = twins.refusal(clean_projection, data, "europop.xlsx").message("de")
    assert said in message and "Sheet 2" in message


def test_every_nuts_key_leads_to_a_kreis() -> None:
    real_ones = {key: ags for key, ags in ags_by_nuts3().items() if ags not in MUSTERLAND}
    assert len(real_ones) == 401
    assert set(real_ones.values()) - {"16056"} == set(kreise())


@pytest.mark.slow
def test_real_demography(raw_dir: Path) -> None:
    tables = real.tables("eurostat-demografie", raw_dir)
    people = tables["population_age5"]
    assert len(people) == 9 * 400 * 2 * 18
    assert real.total(people, year=2021, sex="f", ags="06611") == 101_767
    assert real.total(people, year=2021, sex="f", ags="06633") == 120_816
    assert real.total(people, year=2021) == 83_237_124
    assert real.total(tables["births"], year=2021) == 795_492
    assert real.total(tables["deaths"], year=2021) == 1_023_687
    assert real.total(tables["deaths_age5"], year=2013) == 893_825


@pytest.mark.slow
def test_real_old_layout_equals_the_new(raw_dir: Path) -> None:
    data = (raw_dir / FOLDER / OLD).read_bytes()
    old = harmonise({OLD: clean(data, OLD)})["population_age5"]
    new = real.tables("eurostat-demografie", raw_dir)["population_age5"]
    pd.testing.assert_frame_equal(old.drop(columns="file"), new.drop(columns="file"))


@pytest.mark.slow
def test_real_births_of_both_layouts_are_equal(raw_dir: Path) -> None:
    name = "live_births_nuts3.tsv.gz"
    tsv = harmonise({"births.tsv": clean((raw_dir / FOLDER / name).read_bytes(), name)})["births"].drop(columns="file")
    births = real.tables("eurostat-demografie", raw_dir)["births"]
    pd.testing.assert_frame_equal(tsv, births.drop(columns="file"))


@pytest.mark.slow
def test_real_gdp_and_projection(raw_dir: Path) -> None:
    gdp = real.tables("eurostat-gdp", raw_dir)["gdp"]
    assert real.total(gdp, ags="06611", unit="MIO_EUR", year=2018) == pytest.approx(10_384.44)
    tables = real.tables("eurostat-proj19rp3", raw_dir)
    assert real.total(tables["europop"], ags="06611") == 201_585
    assert real.total(tables["europop"], ags="06633") == 236_633
    assert tables["europop"]["ags"].nunique() == 400 and len(tables["europop_hessen"]) == 52
