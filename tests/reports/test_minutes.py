"""What the minutes say about a record, and that no text of a reader becomes markup."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reports.records import balanced, card, record, sheet

from fachkraftwerk.reports import minutes
from fachkraftwerk.reports.minutes.blocks import Bars, Cards, Heading, Listing, Paragraph, Table
from fachkraftwerk.reports.minutes.wording import Say, date
from fachkraftwerk.reports.theme import colours

NAMES = minutes.Names(benches={"wirtschaft": "Wirtschaft"})
SHEETS = [
    sheet(1, "Werksbus", owner="Verkehrsverbund", owner_state="asked"),
    sheet(2, "Sprachkurs", "p2"),
    sheet(3, "Wohnheim"),
]


def _made(**parts: object) -> minutes.Document:
    return minutes.document(record(**parts), NAMES)


def _under(document: minutes.Document, title: str) -> list[object]:
    """Return the blocks below a heading of the first level."""
    blocks = list(document.blocks)
    start = next(i for i, b in enumerate(blocks) if isinstance(b, Heading) and b.text == title)
    rest = blocks[start + 1 :]
    end = next((i for i, b in enumerate(rest) if isinstance(b, Heading) and b.level == 1), len(rest))
    return list(rest[:end])


def test_the_room_decides_over_the_machine() -> None:
    voted = {"budget": balanced([1, 2], [2, 3], SHEETS)}
    assert "ausgewogenen Auswahl gehen 2 von 3" in " ".join(_made(sheets=SHEETS, results=voted).texts())
    decided = [
        sheet(1, "Werksbus", chosen=True),
        sheet(2, "Sprachkurs", "p2", chosen=False),
        sheet(3, "Wohnheim", chosen=False),
    ]
    document = _made(sheets=decided, results=voted)
    assert "1 von 3 Maßnahmen geht weiter. So hat es der Raum entschieden." in document.texts()
    left = next(b for b in _under(document, "Was nicht gewählt wurde") if isinstance(b, Listing))
    assert left.texts == ("Sprachkurs (Zuwanderung)", "Wohnheim (Bindung)")


def test_only_the_differences_of_both_results_are_named() -> None:
    document = _made(sheets=SHEETS, results={"budget": balanced([1, 2], [2, 3], SHEETS)})
    text = next(b.text for b in document.blocks if isinstance(b, Paragraph) and "unterscheiden" in b.text)
    assert "Nur nach Stimmen: Werksbus." in text and "Nur ausgewogen: Wohnheim." in text and "Sprachkurs" not in text
    same = _made(sheets=SHEETS, results={"budget": balanced([1], [1], SHEETS)})
    assert any("Es gibt nichts zu verhandeln" in text for text in same.texts())


def test_cards_stand_under_their_headings_doubles_are_counted_nothing_is_lost() -> None:
    groups = [{"id": 50, "heading": "Hinkommen", "table": 1, "phase": "karten", "field": "p1", "order": 50.0}]
    cards = [card(1, "Bus", group=50), card(2, "Werksbus", merged_into=1), card(3, "Rad", group=50, paper="003-K"), card(4, "Lohn"),
             card(5, "Verein", "weg"), card(6, "Kurs", "p2", group=99)]  # fmt: skip
    shown = [b for b in _under(_made(cards=cards, groups=groups), "Die Karten") if isinstance(b, Cards)]
    assert [b.texts for b in shown] == [("Bus", "Rad"), ("Lohn",), ("Kurs",), ("Verein",)]
    assert shown[0].marks == ("2-mal genannt", "Papier 003-K")


def test_disputed_means_a_quarter_on_either_side() -> None:
    rows = [
        {"id": str(n), "name": f"Aussage {n}", "agree": a, "disagree": d, "pass": 0, "n": a + d}
        for n, (a, d) in enumerate([(9, 3), (10, 3), (0, 0), (0, 7)])
    ]
    document = _made(results={"galerie": {"kind": "opinion", "voters": 12, "rows": rows, "groups": [], "reason": None}})
    table = next(b for b in _under(document, "Abweichende Meinungen") if isinstance(b, Table))
    assert [row[0] for row in table.rows] == ["Aussage 0"]


def test_fahrplan_in_the_order_of_quarters_with_the_state_of_the_promise() -> None:
    lines = {
        "2": {"quarter": "2027-Q2", "note": ""},
        "1": {"quarter": "2027-Q1", "note": "Zeiten sammeln"},
        "77": {"quarter": "2026-Q1", "note": ""},
    }
    table = next(b for b in _under(_made(sheets=SHEETS, roadmap=lines), "Fahrplan, Version 0") if isinstance(b, Table))
    assert table.rows[0] == ("1. Quartal 2027", "Werksbus", "Verkehrsverbund (angefragt)", "Zeiten sammeln")
    assert [row[1] for row in table.rows] == ["Werksbus", "Sprachkurs"]


def test_level_places_are_joined_to_spans() -> None:
    rows = [{"id": key, "name": key, "score": 5, "rank_low": 1.0, "rank_high": 2.5, "place": 1} for key in ("p1", "p2")]
    document = _made(results={"felder": {"kind": "points", "voters": 9, "rows": rows, "level": [1, 2, 3, 6]}})
    assert any("Platz 1 bis 4, 6 bis 7." in text for text in document.texts())
    assert "Platz 1 bis 2,5" in next(b for b in document.blocks if isinstance(b, Bars)).bars[0].note


def test_numbers_and_dates_as_each_language_writes_them() -> None:
    assert (
        date("2026-03-05", "de") == "5. März 2026"
        and date("2026-03-05", "en") == "5 March 2026"
        and date("bald", "de") == "bald"
    )
    assert (
        Say("de").cost(1, "days") == "1 Personentag"
        and Say("en").cost(1200, "eur") == "€1,200"
        and Say("de").people(1) == "1 Person"
    )


@settings(max_examples=15)
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80), min_size=1, max_size=6)
)
def test_any_text_can_be_typeset(texts: list[str]) -> None:
    document = _made(cards=[card(n, text) for n, text in enumerate(texts)], sheets=[sheet(1, texts[0], goal=texts[-1])])
    assert minutes.pdf(document).startswith(b"%PDF") and minutes.docx(document).startswith(b"PK")


@pytest.mark.parametrize(
    "text", ['#import "x"', "$ x^2 $", "@quelle", "= Titel", "\\", "*fett*", "[[", '#read("/etc/passwd")']
)
def test_markup_of_the_typesetter_stays_text(text: str) -> None:
    from pypdf import PdfReader

    pages = PdfReader(io.BytesIO(minutes.pdf(_made(cards=[card(1, text)])))).pages
    shown = "".join(page.extract_text() for page in pages)
    assert "".join(text.split()) in "".join(shown.split()).replace("“", '"')


def test_colours_come_from_the_one_file() -> None:
    assert colours()["accent"] == "#0a5563" and colours()["paper"] == "#fbfaf7", "the light theme, not the dark one"
