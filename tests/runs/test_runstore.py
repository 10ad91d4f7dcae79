"""Runs are written whole or not at all, and damage is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from fachkraftwerk.core import locks
from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.runs import runstore
from fachkraftwerk.runs.draws import make
from fachkraftwerk.runs.inputs import Inputs

FIGURES = pd.DataFrame({"region": ["99001", "99002"], "value": [1.5, 2.5]})


def test_a_run_comes_back_as_it_was(muster: Inputs, tmp_path: Path) -> None:
    drawn = make(muster, 4).frame()
    path = runstore.save(
        "r1", {"edition": "e", "draws": 4, "seed": 0}, [("figures", FIGURES), ("draws", drawn)], tmp_path
    )
    run = runstore.load(path)
    assert run.manifest["draws"] == 4
    assert run.tables["figures"].equals(FIGURES)
    assert run.tables["draws"]["value"].tolist() == drawn["value"].tolist()
    assert runstore.listed(tmp_path) == ["r1"]


def test_an_interrupted_run_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(runstore, "write_parquet", broken)
    with pytest.raises(KeyboardInterrupt):
        runstore.save("r1", {}, [("figures", FIGURES)], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_leftovers_of_killed_runs_are_discarded_and_named(tmp_path: Path) -> None:
    living = tmp_path / ".part-b-x"
    for part in (tmp_path / ".part-a-x", tmp_path / ".part-a-long-name-y", living):
        part.mkdir()
    with locks.held(living):
        assert runstore.discard(tmp_path) == ["a", "a-long-name"]
        assert [path.name for path in tmp_path.iterdir()] == [living.name]
    assert runstore.discard(tmp_path) == ["b"]


def test_a_name_is_taken_while_its_run_is_computed(tmp_path: Path) -> None:
    def tables() -> Iterator[tuple[str, pd.DataFrame]]:
        with pytest.raises(Refusal, match="being computed"):
            runstore.save("r1", {}, [("figures", FIGURES)], tmp_path)
        assert runstore.listed(tmp_path) == runstore.discard(tmp_path) == []
        runstore.save("r1-b", {}, [("figures", FIGURES)], tmp_path)
        yield "figures", FIGURES

    runstore.save("r1", {}, tables(), tmp_path)
    assert runstore.listed(tmp_path) == ["r1", "r1-b"]


def test_a_folder_that_cannot_be_written_to_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(Refusal, match="cannot be written"):
        runstore.save("r1", {}, [("figures", FIGURES)], tmp_path / "file")


def test_an_unknown_run_is_told_with_those_that_exist(tmp_path: Path) -> None:
    runstore.save("r1", {}, [("figures", FIGURES)], tmp_path)
    with pytest.raises(Refusal, match="Kept are: r1"):
        runstore.load(tmp_path / "r2")


@pytest.mark.parametrize("file", ["figures.parquet", "manifest.json"])
def test_a_damaged_file_is_refused(tmp_path: Path, file: str) -> None:
    path = runstore.save("r1", {}, [("figures", FIGURES)], tmp_path)
    (path / file).write_bytes((path / file).read_bytes()[:-7])
    with pytest.raises(Refusal) as refusal:
        runstore.load(path)
    assert file in refusal.value.faults[0].where


@pytest.mark.parametrize(
    "text",
    ["", "[1, 2]", '{"hello": "world"}', '{"format": 1, "tables": {"figures": 3}}', '{"format": 99, "tables": {}}'],
)
def test_a_foreign_document_is_no_run(tmp_path: Path, text: str) -> None:
    path = runstore.save("r1", {}, [("figures", FIGURES)], tmp_path)
    (path / "manifest.json").write_text(text, "utf-8")
    with pytest.raises(Refusal, match="incomplete or changed"):
        runstore.load(path)


@pytest.mark.parametrize("name", ["figures.parquet", "manifest.json"])
def test_one_flipped_bit_anywhere_is_noticed(tmp_path: Path, name: str) -> None:
    path = runstore.save("r1", {"edition": "e", "draws": 20, "seed": 0}, [("figures", FIGURES)], tmp_path)
    whole = (path / name).read_bytes()
    for place in range(0, len(whole), max(len(whole) // 40, 1)):
        (path / name).write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        try:
            same = runstore.load(path).manifest == runstore.load(path).manifest
            assert name == "manifest.json" and same and whole[place : place + 1].isspace()
        except Refusal as refusal:
            assert "incomplete or changed" in refusal.faults[0].message("en")


def test_a_run_is_never_overwritten(tmp_path: Path) -> None:
    runstore.save("r1", {}, [("figures", FIGURES)], tmp_path)
    with pytest.raises(Refusal):
        runstore.save("r1", {}, [("figures", FIGURES)], tmp_path)
