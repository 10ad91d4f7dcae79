"""A measure of the library: complete in both languages, into a scenario, into a workshop."""

from __future__ import annotations

import uuid

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from fachkraftwerk.runs.library import records
from fachkraftwerk.web.workshops.domain import preparing
from fachkraftwerk.web.workshops.models import Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def host(client: Client, ags: str) -> Client:
    """A signed-in host with one prepared workshop."""
    user = get_user_model().objects.create_user("amt", password="x")
    client.force_login(user)
    workshop, faults = preparing.create(user, {"region": ags, "title": "Werkstatt im Herbst"})
    assert workshop is not None and not faults
    preparing.prepare(workshop, {"tables": "4", "fields": f"Unser Feld | {records.record('M045').field}"})
    return client


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_record_has_a_page_with_its_source(client: Client, ags: str, lang: str) -> None:
    for one in records.records():
        page = text(client, f"/massnahmen/eintrag/{one.id}/?lang={lang}")
        assert one.source.replace("&", "&amp;") in page and one.id in page


def test_what_pulls_no_lever_says_what_can_be_done_with_it(client: Client, ags: str) -> None:
    without = next(one for one in records.records() if not one.lever)
    page = text(client, f"/massnahmen/eintrag/{without.id}/")
    assert "wirkt auf keine Annahme" in page and "In eine Werkstatt nehmen" in page and 'name="dazu"' not in page
    assert 'name="dazu" value="M045"' in text(client, "/massnahmen/eintrag/M045/")
    assert client.get("/massnahmen/eintrag/M999/").status_code == 404


def test_strangers_get_a_line_to_copy_and_are_asked_to_sign_in(client: Client, ags: str) -> None:
    page = text(client, "/massnahmen/eintrag/M045/")
    assert "Melden Sie sich an" in page and f"{records.record('M045').title.de} | " in page
    assert client.post("/massnahmen/eintrag/M045/werkstatt/").status_code == 302
    assert not Workshop.objects.exists()


def test_a_measure_stands_in_the_register_with_its_field(host: Client) -> None:
    workshop = Workshop.objects.get()
    assert "Werkstatt im Herbst" in text(host, "/massnahmen/eintrag/M045/")
    sent = host.post("/massnahmen/eintrag/M045/werkstatt/", {"werkstatt": str(workshop.id)}, follow=True)
    assert "Aufgenommen in" in sent.content.decode()
    workshop.refresh_from_db()
    entry = workshop.setup["existing"][-1]
    assert entry["title"] == records.record("M045").title.de
    assert (entry["field"], entry["library"]) == ("p1", "M045")
    assert entry["title"] in text(host, f"/werkstatt/verwalten/{workshop.id}/")


def test_twice_is_said_and_a_running_workshop_is_left_alone(host: Client) -> None:
    workshop = Workshop.objects.get()
    data = {"werkstatt": str(workshop.id)}
    host.post("/massnahmen/eintrag/M045/werkstatt/", data)
    again = host.post("/massnahmen/eintrag/M045/werkstatt/", data, follow=True).content.decode()
    assert "steht schon im Register" in again
    Workshop.objects.update(status=Workshop.RUNNING)
    late = host.post("/massnahmen/eintrag/M001/werkstatt/", data, follow=True).content.decode()
    assert "läuft schon" in late
    assert len(Workshop.objects.get().setup["existing"]) == 1


def test_workshops_of_others_are_not_to_be_guessed(host: Client) -> None:
    stranger = Client()
    stranger.force_login(get_user_model().objects.create_user("fremd", password="x"))
    for ident in (str(Workshop.objects.get().id), str(uuid.uuid4()), "x"):
        assert stranger.post("/massnahmen/eintrag/M045/werkstatt/", {"werkstatt": ident}).status_code == 404
