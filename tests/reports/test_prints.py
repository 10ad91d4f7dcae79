"""Cards, table cards and poster: right size, right number of pages, tagged, readable codes."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import pytest
from pypdf import PdfReader
from tests.reports.records import record, sheet

from fachkraftwerk.reports import cards
from fachkraftwerk.reports.poster import content, poster

MM = 72 / 25.4


def _read(data: bytes) -> PdfReader:
    reader = PdfReader(io.BytesIO(data))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    return reader


def _size(reader: PdfReader) -> tuple[int, int]:
    box = reader.pages[0].mediabox
    return round(float(box.width) / MM), round(float(box.height) / MM)


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (4, 1), (5, 2), (80, 20)])
def test_four_cards_a_sheet(count: int, pages: int) -> None:
    wanted = [cards.Card(f"{n:03d}-K", shape=cards.SHAPES[n % 4]) for n in range(count)]
    reader = _read(cards.cards("Werkstatt", wanted))
    assert (len(reader.pages), _size(reader)) == (pages, (297, 210))
    shown = " ".join(page.extract_text() for page in reader.pages)
    assert re.findall(r"\d{3}-K", shown) == [card.code for card in wanted]


def test_the_longest_card_stays_on_its_card() -> None:
    reader = _read(cards.cards("Werkstatt", [cards.Card("001-K", "Wort " * 48, shape=shape) for shape in cards.SHAPES]))
    assert len(reader.pages) == 1
    assert "".join(reader.pages[0].extract_text().split()).count("Wort") == 4 * 48


def test_table_cards_carry_code_address_and_number() -> None:
    places = [
        cards.Place(n, "Attraktivität der Region", "http://10.0.0.5:8000/werkstatt/K7F4WX/", "K7F 4WX") for n in (1, 12)
    ]
    reader = _read(cards.table_cards("Werkstatt", places))
    assert len(reader.pages) == 2 and _size(reader) == (210, 297)
    assert all(word in reader.pages[1].extract_text() for word in ("12", "K7F 4WX", "10.0.0.5:8000/werkstatt/K7F4WX/"))


def _poster(sheets: Sequence[dict[str, Any]], **parts: Any) -> PdfReader:
    return _read(poster(record(sheets=list(sheets), **parts)))


@pytest.mark.parametrize("count", [0, 1, 12, 60])
def test_the_poster_is_one_sheet_of_a1_with_every_measure(count: int) -> None:
    sheets = [
        sheet(n, f"Maßnahme{n:02d}", f"p{n % 2 + 1}", owner="Kammer", first_step="Termin finden " * 4)
        for n in range(count)
    ]
    reader = _poster(sheets, roadmap={str(n): {"quarter": f"2027-Q{n % 4 + 1}", "note": ""} for n in range(count)})
    assert len(reader.pages) == 1 and _size(reader) == (841, 594)
    text = reader.pages[0].extract_text()
    assert all(f"Maßnahme{n:02d}" in text for n in range(count))


def test_chosen_without_a_quarter_stands_in_an_open_column() -> None:
    sheets = [
        sheet(1, "Werksbus", chosen=True),
        sheet(2, "Kurs", "weg", chosen=True),
        sheet(3, "Wohnheim", chosen=False),
    ]
    made = content(record(sheets=sheets, roadmap={"1": {"quarter": "2027-Q1", "note": ""}}))
    assert made["columns"] == ["1. Quartal 2027", "Beginn offen"]
    assert [(row["field"], [[m["title"] for m in cell] for cell in row["cells"]]) for row in made["rows"]] == [
        ("Bindung", [["Werksbus"], []]), ("Ohne Handlungsfeld", [[], ["Kurs"]]),
    ]  # fmt: skip


def test_qr_leads_where_it_says() -> None:
    drawn = cards.qr("http://10.0.0.5:8000/werkstatt/K7F4WX/")
    assert drawn.startswith("<svg") and drawn != cards.qr("http://10.0.0.5:8000/werkstatt/K7F4WY/")
