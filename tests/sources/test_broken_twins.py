"""Broken contents of each layout: refused with file, row, column and remedy (damage to bytes: test_broken_files)."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from tests.sources.twins import book, inner, lines, refusal, replaced, sample, samples, zipped

MINE = (
    "destatis_bevoelkerung_einzelalter", "destatis_gemeindeverzeichnis", "genesis_12211_0003", "genesis_12411_0018",
    "genesis_demografie", "genesis_ffcsv", "regionalstatistik_12411_02_03_4", "regionalstatistik_13111_07_05_4",
    "regionalstatistik_13211_02_05_4", "regionalstatistik_schulabgaenger", "un_wpp2022",
)  # fmt: skip
FILES = [(slug, path) for slug in MINE for path in samples(slug)]
CSV = [(slug, path) for slug, path in FILES if path.suffix != ".xlsx"]
CLASSIC = [(s, p) for s, p in CSV if inner(p.read_bytes())[:40].find(b"Tabelle: ") >= 0]
FLAT = [(s, p) for s, p in CSV if s == "genesis_ffcsv"]
BOOKS = [(slug, path) for slug, path in FILES if path.suffix == ".xlsx"]


def ids(pair: Any) -> str:
    return pair[1].name if isinstance(pair, tuple) else ""


def clean(slug: str) -> Any:
    return import_module(f"fachkraftwerk.sources.{slug}.clean").clean


@pytest.mark.parametrize("case", FILES, ids=ids)
def test_healthy_file_is_accepted(case: tuple[str, Path]) -> None:
    slug, path = case
    assert len(clean(slug)(path.read_bytes(), path.name))


@pytest.mark.parametrize("case", [c for c in CSV if c[0] != "un_wpp2022"], ids=ids)
def test_half_a_table_cut_at_a_line_end(case: tuple[str, Path]) -> None:
    slug, path = case
    if path.name.startswith("abgaenger"):
        pytest.skip("a list of single facts has no length of its own")
    cut = lines(path.read_bytes(), lambda rows: rows[: max(3, len(rows) - 4)])
    refusal(clean(slug), cut, path.name)


@pytest.mark.parametrize("case", [c for c in CSV if c[0] != "un_wpp2022"], ids=ids)
def test_umlauts_lost_twice(case: tuple[str, Path]) -> None:
    slug, path = case
    text = inner(path.read_bytes())
    try:
        broken = text.decode("utf-8").encode("utf-8").decode("cp1252", "replace").encode()
    except UnicodeDecodeError:
        broken = text.decode("iso-8859-1").encode().decode("iso-8859-1").encode()
    if text.isascii():
        pytest.skip("no umlaut in this file")
    caught = refusal(clean(slug), broken, path.name)
    assert "Umlaute" in caught.message("de") and "row" in caught.faults[0].where


@pytest.mark.parametrize("case", CLASSIC, ids=ids)
def test_another_genesis_table(case: tuple[str, Path]) -> None:
    slug, path = case
    other = lines(path.read_bytes(), lambda rows: ["GENESIS-Tabelle: 99999-0001", *rows[1:]])
    assert "99999-0001" in refusal(clean(slug), other, path.name).message("de")


def _data_row(rows: list[str]) -> int:
    """Index of the last row of figures in a classic csv."""
    return next(i for i, row in enumerate(rows) if row.startswith("____")) - 1


@pytest.mark.parametrize("case", CLASSIC, ids=ids)
def test_doubled_row_is_named(case: tuple[str, Path]) -> None:
    slug, path = case

    def double(rows: list[str]) -> list[str]:
        at = _data_row(rows)
        return [*rows[: at + 1], rows[at], *rows[at + 1 :]]

    broken = lines(path.read_bytes(), double)
    row = _data_row(inner(broken).decode("iso-8859-1").split("\n")) + 1
    caught = refusal(clean(slug), broken, path.name)
    assert f"Zeile/row {row}" in caught.faults[0].where and "doppelt" in caught.message("de")


@pytest.mark.parametrize("case", CLASSIC, ids=ids)
@pytest.mark.parametrize("cell", ["-17", "viele", "1.234"])
def test_impossible_cell_is_named(case: tuple[str, Path], cell: str) -> None:
    slug, path = case

    def spoil(rows: list[str]) -> list[str]:
        at = _data_row(rows)
        cells = rows[at].split(";")
        return [*rows[:at], ";".join([*cells[:-1], cell]), *rows[at + 1 :]]

    caught = refusal(clean(slug), lines(path.read_bytes(), spoil), path.name)
    assert cell.lstrip("-") in caught.message("de") and "Spalte/column" in caught.faults[0].where


@pytest.mark.parametrize("case", CLASSIC, ids=ids)
def test_missing_column_and_shortened_row(case: tuple[str, Path]) -> None:
    slug, path = case

    def cut(rows: list[str]) -> list[str]:
        end = _data_row(rows) + 1
        return [row.rsplit(";", 1)[0] if ";" in row and i < end else row for i, row in enumerate(rows)]

    assert "fehlt" in refusal(clean(slug), lines(path.read_bytes(), cut), path.name).message("de")

    def shorten(rows: list[str]) -> list[str]:
        at = _data_row(rows)
        return [*rows[:at], rows[at].rsplit(";", 1)[0], *rows[at + 1 :]]

    assert "Felder" in refusal(clean(slug), lines(path.read_bytes(), shorten), path.name).message("de")


def test_renamed_column_is_guessed() -> None:
    data = replaced(sample("genesis_12411_0018", "12411-0018.csv"), "unter 3 Jahre", "unter 3 Jahren", 2)
    caught = refusal(clean("genesis_12411_0018"), data, "12411-0018.csv")
    assert "Vielleicht heißt sie jetzt „männlich | unter 3 Jahren“" in caught.message("de")
    assert len(caught.faults) == 2


def test_lost_leading_zeros_are_named() -> None:
    data = replaced(sample("genesis_12411_0018", "12411-0018.csv"), ";06611;", ";6611;", 99)
    caught = refusal(clean("genesis_12411_0018"), data, "12411-0018.csv")
    assert "führende Null" in caught.message("de") and "leading zero" in caught.message("en")
    assert len(caught.faults) == 3


def test_all_faults_at_once() -> None:
    data = sample("regionalstatistik_13211_02_05_4", "13211-02-05-4_2025.csv")
    rows = inner(data).decode("iso-8859-1").split("\n")
    at = _data_row(rows)
    rows[at] = rows[at].replace(";", ";?", 4)
    rows[at - 1] = rows[at - 1].rsplit(";", 1)[0] + ";104,5"
    rows.insert(at, rows[at - 2])
    caught = refusal(clean("regionalstatistik_13211_02_05_4"), "\n".join(rows).encode("iso-8859-1"), "a.csv")
    assert len(caught.faults) >= 3


def test_rate_above_hundred() -> None:
    data = sample("regionalstatistik_13211_02_05_4", "13211-02-05-4_2025.csv")

    def spoil(rows: list[str]) -> list[str]:
        at = _data_row(rows)
        return [*rows[:at], rows[at].rsplit(";", 1)[0] + ";104,5", *rows[at + 1 :]]

    caught = refusal(clean("regionalstatistik_13211_02_05_4"), lines(data, spoil), "a.csv")
    assert "104.5" in caught.message("en")


def test_unknown_section() -> None:
    data = replaced(
        sample("regionalstatistik_13111_07_05_4", "13111-07-05-4_2020.csv.gz"), "Baugewerbe (F)", "Bauen (F)"
    )
    assert "Bauen (F)" in refusal(clean("regionalstatistik_13111_07_05_4"), data, "a.csv").message("en")


@pytest.mark.parametrize("case", FLAT, ids=ids)
def test_flat_answers(case: tuple[str, Path]) -> None:
    slug, path = case
    data = path.read_bytes()
    renamed = lines(data, lambda rows: [rows[0].replace(";value_unit", ";unit"), *rows[1:]])
    assert "value_unit" in refusal(clean(slug), renamed, path.name).message("de")
    doubled = lines(data, lambda rows: [*rows[:2], rows[1], *rows[2:]])
    assert "Zeile/row 3" in refusal(clean(slug), doubled, path.name).faults[0].where
    half = lines(data, lambda rows: [*rows[:-2], rows[-2][:40]])
    assert "Spalten" in refusal(clean(slug), half, path.name).message("de")
    foreign = lines(data, lambda rows: [rows[0], *("99" + row[2:] for row in rows[1:] if row), ""])
    assert "Statistik 99" in refusal(clean(slug), foreign, path.name).message("de")
    short = lines(data, lambda rows: [rows[0], *rows[3:]])
    assert "Zeilen" in refusal(clean(slug), short, path.name).message("de")


@pytest.mark.parametrize("case", FLAT, ids=ids)
def test_flat_answers_plain_gzip_and_zip_are_the_same(case: tuple[str, Path]) -> None:
    import gzip

    slug, path = case
    plain = inner(path.read_bytes())
    wanted = clean(slug)(plain, path.name)
    assert clean(slug)(zipped(plain), path.name).equals(wanted)
    assert clean(slug)(gzip.compress(plain), path.name).equals(wanted)


@pytest.mark.parametrize("case", BOOKS, ids=ids)
def test_workbook_without_its_sheets(case: tuple[str, Path]) -> None:
    slug, path = case
    other = book(path.read_bytes(), lambda title, rows: rows).replace(b"", b"")
    assert len(clean(slug)(other, path.name))  # rewriting alone does no harm
    emptied = book(path.read_bytes(), lambda title, rows: rows[:1])
    refusal(clean(slug), emptied, path.name)
    import io

    import xlsxwriter

    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as new:
        new.add_worksheet("Tabelle1").write(0, 0, "Hallo")
    caught = refusal(clean(slug), packed.getvalue(), path.name)
    assert "Tabelle1" in caught.message("de") and "fehlt" in caught.message("de")


def _spoil(title: str, row: int, column: int, cell: Any) -> Any:
    def change(name: str, rows: list[list[Any]]) -> list[list[Any]]:
        if name == title:
            rows[row][column] = cell
        return rows

    return change


@pytest.mark.parametrize(
    ("slug", "title", "row", "column", "cell", "words"),
    [
        ("destatis_bevoelkerung_einzelalter", "Männlich", 8, 10, -3, "unmöglich"),
        ("destatis_bevoelkerung_einzelalter", "Männlich", 8, 10, 999999, "ergeben"),
        ("destatis_bevoelkerung_einzelalter", "Weiblich", 5, 94, "89 u. m.", "90 u. m."),
        ("destatis_bevoelkerung_einzelalter", "Weiblich", 9, 1, "06611", "doppelt"),
        ("destatis_gemeindeverzeichnis", "Kreisfreie Städte u. Landkreise", 9, 5, 7, "ergeben"),
        ("destatis_gemeindeverzeichnis", "Kreisfreie Städte u. Landkreise", 9, 0, 6611, "führende Null"),
        ("destatis_gemeindeverzeichnis", "Kreisfreie Städte u. Landkreise", 3, 4, "Umfang", "Fläche"),
        ("genesis_12211_0003", "12211-0003", 7, 1, "viele", "weder Zahl noch Zeichen"),
        ("genesis_12211_0003", "12211-0003", 4, 1, "Anzahl", "Einheit"),
        ("genesis_12211_0003", "12211-0003", 3, 2, "Beschäftigte", "Erwerbstätige"),
        ("genesis_12211_0003", "12211-0003", 8, 0, "03/2004", "doppelt"),
        ("genesis_demografie", "Deutschland männlich", 20, 3, 1.5, "unmöglich"),
        ("genesis_demografie", "Deutschland weiblich", 115, 0, "101", "Alter"),
        ("genesis_demografie", "Deutschland weiblich", 12, 3, "p x", "qx"),
    ],
)
def test_broken_cells_of_workbooks(slug: str, title: str, row: int, column: int, cell: Any, words: str) -> None:
    path = next(p for p in samples(slug) if p.suffix == ".xlsx")
    if slug == "genesis_demografie" and row == 115:
        row = 114
    broken = book(path.read_bytes(), _spoil(title, row, column, cell))
    assert words in refusal(clean(slug), broken, path.name).message("de")


def test_population_by_group_must_be_whole() -> None:
    slug, name = "regionalstatistik_12411_02_03_4", "bevoelkerung_kreise_alter17.csv.gz"
    data = sample(slug, name)
    without = lines(data, lambda rows: [row for i, row in enumerate(rows) if i != 5])
    assert "17 statt 18" in refusal(clean(slug), without, name).message("de")
    lost = replaced(data, "2024;06611;", "2024;6611;", 99)
    assert "6611" in refusal(clean(slug), lost, name).message("de")


def test_fertility_of_another_country_or_beyond_nature() -> None:
    slug, name = "un_wpp2022", "asfr_deutschland_1950_2100.csv"
    data = sample(slug, name)
    assert "250" in refusal(clean(slug), replaced(data, ",276,DEU", ",250,DEU"), name).message("de")
    broken = lines(data, lambda rows: [rows[0], rows[1].rsplit(",", 3)[0] + ",900.0,1.0,1.0", *rows[2:]])
    assert "unmöglich" in refusal(clean(slug), broken, name).message("de")
    assert "20-24" in refusal(clean(slug), replaced(data, "20-24", "20–24"), name).message("de")


@pytest.mark.parametrize(
    ("slug", "name", "old", "new"),
    [
        ("genesis_demografie", "12411-0013.csv", ";1-Jährige;", ";151-Jährige;"),
        ("genesis_demografie", "12612-0002.csv", ";Januar;", ";Jänner;"),
        ("regionalstatistik_12411_02_03_4", "bevoelkerung_kreise_alter17.csv.gz", "2024;DG;", "20_4;DG;"),
        ("regionalstatistik_schulabgaenger", "21111-01-03-4.csv.gz", "Gymnasien", "Lateinschulen"),
        ("regionalstatistik_schulabgaenger", "abgaenger_laender_2022_2023.csv", "Hessen", "Kurhessen"),
        ("genesis_ffcsv", "12211-0001_de_flat.csv", "30 bis unter 35 Jahre", "um die dreißig"),
    ],
)
def test_labels_without_a_meaning(slug: str, name: str, old: str, new: str) -> None:
    caught = refusal(clean(slug), replaced(sample(slug, name), old, new), name)
    assert "row" in caught.faults[0].where and "Spalte/column" in caught.faults[0].where
