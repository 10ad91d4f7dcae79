"""Classifications, the BLS projections and published reference values."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from tests.sources import real, twins

from fachkraftwerk.core.classifications import OCCUPATIONS
from fachkraftwerk.sources.bls_ruecktest.clean import clean as clean_bls
from fachkraftwerk.sources.kldb_2010.clean import clean as clean_kldb
from fachkraftwerk.sources.publication import FOLDER, publication
from fachkraftwerk.sources.references.clean import clean as clean_references
from fachkraftwerk.sources.wz_2008.clean import clean as clean_wz

KLDB = "kldb-2010-v2020/KldB_2010_V2020_Gliederung_mit_Erlaeuterung_2025-02-03.csv.gz"
WZ = "wz-2008/WZ_2008.xlsx"
OLD = "bls-ruecktest-usa/bls_projektion_2010_2020_table_1_2.csv"
NEW = "bls-ruecktest-usa/bls_projektion_2020_2030_employment_projections.csv"


@cache
def sample(id: str) -> dict[str, pd.DataFrame]:  # noqa: A002
    entry = publication(id)
    return entry.read(entry.sample).tables


def test_leading_zeros_of_occupations_come_back_by_level() -> None:
    kldb = sample("kldb-2010")["kldb"]
    assert kldb["code"].tolist() == ["0", "01", "011", "0110", "01104", "4", "43"]
    assert (kldb["code"].str.len() == kldb["level"]).all()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Ebene", "Stufe", "„Ebene“ fehlt"),
        ("\n43;2", "\n43;6", "„6“ ist hier unbekannt"),
        ("\n43;2", "\n43;1", "passt nicht zur Ebene 1"),
        ("\n43;2", "\n1;2", "kommt doppelt vor"),
        ('"Führungsaufgaben', '"Führungs"aufgaben', "Anführungszeichen"),
    ],
)
def test_broken_twins_of_the_kldb(old: str, new: str, said: str) -> None:
    data = twins.replaced(twins.sample("kldb_2010", KLDB), old, new)
    assert said in twins.refusal(clean_kldb, data, "kldb.csv").message("de")


def test_broken_twins_of_the_wz() -> None:
    good = twins.sample("wz_2008", WZ)
    for old, new, said in (
        ("01.1", "01.x", "kein WZ-Schlüssel"),
        ("01.1", "01", "doppelt"),
        ("Titel", "Name", "„Titel“ fehlt"),
    ):
        data = twins.book(good, lambda _, rows, o=old, n=new: [[n if c == o else c for c in r] for r in rows])
        assert said in twins.refusal(clean_wz, data, "wz.xlsx").message("de")


def test_bls_tables_meet_by_code() -> None:
    bls = sample("bls-ruecktest")["bls"].set_index("soc")
    assert bls.loc["11-1011", ["employment_2010", "projected_2020", "actual_2020"]].tolist() == [
        300_000,
        310_500,
        290_500,
    ]
    assert bls.loc["11-1011", "title"] == "Chief executives"
    assert pd.isna(bls.loc["29-1111", "actual_2020"]) and pd.isna(bls.loc["29-1161", "employment_2010"])
    assert not bls.loc["11-1000", "detailed"]


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (OLD, "29-1111", "11-1011", "kommt doppelt vor"),
        (OLD, '"1,701.0"', '"1,7oo"', "weder Zahl noch Zeichen"),
        (OLD, ',2010,2020,"  Number', ',2012,2022,"  Number', "Kopfzeilen"),
        (NEW, "Employment 2020", "Employment 2021", "„Employment 2020“ fehlt"),
        (NEW, "29-1161", "nurse", "kein SOC-Schlüssel"),
    ],
)
def test_broken_twins_of_bls(name: str, old: str, new: str, said: str) -> None:
    data = twins.replaced(twins.sample("bls_ruecktest", name), old, new)
    assert said in twins.refusal(clean_bls, data, Path(name).name).message("de")


def test_reference_values_name_their_source() -> None:
    table = publication("references").read(FOLDER).tables["references"]
    kassel = table[(table["ags"] == "06633") & (table["horizon_year"] == 2030) & (table["category"] == "skilled")]
    assert kassel["value"].tolist() == [8700]
    assert (table["source_title"].str.len() > 0).all() and table["source_url"].str.startswith("http").all()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [("https://wfg-kassel.de", "wfg-kassel.de", "nicht möglich"), (",06633,", ",6633,", "nicht möglich"), (",8700,", ",viele,", "weder Zahl")],
)  # fmt: skip
def test_broken_twins_of_the_references(old: str, new: str, said: str) -> None:
    data = twins.replaced((FOLDER / "references" / "references.csv").read_bytes(), old, new)
    assert said in twins.refusal(clean_references, data, "references.csv").message("de")


@pytest.mark.slow
def test_real_lists(raw_dir: Path) -> None:
    kldb = real.tables("kldb-2010", raw_dir)["kldb"]
    assert len(kldb) == 2195
    assert set(kldb.loc[(kldb["level"] == 2) & (kldb["code"] != "01"), "code"]) == set(OCCUPATIONS)
    wz = real.tables("wz-2008", raw_dir)["wz"]
    assert wz["level"].value_counts().to_dict() == {1: 21, 2: 88, 3: 272, 4: 615, 5: 839}


@pytest.mark.slow
def test_real_bls_projection_was_no_better_than_no_change(raw_dir: Path) -> None:
    bls = real.tables("bls-ruecktest", raw_dir)["bls"]
    known = bls[bls["detailed"]].dropna()
    miss = {
        column: (known[column] - known["actual_2020"]).abs().sum() / known["actual_2020"].sum()
        for column in ("projected_2020", "employment_2010")
    }
    assert len(known) == 637
    assert miss["projected_2020"] == pytest.approx(0.186, abs=0.001)
    assert miss["employment_2010"] == pytest.approx(0.168, abs=0.001)
