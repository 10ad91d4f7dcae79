"""Every publication declares itself and reads its own samples."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.core.facts import STATUS
from fachkraftwerk.sources.publication import Publication, publication, publications

ALL = publications()
WITH_SAMPLE = [entry for entry in ALL if entry.sample.is_dir() and any(entry.sample.iterdir())]


def test_ids_are_unique() -> None:
    assert len({entry.id for entry in ALL}) == len(ALL) >= 9


@pytest.mark.parametrize("entry", ALL, ids=lambda entry: entry.id)
def test_every_publication_says_where_it_comes_from(entry: Publication) -> None:
    said = entry.source
    for words in (*said.title, *said.publisher, said.table, said.licence, said.credit, *said.found):
        assert words.strip()
    assert said.licence_url.startswith("https://")
    assert entry.patterns and entry.tables


@pytest.mark.parametrize("entry", WITH_SAMPLE, ids=lambda entry: entry.id)
def test_samples_pass_the_whole_way(entry: Publication) -> None:
    read = entry.read(entry.sample)
    assert set(read.tables) == set(entry.tables)
    for name, table in read.tables.items():
        assert len(table), name
        if "value" in table.columns:
            assert set(table["status"]) <= set(STATUS)
            assert table["value"].dtype == "float64"


@pytest.mark.parametrize("entry", WITH_SAMPLE, ids=lambda entry: entry.id)
def test_reading_twice_gives_the_same(entry: Publication) -> None:
    once, again = entry.read(entry.sample), entry.read(entry.sample)
    assert once.source == again.source
    for name in once.tables:
        assert once.tables[name].equals(again.tables[name])


def test_files_carry_the_checksum_of_their_bytes() -> None:
    entry = publication("un-wpp2022")
    stored = entry.read(entry.sample).source.files[0]
    data = (entry.sample / stored.name).read_bytes()
    assert (stored.sha256, stored.bytes) == (hashlib.sha256(data).hexdigest(), len(data))


@pytest.mark.parametrize("entry", WITH_SAMPLE, ids=lambda entry: entry.id)
def test_every_row_leads_to_its_file(entry: Publication) -> None:
    read, there = entry.read(entry.sample), {path.name for path in entry.paths(entry.sample)}
    for table in read.tables.values():
        for cell in table["file"].unique():
            found = read.source.at(cell).files
            assert [file.name for file in found] == cell.split(" + ")
            assert {file.name for file in found} <= there


def test_rows_of_several_files_name_the_right_one() -> None:
    entry = publication("regionalstatistik-13211-02-05-4")
    table = entry.read(entry.sample).tables["unemployment"]
    by_year = table.groupby("file")["year"].agg(["min", "max"]).to_dict("index")
    assert by_year["13211-02-05-4_2025.csv"] == {"min": 2025, "max": 2025}
    assert by_year["13211-02-05-4_2015-2020.csv"]["max"] == 2020


def test_a_row_made_of_two_files_names_both() -> None:
    entry = publication("bls-ruecktest")
    table = entry.read(entry.sample).tables["bls"].set_index("soc")
    both = table[table["employment_2010"].notna() & table["actual_2020"].notna()]
    assert set(both["file"].str.count(r"\.csv")) == {2}
    assert set(table["file"][table["actual_2020"].isna()]) == {"bls_projektion_2010_2020_table_1_2.csv"}


def test_the_same_year_in_two_files_is_refused_by_both_names(tmp_path: Path) -> None:
    entry = publication("regionalstatistik-13111-07-05-4")
    shutil.copytree(entry.sample, tmp_path, dirs_exist_ok=True)
    one = next(tmp_path.glob("*2020*"))
    shutil.copy(one, tmp_path / "13111-07-05-4_2020 (1).csv.gz")
    with pytest.raises(Refusal, match="Both files hold the same row") as caught:
        entry.read(tmp_path)
    assert "13111-07-05-4_2020 (1).csv.gz" in caught.value.faults[0].where and one.name in caught.value.faults[0].where


@pytest.mark.parametrize(
    ("key", "name", "other"),
    [
        ("genesis-12612-0002", "12612-0002.csv", "12613-0006.csv"),
        ("regionalstatistik-21111-02-06-4", "21111-02-06-4.csv", "21121-02-02-4.csv"),
        ("genesis-13111-0005", "13111-0005_de_flat.csv", "12211-0001_de_flat.csv"),
    ],
)
def test_a_neighbouring_table_under_the_right_name_is_refused(key: str, name: str, other: str, tmp_path: Path) -> None:
    entry = publication(key)
    shutil.copy(entry.sample / other, tmp_path / name)
    with pytest.raises(Refusal, match="another one of the same kind") as caught:
        entry.read(tmp_path)
    assert caught.value.faults[0].where == f"{name}, Zeile/row 1" and entry.source.table in caught.value.message("de")


def test_a_missing_file_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as caught:
        publication("genesis-12411-0018").read(tmp_path)
    assert "12411-0018.csv" in caught.value.message("de") and "legen Sie sie dort ab" in caught.value.message("de")


def test_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    entry = publication("regionalstatistik-13211-02-05-4")
    for path in entry.sample.iterdir():
        (tmp_path / path.name).write_bytes(b"<html>404</html>")
    with pytest.raises(Refusal) as caught:
        entry.read(tmp_path)
    assert {fault.where for fault in caught.value.faults} == {path.name for path in entry.sample.iterdir()}


def test_corrections_apply_to_the_real_defect_only(tmp_path: Path) -> None:
    """A whole, undamaged file under the name of the damaged one: the expectation speaks."""
    entry = publication("genesis-12411-0006")
    shutil.copytree(entry.sample, tmp_path, dirs_exist_ok=True)
    (tmp_path / "12411-0006_muster.csv").rename(tmp_path / "12411-0006.csv")
    with pytest.raises(Refusal, match="fits no longer"):
        entry.read(tmp_path)


@pytest.mark.parametrize("entry", ALL, ids=lambda entry: entry.id)
def test_the_place_of_finding_is_told_in_both_languages(entry: Publication) -> None:
    found = entry.source.found
    assert found.de != found.en
    assert not set(found.de.split()) & {"the", "of", "from", "and", "workbook"}
    assert not set(found.en.split()) & {"der", "die", "aus", "und", "Arbeitsmappe"}
