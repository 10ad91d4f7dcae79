"""The proof finds what was put wrong, and says all of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from fachkraftwerk.edition import Edition, open_edition
from fachkraftwerk.edition.check import check
from fachkraftwerk.edition.relations import ask, declared
from fachkraftwerk.edition.store import digest, read_parquet, write_parquet

Change = Callable[[pd.DataFrame], pd.DataFrame]


@pytest.fixture
def copy(musterland_path: Path, tmp_path: Path) -> Path:
    """A copy of Musterland that may be changed."""
    return Path(shutil.copytree(musterland_path, tmp_path / "copy"))


def _rewrite(folder: Path, table: str, change: Change) -> None:
    """Change a table and bring the manifest in line, as a wrong importer would."""
    path = folder / f"{table}.parquet"
    frame = change(read_parquet(path))
    write_parquet(frame, path)

    def patch(manifest: dict[str, Any]) -> None:
        manifest["tables"][table] |= {"sha256": digest(path), "rows": len(frame)}

    _manifest(folder, patch)


def _manifest(folder: Path, patch: Callable[[dict[str, Any]], None]) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    patch(manifest)
    (folder / "manifest.json").write_text(json.dumps(manifest))


def _messages(folder: Path) -> str:
    return "\n".join(fault.message("en") for fault in check(folder))


def test_musterland_is_sound(musterland_path: Path) -> None:
    assert check(musterland_path) == []


@pytest.mark.slow
def test_the_shipped_edition_is_sound() -> None:
    assert check() == []


def test_no_edition_is_a_fault_not_a_crash(tmp_path: Path) -> None:
    assert "There is no edition" in _messages(tmp_path)


def _first_cell_up(frame: pd.DataFrame) -> pd.DataFrame:
    frame.loc[0, "value"] += 1000
    return frame


def _last_cell_up(frame: pd.DataFrame) -> pd.DataFrame:
    frame.loc[len(frame) - 1, "value"] += 1000
    return frame


@pytest.mark.parametrize(
    ("table", "change", "told"),
    [
        (
            "births",
            lambda f: pd.concat([f, f.head(1)], ignore_index=True),
            "births.parquet, Zeile/row 385: Doubled keys (1 row, first 1990, 99001)",
        ),
        ("births", lambda f: f.assign(source="nobody"), "without a known source"),
        ("births", lambda f: f.assign(file="other.csv"), "Rows and their files differ from the manifest"),
        ("births", lambda f: f.assign(file=None), "Rows and their files differ from the manifest"),
        ("births", lambda f: f.assign(value=None), "without value or reason"),
        ("births", lambda f: f.assign(ags=None), "Keys without a value"),
        ("births", lambda f: f.assign(status="secret"), "Suppressed cells with a value"),
        ("births", lambda f: f.assign(value=-f["value"]), "births.parquet, Zeile/row 1: Values below zero ("),
        (
            "births",
            lambda f: f.assign(ags=f["ags"].replace("99012", "99112")),
            "Spalte/column „ags“: Not a Kreis of the common territorial state: 99112",
        ),
        ("commuting", lambda f: f.assign(home="99113"), "common territorial state: 99113"),
        ("population_total", _first_cell_up, "men and women add up to the population"),
        ("population_age", _first_cell_up, "single ages add up to the population of a Kreis"),
        ("deaths_age5", _last_cell_up, "deaths by age add up"),
        ("sectors", _first_cell_up, "sums do not hold"),
        ("recoding", _first_cell_up, "weights of the recoding key add up to 1"),
        ("workforce", lambda f: f.assign(value=f["high"] + 1), "cells leave their bounds"),
        ("workforce_outside", lambda f: f.assign(value=f["value"] + 9), "Completed cells add up to Kreis × occupation"),
        ("workforce_outside", lambda f: f.assign(value=f["value"] * 0), "Completed cells add up to the age totals"),
    ],
)
def test_a_wrong_table_is_told(copy: Path, table: str, change: Change, told: str) -> None:
    _rewrite(copy, table, change)
    assert told in _messages(copy)


def test_a_lost_column_is_told(copy: Path) -> None:
    _rewrite(copy, "births", lambda frame: frame.drop(columns="ags"))
    assert "births.parquet: Rows or columns differ" in _messages(copy)


@pytest.mark.parametrize("name", ["", "nobody.csv"])
def test_rows_that_lead_to_no_file_are_told(copy: Path, name: str) -> None:
    rows = len(read_parquet(copy / "births.parquet"))
    _rewrite(copy, "births", lambda frame: frame.assign(file=name))
    _manifest(copy, lambda m: m["tables"]["births"].update(files={"musterland-demography": {name: rows}}))
    assert f'Rows of "musterland-demography" name no known file ("{name}")' in _messages(copy)


@pytest.mark.parametrize("field", ["licence", "table", "credit", "terms"])
def test_a_source_without_its_papers_is_told(copy: Path, field: str) -> None:
    _manifest(copy, lambda m: m["sources"]["musterland-single-ages"].update({field: ""}))
    assert f'musterland-single-ages: The source lacks "{field}"' in _messages(copy)


def test_a_source_without_checksum_or_publisher_is_told(copy: Path) -> None:
    def strip(manifest: dict[str, Any]) -> None:
        manifest["sources"]["musterland-single-ages"] |= {"files": [], "publisher": {"de": "", "en": ""}}

    _manifest(copy, strip)
    assert "lacks a checksum" in _messages(copy)
    assert "lacks its publisher" in _messages(copy)


def test_all_faults_are_told_at_once(copy: Path) -> None:
    (copy / "deaths.parquet").write_bytes(b"PAR1")
    (copy / "gdp.parquet").unlink()
    (copy / "stranger.txt").write_text("hello")
    told = _messages(copy)
    assert "deaths.parquet: This file of the edition is damaged" in told
    assert "gdp.parquet: This file of the edition is missing" in told
    assert "stranger.txt: This file is not listed" in told


@pytest.mark.parametrize("entry", declared(), ids=lambda entry: entry["en"])
def test_every_declared_sum_is_asked_of_musterland(musterland_edition: Edition, entry: dict[str, Any]) -> None:
    assert entry["table"] in musterland_edition, "Musterland has every table that has sums"
    assert ask(musterland_edition, entry) == []


def test_the_manifest_counts_rows_of_each_source(musterland_edition: Edition) -> None:
    for name, entry in musterland_edition.tables.items():
        counted = open_edition(musterland_edition.path).facts(name)["source"].value_counts().to_dict()
        assert counted == entry["sources"], name
