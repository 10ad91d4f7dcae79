"""Kept runs on the page: empty, listed, compared, and never a path from outside."""

from pathlib import Path

import pytest
from django.test import Client

from fachkraftwerk.edition import open_edition
from fachkraftwerk.runs import vintages


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FACHKRAFTWERK_HOME", str(tmp_path))
    return tmp_path


@pytest.mark.django_db
def test_without_runs_the_page_says_how_to_keep_one(home: Path) -> None:
    shown = Client().get("/guete/laeufe/").content.decode()
    assert "fachkraftwerk runs keep" in shown
    assert 'href="/daten/"' in shown


@pytest.mark.django_db
def test_the_former_address_leads_here(home: Path) -> None:
    answer = Client().get("/guete/ausgaben/?vor=a&nach=b")
    assert answer.status_code == 301 and answer.headers["Location"] == "/guete/laeufe/?vor=a&nach=b"


@pytest.mark.django_db
def test_two_runs_are_listed_and_compared_in_both_languages(home: Path, musterland_path: Path) -> None:
    for seed in (0, 1):
        vintages.keep(open_edition(musterland_path), f"lauf-{seed}", 12, seed)
    (home / "runs" / "lauf-0" / "extra").mkdir()
    client = Client()
    german = client.get("/guete/laeufe/?vor=lauf-0&nach=lauf-1").content.decode()
    assert "Nur der Zufall der Ziehungen ist ein anderer." in german
    assert "Kreise mit der größten Änderung" in german
    english = client.get("/guete/laeufe/?vor=lauf-0&nach=lauf-1&lang=en", follow=True).content.decode()
    assert "Only the chance of the draws is different." in english
    assert 'style="' not in german + english


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["../../etc", "fehlt", "%2e%2e", "\x00"])
def test_a_run_that_is_not_kept_here_is_not_looked_for(home: Path, name: str) -> None:
    answer = Client().get("/guete/laeufe/", {"vor": name, "nach": name})
    assert answer.status_code == 200
    assert "Einen dieser Läufe gibt es hier nicht" in answer.content.decode()


@pytest.mark.django_db
def test_a_damaged_run_is_left_out_of_the_list(home: Path, musterland_path: Path) -> None:
    path = vintages.keep(open_edition(musterland_path), "heil", 12)
    (path / "figures.parquet").write_bytes(b"x")
    assert "heil" not in Client().get("/guete/laeufe/").content.decode()
