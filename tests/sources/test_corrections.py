"""Repairs carry an expectation that fails once the publisher has repaired the file."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.sources import corrections

YAML = """
- file: a.csv
  find: "M\\uFFFDnner"
  times: 2
  replace: Männer
  reason: {de: "Umlaute verloren", en: "umlauts lost"}
- file: a.csv
  where: {ags: "06611", year: 2020}
  column: value
  expect: 12
  replace: 21
  reason: {de: "Zahlendreher", en: "digits swapped"}
"""


@pytest.fixture
def fixes(tmp_path: Path) -> list[corrections.Correction]:
    path = tmp_path / "corrections.yaml"
    path.write_text(YAML, encoding="utf-8")
    return corrections.load(path)


def test_no_file_means_no_corrections(tmp_path: Path) -> None:
    assert corrections.load(tmp_path / "corrections.yaml") == []


def test_text_is_repaired(fixes: list[corrections.Correction]) -> None:
    repaired = corrections.to_bytes("M\ufffdnner;M\ufffdnner".encode(), "a.csv", fixes)
    assert repaired.decode() == "Männer;Männer"
    assert corrections.to_bytes(b"anything", "b.csv", fixes) == b"anything"


def test_a_repaired_file_fails_the_expectation(fixes: list[corrections.Correction]) -> None:
    with pytest.raises(Refusal) as caught:
        corrections.to_bytes("Männer;Männer".encode(), "a.csv", fixes)
    assert "entfernen Sie den Eintrag" in caught.value.message("de")
    assert "remove the entry" in caught.value.message("en") and "umlauts lost" in caught.value.message("en")


def test_cells_are_repaired_in_a_copy(fixes: list[corrections.Correction]) -> None:
    table = pd.DataFrame({"ags": ["06611", "06611"], "year": [2019, 2020], "value": [12.0, 12.0]})
    assert corrections.to_cells(table, "a.csv", fixes)["value"].tolist() == [12.0, 21.0]
    assert table["value"].tolist() == [12.0, 12.0]


@pytest.mark.parametrize("value", [21.0, 13.0])
def test_a_repaired_cell_fails_the_expectation(fixes: list[corrections.Correction], value: float) -> None:
    table = pd.DataFrame({"ags": ["06611"], "year": [2020], "value": [value]})
    with pytest.raises(Refusal, match="fits no longer"):
        corrections.to_cells(table, "a.csv", fixes)


def test_a_vanished_row_fails_the_expectation(fixes: list[corrections.Correction]) -> None:
    with pytest.raises(Refusal, match="fits no longer"):
        corrections.to_cells(pd.DataFrame({"ags": ["1"], "year": [1], "value": [1.0]}), "a.csv", fixes)
