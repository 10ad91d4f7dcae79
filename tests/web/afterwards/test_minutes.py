"""Minutes as page, PDF and DOCX: complete, in both languages, for hosts only, and quick."""

from __future__ import annotations

import csv
import io
import re
import time
import zipfile

import pytest
from django.test import Client
from tests.web.afterwards import made

from fachkraftwerk.reports import minutes
from fachkraftwerk.web.afterwards.domain import minutes as written
from fachkraftwerk.web.workshops.domain import closing
from fachkraftwerk.web.workshops.models import Workshop

pytestmark = pytest.mark.django_db
FILES = (
    "protokoll/",
    "protokoll.pdf",
    "protokoll.docx",
    "export.json",
    "export.zip",
    "karten.pdf",
    "tischkarten.pdf",
    "plakat.pdf",
    "papier/",
)


@pytest.fixture
def day() -> Workshop:
    """A closed workshop."""
    workshop = made.workshop()
    made.small(workshop)
    closing.close(workshop)
    workshop.refresh_from_db()
    return workshop


@pytest.fixture
def inside(client: Client) -> Client:
    client.force_login(made.host())
    return client


def _pdf_text(data: bytes) -> str:
    from pypdf import PdfReader

    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def _docx_text(data: bytes) -> str:
    from docx import Document

    paper = Document(io.BytesIO(data))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return " ".join([*(line.text for line in paper.paragraphs), *cells])


def test_pdf_page_and_docx_say_the_same_everything(day: Workshop, inside: Client) -> None:
    page = inside.get(f"/werkstatt/{day.id}/protokoll/").content.decode()
    pdf = _pdf_text(inside.get(f"/werkstatt/{day.id}/protokoll.pdf").content)
    word = _docx_text(inside.get(f"/werkstatt/{day.id}/protokoll.docx").content)
    wanted = (
        "Protokoll", "12 Personen", "Werksbus zum Schichtwechsel", "2-mal genannt", "Hinkommen", "Wir merken mehr.", "Sprachkurs",
        "Verkehrsverbund (angefragt)", "Zeiten sammeln", "1. Quartal 2027", "18. März 2027, Kreishaus", "Ausbildungsatlas",
        "#emph[kein Satz]", "Was nicht gewählt wurde", "Abweichende Meinungen", "Beide Ergebnisse", "Moderationsprotokoll",
    )  # fmt: skip
    for text in wanted:
        assert text in page, text
        assert text in pdf.replace("- ", "").replace("­", "") or text in pdf, text
        assert text in word, text
    assert "Mehr Lohn" not in page + pdf + word, "a hidden card stays hidden"
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page


def test_the_pdf_is_tagged_titled_and_speaks_german(day: Workshop) -> None:
    from pypdf import PdfReader

    catalog = PdfReader(io.BytesIO(minutes.pdf(written.document(day, "de")))).trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"] is True or bool(catalog["/MarkInfo"]["/Marked"])
    assert str(catalog["/Lang"]).startswith("de") and "/StructTreeRoot" in catalog


def test_same_day_same_bytes(day: Workshop) -> None:
    document = written.document(day, "de")
    assert minutes.pdf(document) == minutes.pdf(document)


def test_made_within_seconds_of_closing(day: Workshop) -> None:
    begin = time.process_time()
    document = written.document(day, "de")
    minutes.pdf(document), minutes.docx(document)
    assert time.process_time() - begin < 10


def test_benches_below_five_are_not_told(day: Workshop) -> None:
    """Twelve people on five benches: three, three, two, two, two. None may be named."""
    text = " ".join(written.document(day, "de").texts() + [value for _, value in written.document(day, "de").facts])
    assert "kleinere Bänke zusammen 12" in text
    assert not re.search(r"(Wirtschaft|Verwaltung|Bildung|Sozialpartner) \d", text)


def test_english_minutes_hold_no_german_sentence(day: Workshop) -> None:
    shown = [block for block in written.document(day, "en").texts() if block]
    own = {"Werkstatt <Kassel> & Umland"}
    german = [
        text
        for text in shown
        if text not in own and re.search(r"\b(und|nicht|Maßnahme|Karte|wurde|Träger|Handlungsfeld)\b", text)
    ]
    assert german == []


def test_strangers_and_guests_see_nothing(day: Workshop, client: Client) -> None:
    for path in FILES:
        assert client.get(f"/werkstatt/{day.id}/{path}").status_code == 302, path
    client.force_login(made.host("fremd"))
    for path in FILES:
        assert client.get(f"/werkstatt/{day.id}/{path}").status_code == 404, path


def test_an_empty_and_a_running_workshop_have_minutes_too(inside: Client) -> None:
    workshop = made.workshop()
    for path in FILES:
        assert inside.get(f"/werkstatt/{workshop.id}/{path}").status_code == 200, path
    made.small(workshop)
    assert "Zwischenstand" in inside.get(f"/werkstatt/{workshop.id}/protokoll/").content.decode()


def test_csv_tables_are_complete_and_harmless(day: Workshop, inside: Client) -> None:
    box = zipfile.ZipFile(io.BytesIO(inside.get(f"/werkstatt/{day.id}/export.zip").content))
    cards = list(csv.DictReader(io.StringIO(box.read("karten.csv").decode("utf-8-sig")), delimiter=";"))
    assert [row["text"] for row in cards if row["text"].endswith("SUMME(A1)")] == ["'=SUMME(A1)"]
    assert {row["bank"] for row in cards} == {""}, "no bench has five people"
    assert {
        "massnahmenblaetter.csv",
        "fahrplan.csv",
        "ergebnis_punkte.csv",
        "ergebnis_budget.csv",
        "prognose.csv",
    } <= set(box.namelist())


def test_the_host_page_leads_to_the_minutes(day: Workshop, inside: Client) -> None:
    page = inside.get(f"/werkstatt/verwalten/{day.id}/").content.decode()
    assert f"/werkstatt/{day.id}/protokoll/" in page


def test_a_file_comes_in_by_the_form_and_a_wrong_one_says_why(day: Workshop, inside: Client) -> None:
    data = inside.get(f"/werkstatt/{day.id}/export.json").content
    day.delete()
    wrong = inside.post("/werkstatt/import/", {"file": io.BytesIO(data[:-40])})
    assert wrong.status_code == 400 and "unvollständig" in wrong.content.decode() and not Workshop.objects.exists()
    assert inside.post("/werkstatt/import/").status_code == 400
    right = inside.post("/werkstatt/import/", {"file": io.BytesIO(data)})
    assert right.status_code == 302 and inside.get(right.url).status_code == 200
