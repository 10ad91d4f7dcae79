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
    for words in (*entry.title, *entry.publisher, entry.table, entry.licence, entry.credit, entry.found):
        assert words.strip()
    assert entry.licence_url.startswith("https://")
    assert entry.files and entry.tables


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
    assert once.files == again.files
    for name in once.tables:
        assert once.tables[name].equals(again.tables[name])


def test_files_carry_the_checksum_of_their_bytes() -> None:
    entry = publication("un-wpp2022")
    stored = entry.read(entry.sample).files[0]
    data = (entry.sample / stored.name).read_bytes()
    assert (stored.sha256, stored.bytes) == (hashlib.sha256(data).hexdigest(), len(data))


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
