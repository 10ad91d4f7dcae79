"""The record of a source: plain values and back, and the way from a row to its files."""

from __future__ import annotations

from datetime import date

import pytest

from fachkraftwerk.core.source import SourceRecord, StoredFile, record
from fachkraftwerk.core.text import Text

FILES = (StoredFile("a.csv", "a" * 64, 1), StoredFile("b.csv", "b" * 64, 2), StoredFile("c + d.csv", "c" * 64, 3))
SOURCE = SourceRecord(
    "id", Text("Titel", "title"), Text("Amt", "office"), "12411", date(2024, 1, 2), "dl-de/by-2-0", "https://x", "©",
    "open", Text("dort", "there"), FILES,
)  # fmt: skip


def test_plain_values_and_back_is_the_identity() -> None:
    assert record(SOURCE.as_document()) == SOURCE


@pytest.mark.parametrize(
    ("named", "found"), [("b.csv", ["b.csv"]), ("a.csv + b.csv", ["a.csv", "b.csv"]), ("c + d.csv", ["c + d.csv"])]
)
def test_a_row_keeps_its_own_files(named: str, found: list[str]) -> None:
    assert [file.name for file in SOURCE.at(named).files] == found


@pytest.mark.parametrize("named", ["", "e.csv", "a.csv + e.csv"])
def test_a_strange_file_is_an_error(named: str) -> None:
    with pytest.raises(KeyError):
        SOURCE.at(named)


def test_a_calculation_uses_all_of_its_files() -> None:
    computed = record(SOURCE.as_document() | {"based_on": ["x"]})
    assert computed.computed and computed.at("") == computed


def test_a_record_without_its_papers_is_no_record() -> None:
    entry = SOURCE.as_document()
    del entry["licence"]
    with pytest.raises(KeyError):
        record(entry)
