"""Participation, sectors, unemployment, employees, students, school leavers, income."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from tests.sources.real import tables, total

from fachkraftwerk.sources.labels import with_men
from fachkraftwerk.sources.publication import publication


def of_sample(key: str) -> dict[str, pd.DataFrame]:
    entry = publication(key)
    return entry.read(entry.sample).tables


def test_men_are_total_minus_women() -> None:
    table = pd.DataFrame(
        {"ags": ["1", "1", "2", "2", "3", "3"], "sex": ["total", "f"] * 3, "value": [10.0, 4, 5, float("nan"), 2, 2],
         "status": ["", "", "", "secret", "", ""]}
    )  # fmt: skip
    men = with_men(table).query("sex == 'm'").set_index("ags")
    assert men["value"]["1"] == 6 and men["status"]["1"] == ""
    assert pd.isna(men["value"]["2"]) and men["status"]["2"] == "secret"
    assert men["value"]["3"] == 0 and men["status"]["3"] == "zero"


def test_participation_marks_breaks_and_signs() -> None:
    table = of_sample("genesis-12211-0003")["participation"].set_index(["year", "sex", "age5", "status_group"])
    assert table.loc[(2004, "m", "15-19", "population"), "status"] == ""
    assert table.loc[(2005, "m", "15-19", "population"), "status"] == "break"
    assert table.loc[(2005, "m", "0-14", "employed"), "status"] == "secret"
    assert table.loc[(2005, "m", "65+", "unemployed"), "status"] == "unreliable"


def test_sectors_keep_secrets() -> None:
    table = of_sample("regionalstatistik-13111-07-05-4")["sectors"]
    assert set(table["status"]) == {"", "zero", "secret"}
    assert table["value"].isna().equals(table["status"] == "secret")
    assert table["sector"].nunique() == 14


def test_rates_of_merged_kreise_lie_between_their_parts() -> None:
    rates = of_sample("regionalstatistik-13211-02-05-4")["unemployment_rate"]
    merged = rates[(rates["ags"] == "16063") & (rates["year"] == 2020) & (rates["group"] == "total")]["value"].item()
    from fachkraftwerk.sources.regionalstatistik_13211_02_05_4.clean import COLUMNS, clean

    path = publication("regionalstatistik-13211-02-05-4").sample / "13211-02-05-4_2015-2020.csv"
    raw = clean(path.read_bytes(), path.name)
    parts = raw[raw["ags"].isin(["16056", "16063"]) & (raw["year"] == "2020") & (raw["column"] == COLUMNS[8])]["value"]
    assert len(parts) == 2 and parts.min() < merged < parts.max()


def test_a_dash_for_all_employees_means_not_there_yet() -> None:
    table = of_sample("regionalstatistik-13111-01-03-4")["svb_recent"]
    hessen = table[(table["region"] == "06633") & (table["day"] == "2025-06-30")]
    assert set(hessen["status"]) == {"pending"} and hessen["value"].isna().all()
    table = of_sample("genesis-13111-0005")["svb_recent"]
    assert table[(table["region"] == "06") & (table["sex"] == "total")]["value"].gt(0).all()


def test_students_may_really_be_none() -> None:
    table = of_sample("regionalstatistik-21311-01-01-4-b")["students"]
    assert set(table[table["ags"] == "06633"]["status"]) == {"zero"}
    assert table[(table["ags"] == "06611")]["value"].sum() > 0


def test_quality_marks_of_the_services() -> None:
    table = of_sample("regionalstatistik-12211-z-11")["living_arrangements"]
    assert {"", "estimated"} <= set(table["status"])  # "e" means final in this publication


def test_income_per_head_of_merged_kreise() -> None:
    table = of_sample("regionalstatistik-82411-01-03-4")["income"].set_index(["ags", "measure"])["value"]
    assert table["16063", "total"] == 576_045 + 1_690_686
    assert 13_752 <= table["16063", "per_head"] <= 13_997


@pytest.mark.parametrize("key", ["regionalstatistik-21111-02-06-4", "regionalstatistik-21121-02-02-4"])
def test_leavers_by_sex_add_up(key: str) -> None:
    (table,) = of_sample(key).values()
    wide = table.pivot(index=["year", "ags", "certificate"], columns="sex", values="value").dropna()
    assert len(wide) and (wide["m"] + wide["f"] == wide["total"]).all()


def test_real_participation(raw_dir: Path) -> None:
    table = tables("genesis-12211-0003", raw_dir)["participation"]
    assert sorted(table["year"].unique()) == list(range(1991, 2020))
    young = table.query("year == 1991 and sex == 'm' and age5 == '15-19'").set_index("status_group")["value"]
    assert young.to_dict() == {"population": 2215, "employed": 927, "unemployed": 60}
    recent = tables("genesis-12211-0001", raw_dir)["participation"]
    assert set(recent["year"]) == {2024} and set(recent["age5"]) >= {"15-19", "75+"}
    assert abs(total(recent, age5="30-34", status_group="employed") - 4543) <= 1


def test_real_sectors(raw_dir: Path) -> None:
    table = tables("regionalstatistik-13111-07-05-4", raw_dir)["sectors"]
    all_ = table[(table["sex"] == "total") & (table["nationality"] == "total") & (table["year"] == 2020)]
    found = all_.set_index(["ags", "sector"])["value"]
    assert found["06611", "total"] == 111_411 and found["06611", "C"] == 15_782 and found["06611", "O-Q"] == 34_902
    assert found["06633", "total"] == 74_731 and found["06633", "C"] == 28_162
    assert table.groupby("year")["ags"].nunique().eq(400).all()
    assert not found.xs("total", level="sector").isna().any()


def test_real_unemployment(raw_dir: Path) -> None:
    found = tables("regionalstatistik-13211-02-05-4", raw_dir)
    persons = found["unemployment"].query("group == 'total'").set_index(["ags", "year"])["value"]
    rates = found["unemployment_rate"].query("group == 'total'").set_index(["ags", "year"])["value"]
    assert persons["06611", 2020] == 9_092 and persons["06611", 2025] == 10_066
    assert persons["06633", 2020] == 5_547 and persons["06633", 2025] == 6_084
    assert rates["06611", 2025] == 9.0 and rates["06633", 2025] == 4.7
    assert persons["16063", 2020] == 1_677 + 3_138
    assert persons.groupby("year").sum()[2025] == pytest.approx(2_948_092, abs=400)
    assert rates.groupby("year").size().eq(400).all()


def test_real_school_leavers(raw_dir: Path) -> None:
    leavers = tables("regionalstatistik-21111-02-06-4", raw_dir)["school_leavers"]
    leavers = leavers.query("sex == 'total'").set_index(["ags", "certificate"])["value"]
    assert [leavers["06611", c] for c in ("total", "abitur", "secondary")] == [1_870, 616, 837]
    assert [leavers["06633", c] for c in ("total", "abitur", "secondary")] == [2_075, 472, 1_128]
    land = tables("destatis-schulabgaenge-laender", raw_dir)["school_leavers_land"]
    assert total(land, year=2023, land="DG", certificate="abitur", sex="total") == 259_230
    income = tables("regionalstatistik-82411-01-03-4", raw_dir)["income"].set_index(["ags", "measure"])["value"]
    assert len(income) == 800 and 15_000 < income["06633", "per_head"] < 40_000


def test_real_employees_and_students(raw_dir: Path) -> None:
    recent = tables("regionalstatistik-13111-01-03-4", raw_dir)["svb_recent"]
    assert total(recent, region="DG", sex="total", nationality="foreign") == 5_837_916
    assert set(recent[recent["region"] == "06633"]["status"]) == {"pending"}
    assert tables("genesis-13111-0005", raw_dir)["svb_recent"]["day"].nunique() == 8
    students = tables("regionalstatistik-21311-01-01-4-b", raw_dir)["students"]
    assert total(students, ags="06412", sex="total", nationality="foreign", subject="total") == 12_929
    assert len(students) == 400 * 90
