"""Every csv importer against a hostile hand: columns lost or renamed, rows doubled, impossible cells, strange tables."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest
from tests.sources import twins

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.sources.publication import Publication, publications

SAMPLES = [
    (entry, path)
    for entry in publications()
    for path in entry.paths(entry.sample if entry.sample.is_dir() else entry.folder)
]
NUMBER = re.compile(r"\s*-?[\d.,]+\s*")
IMPOSSIBLE = ("abc", "1e400", "nan", "999999999999999", "12 345", "0x10", "²", "٣")


@dataclass(frozen=True)
class Sheet:
    """A csv taken apart: lines, separator, encoding, and which lines are rows of figures."""

    lines: list[str]
    sep: str
    encoding: str
    body: list[int]
    head: int

    def cells(self, line: int) -> list[str]:
        """Cells of a line."""
        return next(csv.reader([self.lines[line]], delimiter=self.sep), [])

    def with_line(self, line: int, cells: list[str]) -> bytes:
        """Bytes of the file with one line replaced."""
        packed = io.StringIO()
        csv.writer(packed, delimiter=self.sep, lineterminator="").writerow(cells)
        return self.joined([*self.lines[:line], packed.getvalue(), *self.lines[line + 1 :]])

    def joined(self, lines: list[str]) -> bytes:
        """Bytes of a file with these lines."""
        return "\n".join(lines).encode(self.encoding if all(map(str.isascii, lines)) else "utf-8")


def sheet(data: bytes) -> Sheet | None:
    """Take a csv apart; None for workbooks, maps and lists without figures."""
    plain = twins.inner(data)
    if data[:4] == b"\xd0\xcf\x11\xe0" or plain[:1] in {b"{", b"<"} or b"xl/workbook" in data:
        return None
    try:
        text, encoding = plain.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text, encoding = plain.decode("iso-8859-1"), "iso-8859-1"
    lines, sep = text.split("\n"), max(";,\t", key=text.count)
    rows = [next(csv.reader([line], delimiter=sep), []) for line in lines]
    width = Counter(len(row) for row in rows if any(row)).most_common(1)[0][0]
    body = [
        i for i, row in enumerate(rows) if i and len(row) == width and sum(bool(NUMBER.fullmatch(c)) for c in row[1:])
    ]
    return Sheet(lines, sep, encoding, body[2:], body[0] - 1) if len(body) > 3 else None


SHEETS = [(entry, path, found) for entry, path in SAMPLES if (found := sheet(path.read_bytes()))]
IDS = [f"{entry.slug}-{path.name}" for entry, path, _ in SHEETS]
every_csv = pytest.mark.parametrize(("entry", "path", "table"), SHEETS, ids=IDS)


def clean_of(entry: Publication) -> Callable[[bytes, str], object]:
    clean: Callable[[bytes, str], object] = import_module(f"fachkraftwerk.sources.{entry.slug}.clean").clean
    return clean


def answers(entry: Publication, path: Path, broken: Iterator[bytes]) -> list[Refusal]:
    """Refusals of broken files; anything but a refusal or a frame would end the test."""
    found = []
    for data in broken:
        try:
            clean_of(entry)(data, path.name)
        except Refusal as refusal:
            found.append(refusal)
    for refusal in found:
        for fault in refusal.faults:
            assert path.name in fault.where and fault.what.de != fault.what.en
            assert fault.remedy.de or "weitere" in fault.what.de
    return found


def test_enough_layouts_are_attacked() -> None:
    assert len({entry.slug for entry, _, _ in SHEETS}) >= 17


@every_csv
def test_a_lost_or_renamed_column_never_passes_as_something_else(entry: Publication, path: Path, table: Sheet) -> None:
    width = len(table.cells(table.body[0]))

    def without(column: int) -> bytes:
        cut = []
        for i, line in enumerate(table.lines):
            cells = table.cells(i)
            packed = io.StringIO()
            csv.writer(packed, delimiter=table.sep, lineterminator="").writerow(cells[:column] + cells[column + 1 :])
            cut.append(packed.getvalue() if len(cells) == width else line)
        return table.joined(cut)

    refused = answers(entry, path, (without(column) for column in range(width)))
    assert refused, "some column must be needed"
    if "table_1_2" in path.name:
        return  # its names stand in several rows: asked in test_lists
    head = table.cells(table.head)
    renamed = [table.with_line(table.head, [*head[:i], "Xyz" + head[i], *head[i + 1 :]]) for i in range(len(head))]
    assert answers(entry, path, iter(renamed)), "some name must be needed"


@every_csv
def test_a_doubled_row_is_named(entry: Publication, path: Path, table: Sheet) -> None:
    mine = [line for line in table.body if entry.slug[:8] != "eurostat" or ",DE" in table.lines[line].split("\t")[0]]
    line = mine[-1]
    doubled = table.joined([*table.lines[: line + 1], *table.lines[line:]])
    (refusal,) = answers(entry, path, iter([doubled]))
    assert f"Zeile/row {line + 2}" in refusal.message("de") or "row" in refusal.faults[0].where


@every_csv
@pytest.mark.parametrize("cell", IMPOSSIBLE)
def test_an_impossible_figure_is_named_with_row_and_column(
    entry: Publication, path: Path, table: Sheet, cell: str
) -> None:
    line = table.body[len(table.body) // 2]
    cells = table.cells(line)
    places = [i for i, old in enumerate(cells) if NUMBER.fullmatch(old) and i]
    broken = (table.with_line(line, [*cells[:i], cell, *cells[i + 1 :]]) for i in places)
    refused = answers(entry, path, broken)
    assert refused, "a figure that is read must be checked"
    assert any("Zeile/row" in fault.where for refusal in refused for fault in refusal.faults)


@pytest.mark.parametrize(("entry", "path"), SAMPLES, ids=[f"{e.slug}-{p.name}" for e, p in SAMPLES])
def test_no_importer_takes_the_file_of_another(entry: Publication, path: Path) -> None:
    for other, strange in SAMPLES:
        if other.slug != entry.slug:
            twins.refusal(clean_of(entry), strange.read_bytes(), path.name)


@pytest.mark.parametrize("key", ["06999", "00000"])
@pytest.mark.parametrize(
    ("entry", "path", "table"), [s for s in SHEETS if any(re.search(r"(^|[;,])06611[;,]", x) for x in s[2].lines)],
    ids=[i for i, s in zip(IDS, SHEETS, strict=True) if any(re.search(r"(^|[;,])06611[;,]", x) for x in s[2].lines)],
)  # fmt: skip
def test_a_kreis_that_never_was_is_named_with_its_row(entry: Publication, path: Path, table: Sheet, key: str) -> None:
    line = next(i for i, text in enumerate(table.lines) if re.search(r"(^|[;,])06611[;,]", text))
    broken = table.joined([re.sub(r"(^|[;,])06611(?=[;,])", rf"\g<1>{key}", text) for text in table.lines])
    refusal = twins.refusal(clean_of(entry), broken, path.name)
    assert key in refusal.message("de")
    assert f"Zeile/row {line + 1}" in refusal.message("de")
