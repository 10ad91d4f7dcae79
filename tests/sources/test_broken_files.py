"""What arrives broken is refused before anything is read from it: every sample of every source, every kind of damage."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from tests.sources import twins

from fachkraftwerk.sources.publication import Publication, publications

FILES = [(entry, path) for entry in publications() if entry.sample.is_dir() for path in entry.paths(entry.sample)]
BOMB = gzip.compress(b"0" * 8_000_000)  # a thousand times smaller than what it unpacks to
IDS = [f"{entry.slug}-{path.name}" for entry, path in FILES]


def clean_of(entry: Publication) -> Callable[[bytes, str], object]:
    clean: Callable[[bytes, str], object] = import_module(f"fachkraftwerk.sources.{entry.slug}.clean").clean
    return clean


def half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def bomb(_: bytes) -> bytes:
    return BOMB


def empty(_: bytes) -> bytes:
    return b""


def web_page(_: bytes) -> bytes:
    return b"<!DOCTYPE html><html><body>404 Not Found</body></html>"


def other_table(_: bytes) -> bytes:
    return b"name;colour\nrose;red\nviolet;blue\n"


def noise(_: bytes) -> bytes:
    return bytes(range(256)) * 8


def two_tables(data: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", twins.inner(data))
        archive.writestr("b.csv", b"x")
    return packed.getvalue()


@pytest.mark.parametrize("damage", [bomb, empty, web_page, other_table, noise, two_tables])
@pytest.mark.parametrize(("entry", "path"), FILES, ids=IDS)
def test_a_damaged_file_is_refused_by_name(entry: Publication, path: Path, damage: Callable[[bytes], bytes]) -> None:
    twins.refusal(clean_of(entry), damage(path.read_bytes()), path.name)


@pytest.mark.parametrize(
    ("entry", "path"),
    [(e, p) for e, p in FILES if p.suffix in {".gz", ".xlsx", ".xls"}],
    ids=[name for name in IDS if name.endswith((".gz", ".xlsx", ".xls"))],
)
def test_a_half_written_download_is_refused(entry: Publication, path: Path) -> None:
    twins.refusal(clean_of(entry), half(path.read_bytes()), path.name)


PLAIN = {
    "ba_kldb2_niveau_alter_kreis", "ba_pendler", "bls_ruecktest", "eurostat_demografie", "eurostat_gdp", "inkar", "kldb_2010",
}  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "path"),
    [(e, p) for e, p in FILES if e.slug in PLAIN and p.suffix in {".gz", ".csv"}],
    ids=[f"{e.slug}-{p.name}" for e, p in FILES if e.slug in PLAIN and p.suffix in {".gz", ".csv"}],
)
def test_a_last_figure_that_lost_its_digits_is_noticed(entry: Publication, path: Path) -> None:
    cut = twins.inner(path.read_bytes()).rstrip(b"\r\n")[:-1]
    assert "breaks off" in twins.refusal(clean_of(entry), cut, path.name).message("en")
