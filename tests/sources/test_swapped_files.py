"""Two files under each other's name: refused wherever one importer could read both, on samples and on real files."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.sources.publication import Publication, publication, publications

Pair = tuple[Publication, Path, Publication, Path]
WITH_SAMPLE = [entry for entry in publications() if entry.sample.is_dir()]


def pairs(entries: list[Publication], folder: Path | None = None) -> Iterator[Pair]:
    """All pairs of files that share an importer; files of different importers: test_hostile_tables."""
    files = [(entry, path) for entry in entries for path in entry.paths(folder or entry.sample)]
    for (one, here), (other, there) in combinations(files, 2):
        if one.slug == other.slug and here != there:
            yield one, here, other, there


def laid_out(entry: Publication, folder: Path, given: dict[str, Path], out: Path) -> Path:
    """Copy a publication's files to ``out``, some of them with the bytes of another file."""
    out.mkdir()
    for path in entry.paths(folder):
        shutil.copy(given.get(path.name, path), out / path.name)
    return out


def refused(entry: Publication, folder: Path, given: dict[str, Path], out: Path) -> Refusal:
    """Read the publication with exchanged files; fails unless that is refused by name, in both languages."""
    with pytest.raises(Refusal) as caught:
        entry.read(laid_out(entry, folder, given, out))
    for fault in caught.value.faults:
        assert any(name in fault.where for name in given)
        assert fault.what.de != fault.what.en and fault.remedy.de != fault.remedy.en and fault.remedy.de
    return caught.value


def swapped(pair: Pair, folder: Path | None, out: Path) -> list[Refusal]:
    """Swap two files and read every publication they belong to."""
    one, here, other, there = pair
    if one.id == other.id:
        return [refused(one, folder or one.sample, {here.name: there, there.name: here}, out / "both")]
    first = refused(one, folder or one.sample, {here.name: there}, out / "first")
    return [first, refused(other, folder or other.sample, {there.name: here}, out / "second")]


def named(pair: Pair) -> str:
    return f"{pair[1].name}-{pair[3].name}"


PAIRS = list(pairs(WITH_SAMPLE))


def test_enough_pairs_share_an_importer() -> None:
    assert len(PAIRS) >= 50


@pytest.mark.parametrize("pair", PAIRS, ids=named)
def test_swapped_samples_are_refused(pair: Pair, tmp_path: Path) -> None:
    assert swapped(pair, None, tmp_path)


def line(entry: Publication, name: str, row: str) -> str:
    """A row of a packed sample, counted from 1."""
    path = next(path for path in entry.paths(entry.sample) if path.name == name)
    return gzip.decompress(path.read_bytes()).decode().splitlines()[int(row) - 1]


def test_births_and_deaths_say_which_figures_do_not_fit(tmp_path: Path) -> None:
    entry = publication("eurostat-demografie")
    births, deaths = (next(p for p in entry.paths(entry.sample) if p.name.startswith(w)) for w in ("births", "deaths"))
    caught = refused(entry, entry.sample, {births.name: deaths, deaths.name: births}, tmp_path / "both")
    assert "Sterbefälle nach Alter und insgesamt passen nicht zusammen" in caught.message("de")
    assert "(DEG0P, 2015: " in caught.message("de")
    rows = re.search(r"magec3.tsv.gz, Zeile/row (\d+) \+ deaths_nuts3.tsv.gz, Zeile/row (\d+): ", caught.message("de"))
    assert rows and "DEG0P" in line(entry, "estat_demo_r_magec3.tsv.gz", rows[1])
    assert "DEG0P" in line(entry, births.name, rows[2]), "what lies under the name of the deaths"
    assert "such as births instead of deaths" in caught.message("en")


def test_a_copy_of_deaths_under_the_name_of_births_is_refused(tmp_path: Path) -> None:
    entry = publication("eurostat-demografie")
    births, deaths = (next(p for p in entry.paths(entry.sample) if p.name.startswith(w)) for w in ("births", "deaths"))
    caught = refused(entry, entry.sample, {births.name: deaths}, tmp_path / "both")
    assert "Children under five and births of the five years before" in caught.message("en")


def test_a_year_in_the_name_must_be_in_the_figures(tmp_path: Path) -> None:
    entry = publication("regionalstatistik-13111-07-05-4")
    first, last = entry.paths(entry.sample)
    caught = refused(entry, entry.sample, {first.name: last, last.name: first}, tmp_path / "both")
    assert "Der Name nennt 2015, die Zahlen sind von 2020" in caught.message("de") and len(caught.faults) == 2


#: Importers that read several real files; of those that differ in year only, one pair stands for all.
REAL = [
    "ba-kldb2-niveau-alter-kreis", "bls-oes", "bls-oews", "bls-ruecktest", "eurostat-demografie", "eurostat-proj19rp3",
    "genesis-12612-0002", "genesis-12613-0006", "inkar", "kreiswanderungsmatrix", "genesis-13111-0005",
    "regionalstatistik-13111-01-03-4", "regionalstatistik-13211-02-05-4", "regionalstatistik-21111-02-06-4",
    "regionalstatistik-21121-02-02-4",
]  # fmt: skip


@pytest.mark.parametrize("keys", [[key for key in REAL if publication(key).slug == slug] for slug in
                                  sorted({publication(key).slug for key in REAL})], ids=lambda keys: keys[0])  # fmt: skip
def test_swapped_real_files_are_refused(keys: list[str], raw_dir: Path, tmp_path: Path) -> None:
    for number, pair in enumerate(pairs([publication(key) for key in keys], raw_dir)):
        (tmp_path / str(number)).mkdir()
        assert swapped(pair, raw_dir, tmp_path / str(number))


def test_swapped_life_tables_are_refused(raw_dir: Path, tmp_path: Path) -> None:
    entry = publication("destatis-periodensterbetafeln")
    first, *_, last = entry.paths(raw_dir)
    caught = refused(entry, raw_dir, {first.name: last, last.name: first}, tmp_path / "both")
    assert "Zeitraum 11-13" in caught.message("de") and "2018/2020" in caught.message("de")
