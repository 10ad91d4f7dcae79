"""CSV as spreadsheets of both languages read it."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from fachkraftwerk.web.spreadsheet import as_csv

ROWS = [["Jahr", "ohne", "Kennung"], [2030, 5.2, "1.2.3"], ["a;b", "-0.25", None], [1e-07, "5.2 %", "06633"]]


def test_german_files_have_semicolons_and_decimal_commas() -> None:
    found = as_csv(ROWS, "de").decode("utf-8-sig").splitlines()
    assert found == ["Jahr;ohne;Kennung", "2030;5,2;1.2.3", '"a;b";-0,25;', "1e-07;5.2 %;06633"]


def test_english_files_have_commas_and_points() -> None:
    found = as_csv(ROWS, "en").decode("utf-8-sig").splitlines()
    assert found == ["Jahr,ohne,Kennung", "2030,5.2,1.2.3", "a;b,-0.25,", "1e-07,5.2 %,06633"]


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False, width=32), min_size=1))
def test_no_digit_is_lost_in_either_language(values: list[float]) -> None:
    for lang, mark in (("de", ";"), ("en", ",")):
        (row,) = csv.reader(io.StringIO(as_csv([values], lang).decode("utf-8-sig")), delimiter=mark)
        assert [float(cell.replace(",", ".")) for cell in row] == values
