"""Kreiswanderungsmatrix and INKAR: two layouts each, that must agree."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from tests.sources import real, twins

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.sources.inkar.clean import clean as clean_inkar
from fachkraftwerk.sources.kreiswanderungsmatrix.clean import AGES
from fachkraftwerk.sources.kreiswanderungsmatrix.clean import clean as clean_migration
from fachkraftwerk.sources.kreiswanderungsmatrix.harmonise import harmonise
from fachkraftwerk.sources.publication import publication

FOLDER = "kreiswanderungsmatrix-alter-2018-2021"
BOOK = "KWS_Alter_Hessen_2021_original.xlsx"
LONG = "kreise_binnenwanderungssaldo_alter_2018_2021.csv.gz"
CSV, XLS = "inkar_export_2017.csv", "inkar_export_2017.xls"


@cache
def sample(id: str) -> dict[str, pd.DataFrame]:  # noqa: A002
    entry = publication(id)
    return entry.read(entry.sample).tables


def migration(name: str) -> bytes:
    return twins.sample("kreiswanderungsmatrix", f"{FOLDER}/{name}")


def inkar(name: str) -> bytes:
    return twins.sample("inkar", f"inkar-beispielexport/{name}")


def test_balances_are_added_over_all_origins() -> None:
    cleaned = clean_migration(migration(BOOK), BOOK)
    pairs = cleaned[(cleaned["ziel_ags"] == "06611") & (cleaned["altersgruppe"] == "18 - 25")]
    assert len(pairs) == 2
    table = sample("kreiswanderungsmatrix")["internal_migration"]
    assert real.total(table, year=2021, ags="06611", age="18-24") == pairs["value"].sum()
    assert set(table["age"]) == set(AGES.values())


def test_eisenach_joins_wartburgkreis() -> None:
    table = sample("kreiswanderungsmatrix")["internal_migration"]
    assert real.total(table, year=2020, ags="16063", age="65+") == 2 * real.total(
        table, year=2021, ags="16063", age="65+"
    )


def test_workbook_and_long_table_must_agree() -> None:
    changed = twins.replaced(migration(LONG), "2021,06611,\"Kassel, documenta-Stadt\",unter 18,-12", "2021,06611,\"Kassel, documenta-Stadt\",unter 18,-11")  # fmt: skip
    cleaned = {BOOK: clean_migration(migration(BOOK), BOOK), LONG: clean_migration(changed, LONG)}
    with pytest.raises(Refusal, match="06611, 2021, age 0-17") as caught:
        harmonise(cleaned)
    (row,) = re.findall(rf"{LONG}, Zeile/row (\d+)", caught.value.message("en"))
    assert "2021,06611" in changed.decode().splitlines()[int(row) - 1]
    assert f"{BOOK}, Zeile/row " in caught.value.message("de")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("altersgruppe", "alter", "„altersgruppe“ fehlt"),
        ("2021,06611", "2021,6611", "führende Null (06611)"),
        ("unter 18", "0 - 17", "„0 - 17“ ist hier unbekannt"),
        ("2021,06611", "2020,06611", "kommt doppelt vor"),
        (",-12,", ",minus,", "weder Zahl noch Zeichen"),
    ],
)
def test_broken_twins_of_the_long_table(old: str, new: str, said: str) -> None:
    assert said in twins.refusal(clean_migration, twins.replaced(migration(LONG), old, new), LONG).message("de")


def test_broken_twins_of_the_workbook() -> None:
    renamed = twins.book(
        migration(BOOK), lambda _, rows: [["Altersklassen" if c == "Altersgruppen" else c for c in r] for r in rows]
    )
    assert "Altersklassen" in twins.refusal(clean_migration, renamed, BOOK).message("de")
    assert "Jahr fehlt" in twins.refusal(clean_migration, migration(BOOK), "KWS_Alter_Hessen.xlsx").message("de")


def test_thousands_points_and_decimal_commas() -> None:
    table = sample("inkar")["indicators"].set_index(["ags", "indicator"])["value"]
    assert table[("06611", "Haushaltseinkommen")] == 1701 and table[("06611", "Krankenhausbetten")] == 12.34
    assert table[("06633", "Bruttoverdienst")] == 2702


def test_shares_of_merged_kreise_are_left_out() -> None:
    assert set(sample("inkar")["indicators"]["ags"]) == {"06611", "06633"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Kennziffer", "Schlüssel", "„Kennziffer“ fehlt"),
        (";;;2017;2017;2016", ";;;2017;;2016", "fehlt das Jahr"),
        ('"06611"', '"6611"', "führende Null (06611)"),
        ('"06633"', '"06611"', "kommt doppelt vor"),
        ('"1.701"', '"1.7o1"', "weder Zahl noch Zeichen"),
        (';"3,9"', "", "Zeile ist unvollständig"),
        ("Haushaltseinkommen", "Arbeitslosenquote", "kommt doppelt vor"),
    ],
)
def test_broken_twins_of_inkar(old: str, new: str, said: str) -> None:
    assert said in twins.refusal(clean_inkar, twins.replaced(inkar(CSV), old, new), CSV).message("de")


def test_csv_and_xls_say_the_same_where_both_speak() -> None:
    both = [clean_inkar(inkar(name), name).set_index(["Kennziffer", "Indikator"])["value"] for name in (CSV, XLS)]
    common = both[0].index.intersection(both[1].index)
    assert len(common) == 4 and both[0][common].equals(both[1][common])


@pytest.mark.slow
def test_real_migration(raw_dir: Path) -> None:
    table = real.tables("kreiswanderungsmatrix", raw_dir)["internal_migration"]
    expected = {"0-17": 1657, "18-24": -1723, "25-29": 254, "30-49": 2773, "50-64": 432, "65+": 355}
    assert {age: real.total(table, ags="06633", age=age) for age in expected} == expected
    assert set(table["ags"].str[:2]) == {"01", "02", "04", "06", "07", "10", "11", "12", "13", "14", "15", "16"}
    assert set(table["year"]) == {2018, 2019, 2020, 2021}


@pytest.mark.slow
def test_real_indicators(raw_dir: Path) -> None:
    table = real.tables("inkar", raw_dir)["indicators"]
    assert table["ags"].nunique() == 399 and table["indicator"].nunique() == 17
    assert real.total(table, ags="01001", indicator="Arbeitslosenquote") == 8.9
    assert real.total(table, ags="01002", indicator="Haushaltseinkommen") == 1604
