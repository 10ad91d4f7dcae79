"""What ends too early without looking broken is noticed by what is missing."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest
from tests.sources import twins

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.edition.build import FromFolder
from fachkraftwerk.sources.publication import Publication, publication, publications

#: Publications whose files have no end of their own: what is lost can only be counted.
LISTS = (
    "ba-kldb2-niveau-alter-kreis", "ba-pendler", "bls-oes", "bls-ruecktest", "destatis-schulabgaenge-laender",
    "eurostat-gdp", "inkar", "kldb-2010", "kreiswanderungsmatrix", "regionalstatistik-12411-02-03-4",
)  # fmt: skip


def test_declared_tables_and_columns_exist() -> None:
    for entry in publications():
        assert set(entry.whole) <= set(entry.tables), entry.id


def test_a_small_land_is_not_asked() -> None:
    entry = publication("ba-pendler")
    assert len(FromFolder(entry, entry.sample).read().tables["commuting"])
    with pytest.raises(Refusal, match=r"Only \d+ of at least 400 keys are there"):
        FromFolder(entry, entry.sample, whole=True).read()


@pytest.mark.parametrize("entry", publications(), ids=lambda entry: entry.id)
def test_the_real_files_are_whole(entry: Publication, raw_dir: Path) -> None:
    FromFolder(entry, raw_dir, whole=True).read()


def _cut(path: Path, target: Path) -> None:
    """Copy a file without the last two thirds of its rows, cut cleanly at the end of a line."""
    data = path.read_bytes()
    text = twins.lines(data, lambda rows: [*rows[: int(len(rows) / 3)], ""])
    target.write_bytes(gzip.compress(text) if data[:2] == b"\x1f\x8b" else text)


@pytest.mark.parametrize("key", LISTS)
def test_a_list_cut_at_a_line_end_is_refused_with_file_and_column(key: str, raw_dir: Path, tmp_path: Path) -> None:
    entry = publication(key)
    for path in entry.paths(raw_dir):
        folder = tmp_path / f"without {path.name}"
        folder.mkdir()
        for each in entry.paths(raw_dir):
            shutil.copy(each, folder / each.name)
        if path.suffix in {".csv", ".gz"}:
            (folder / path.name).unlink()
            _cut(path, folder / path.name)
            with pytest.raises(Refusal) as caught:
                FromFolder(entry, folder, whole=True).read()
            assert path.name in caught.value.faults[0].where, path.name
            assert "Spalte/column" in caught.value.message("de") or "Zeile/row" in caught.value.message("de")
