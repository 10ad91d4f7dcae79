"""What guests save is dated, limited and deleted in time; accounts keep theirs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from fachkraftwerk.web.scenarios.domain import keep
from fachkraftwerk.web.scenarios.models import SavedScenario

pytestmark = pytest.mark.django_db


def save(client: Client, ags: str, name: str = "Unser Weg", token: str = "") -> Any:
    query = f"region={ags}&k=childcare&d=5&s_id={token}"
    return client.post("/massnahmen/sichern/", {"q": query, "name": name})


def test_a_guest_sees_until_when_it_is_kept(client: Client, ags: str) -> None:
    link = save(client, ags).headers["Location"]
    day = SavedScenario.objects.get().expires
    assert day == timezone.localdate() + keep.LIFETIME
    page = client.get(link).content.decode()
    assert "Aufbewahrt bis" in page and f"{day.day}." in page and str(day.year) in page


def test_a_change_gives_new_time_and_the_end_is_the_end(client: Client, ags: str) -> None:
    link = save(client, ags).headers["Location"]
    kept = SavedScenario.objects.get()
    SavedScenario.objects.update(expires=timezone.localdate() + timedelta(days=1))
    save(client, ags, "Neu", kept.token)
    assert SavedScenario.objects.get().expires == keep.until()
    SavedScenario.objects.update(expires=timezone.localdate() - timedelta(days=1))
    assert client.get(link).status_code == 400
    save(client, ags, "Ein anderes")
    assert [one.name for one in SavedScenario.objects.all()] == ["Ein anderes"]


def test_twenty_a_browser_then_a_refusal_that_helps(client: Client, ags: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep, "PER_BROWSER", 2)
    tokens = [save(client, ags, f"{i}").headers["Location"].split("/")[-2] for i in range(2)]
    refused = save(client, ags)
    assert refused.status_code == 400 and "melden Sie sich an" in refused.content.decode()
    assert save(client, ags, "geändert", tokens[0]).status_code == 302
    client.post(f"/massnahmen/s/{tokens[1]}/loeschen/")
    assert save(client, ags).status_code == 302
    assert save(Client(), ags).status_code == 302


def test_all_guests_together_have_a_limit(client: Client, ags: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep, "OF_ALL_GUESTS", 1)
    save(client, ags)
    assert "kein Platz" in save(Client(), ags).content.decode()


def test_an_account_keeps_its_scenarios_in_every_browser(client: Client, ags: str) -> None:
    user = get_user_model().objects.create_user("amt", password="x")
    client.force_login(user)
    link = save(client, ags).headers["Location"]
    assert SavedScenario.objects.get().expires is None
    other = Client()
    assert "Änderungen sichern" not in other.get(link).content.decode()
    other.force_login(user)
    assert "Änderungen sichern" in other.get(link).content.decode()
    assert "Unser Weg" in other.get("/massnahmen/").content.decode()


def test_huge_files_are_refused(client: Client, ags: str) -> None:
    file = SimpleUploadedFile("szenario.json", b"[" * 400_000)
    response = client.post("/massnahmen/einlesen/", {"datei": file})
    assert response.status_code == 400 and "zu groß" in response.content.decode()
    deep = SimpleUploadedFile("szenario.json", b"[" * 200_000)
    assert "kein JSON" in client.post("/massnahmen/einlesen/", {"datei": deep}).content.decode()


def test_names_are_shown_as_text_only(client: Client, ags: str) -> None:
    link = save(client, ags, "<script>alert(1)</script>").headers["Location"]
    for address in (link, "/massnahmen/", f"/massnahmen/vergleich/?s={link}"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page and "&lt;script&gt;alert" in page


def test_reading_sets_no_session(ags: str) -> None:
    client = Client()
    client.get(f"/massnahmen/rechnen/?region={ags}&k=childcare&d=5")
    assert "sessionid" not in client.cookies


def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "scenarios", check=True, dry_run=True, verbosity=0)
