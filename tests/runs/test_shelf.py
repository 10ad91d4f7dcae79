"""What is kept between two starts: the same bits, nothing stale, nothing foreign, nothing torn."""

from __future__ import annotations

import multiprocessing
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fachkraftwerk.edition import Edition, open_edition
from fachkraftwerk.runs import shelf
from fachkraftwerk.runs.shelf import Shelf

TABLES = {"numbers": np.arange(4000, dtype=float).reshape(40, 100) / 7, "names": np.array(["06633", "06611"])}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("FACHKRAFTWERK_CACHE", raising=False)
    monkeypatch.setenv("FACHKRAFTWERK_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def edition() -> Edition:
    return open_edition(None)


def _same(kept: shelf.Tables | None, given: shelf.Tables) -> bool:
    return kept is not None and set(kept) == set(given) and all(np.array_equal(kept[key], given[key]) for key in given)


def _never() -> shelf.Tables:
    raise AssertionError("what is kept must not be computed again")


def test_the_next_start_reads_what_this_one_computed(home: Path, edition: Edition) -> None:
    Shelf(edition).get("tables", lambda: TABLES)
    assert _same(Shelf(edition).get("tables", _never), TABLES)
    assert [path.name for path in (home / "cache").glob("*/*")] == ["tables.npz"], "no draft stays behind"


def test_two_homes_know_nothing_of_each_other(home: Path, edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    Shelf(edition).put("tables", TABLES)
    monkeypatch.setenv("FACHKRAFTWERK_HOME", str(home / "other"))
    assert Shelf(edition).read("tables") is None


def test_another_content_of_the_edition_is_another_shelf(home: Path, edition: Edition, tmp_path: Path) -> None:
    Shelf(edition).put("tables", TABLES)
    folder = tmp_path / "changed"
    folder.mkdir()
    text = (edition.path / "manifest.json").read_text("utf-8")
    (folder / "manifest.json").write_text(text.replace('"sha256": "', '"sha256": "0', 1), "utf-8")
    assert Shelf(open_edition(folder)).read("tables") is None


def test_the_mark_moves_with_code_and_numpy(home: Path, edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    before = shelf.mark(edition)
    monkeypatch.setattr(np, "__version__", "0.0")
    assert shelf.mark(edition) != before


def test_a_file_of_another_shelf_or_name_is_not_ours(home: Path, edition: Edition) -> None:
    mine = Shelf(edition)
    mine.put("tables", TABLES)
    shutil.copy(mine.folder / "tables.npz", mine.folder / "inputs.npz")
    assert mine.read("inputs") is None
    np.savez(mine.folder / "tables.npz", numbers=np.zeros(3))
    assert mine.read("tables") is None
    assert _same(mine.get("tables", lambda: TABLES), TABLES)
    assert _same(mine.read("tables"), TABLES), "the foreign file is replaced"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=60), st.booleans())
def test_a_damaged_file_is_no_file(home: Path, edition: Edition, place: int, noise: bytes, cut: bool) -> None:
    mine = Shelf(edition)
    mine.put("tables", TABLES)
    whole = (mine.folder / "tables.npz").read_bytes()
    at = place % len(whole)
    damaged = whole[:at] if cut else whole[:at] + noise + whole[at + len(noise) :]
    (mine.folder / "tables.npz").write_bytes(damaged)
    kept = mine.read("tables")
    assert kept is None or _same(kept, TABLES), "a checksum stands behind every array"


@pytest.mark.parametrize("inside", [True, False])
def test_a_home_that_cannot_be_written_to_costs_only_time(home: Path, edition: Edition, inside: bool) -> None:
    # A file where the folder would be: refused even to an administrator, whom no permission stops.
    blocked = home / "cache" / Shelf(edition).folder.name if inside else home / "cache"
    blocked.parent.mkdir(exist_ok=True)
    blocked.write_text("no folder")
    assert _same(Shelf(edition).get("tables", lambda: TABLES), TABLES)
    assert blocked.read_text() == "no folder"


def test_shelves_of_old_code_are_cleared_away(home: Path, edition: Edition) -> None:
    for number in range(6):
        (home / "cache" / f"shelf-{number}").mkdir(parents=True)
    other = home / "cache" / "somebody-else"
    other.mkdir()
    Shelf(edition).put("tables", TABLES)
    assert len(list((home / "cache").glob("shelf-*"))) == shelf.FOLDERS
    assert Shelf(edition).read("tables") is not None and other.is_dir()


def _write_and_read(rounds: int) -> int:
    mine = Shelf(open_edition(None))
    torn = 0
    for _ in range(rounds):
        mine.put("tables", TABLES)
        torn += not _same(mine.read("tables"), TABLES)
    return torn


def test_two_servers_on_one_home_never_read_half_a_file(home: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert pool.map(_write_and_read, [40, 40]) == [0, 0]
    assert not list(home.glob("cache/*/*.part"))
