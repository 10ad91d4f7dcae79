"""Help, imprint and privacy; and what is said when an address or a form does not work."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client

from fachkraftwerk.web import errors
from fachkraftwerk.web.about import views

pytestmark = pytest.mark.django_db


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_imprint_shows_what_the_operator_put_there(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    assert "Noch hat die Betreiberin nichts hinterlegt" in text(client.get("/impressum/"))
    (tmp_path / "impressum.txt").write_text("Landkreis <b>Muster</b>\nWeg 1\n\nTelefon 0561", encoding="utf-8")
    shown = client.get("/impressum/").content.decode()
    assert "Landkreis &lt;b&gt;Muster&lt;/b&gt;<br>Weg 1" in shown
    assert shown.count("Telefon 0561") == 1


def test_the_privacy_page_names_who_answers(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    (tmp_path / "datenschutz.txt").write_text("Frau Muster, Datenschutz", encoding="utf-8")
    assert "Frau Muster, Datenschutz" in text(client.get("/datenschutz/"))


def test_a_text_of_the_operator_is_read_up_to_a_limit(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    (tmp_path / "impressum.txt").write_text("x" * (views.LONGEST + 5), encoding="utf-8")
    assert [len(part) for part in views.paragraphs("impressum.txt")] == [views.LONGEST]


@pytest.mark.parametrize(("lang", "word"), [("de", "Lücke"), ("en", "Gap")])
def test_help_explains_the_words(client: Client, lang: str, word: str) -> None:
    assert word in text(client.get(f"/hilfe/?lang={lang}"))


def test_a_form_without_its_protection_says_what_to_do() -> None:
    answer = Client(enforce_csrf_checks=True).post("/konto/anmelden/", {"username": "a", "password": "b"})
    assert answer.status_code == 403
    assert "laden Sie die Seite neu" in text(answer)


@pytest.mark.parametrize(("view", "status"), [(errors.unreadable, 400), (errors.broken, 500)])
def test_bare_pages_say_it_in_both_languages(view: Any, status: int) -> None:
    answer = view(HttpRequest())
    assert answer.status_code == status
    assert "Startseite" in text(answer)
    assert 'lang="en"' in answer.content.decode()


def test_a_page_that_is_not_for_everybody_says_so(rf: Any) -> None:
    request = rf.get("/admin/")
    request.user = None
    answer = errors.forbidden(request)
    assert answer.status_code == 403
    assert "nicht für alle" in text(answer)
