"""Who was there reads the minutes: by link, by device, by four words; read-only, not for ever. Paper until sign-off."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.web.afterwards import made

from fachkraftwerk.web.afterwards.domain import intake, paper, transfer
from fachkraftwerk.web.workshops.domain import hosting
from fachkraftwerk.web.workshops.domain.perform import open_book
from fachkraftwerk.web.workshops.live import rooms
from fachkraftwerk.web.workshops.models import Participant, Reader, Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest() -> Client:
    """Browser of a participant."""
    return Client()


@pytest.fixture
def day(client: Client, guest: Client) -> dict[str, Any]:
    """A day with one phone in it, running; the host is signed in at ``client``."""
    client.force_login(made.host())
    workshop = made.workshop()
    made.Stage(workshop).go("karten")
    rooms.forget(workshop.id)
    door = reverse("workshops:phone", args=[workshop.code])
    page = guest.post(
        reverse("workshops:join", args=[workshop.code]), {"bench": "bildung", "table": "1"}, follow=True
    ).text
    return {"workshop": workshop, "door": door, "words": page.partition("<p><strong>")[2].partition("<")[0]}


def _close(client: Client, day: dict[str, Any]) -> Workshop:
    client.post(reverse("workshops:close", args=[day["workshop"].id]))
    day["workshop"].refresh_from_db()
    return day["workshop"]  # type: ignore[no-any-return]


def test_the_phone_that_was_there_opens_the_minutes_without_a_name(
    client: Client, guest: Client, day: dict[str, Any]
) -> None:
    workshop = _close(client, day)
    page = guest.get(day["door"]).text
    assert not Participant.objects.exists()
    link = page.partition('class="button" href="')[2].partition('"')[0]
    minutes = guest.get(link)
    assert minutes.status_code == 200
    assert workshop.title.split("<")[0] in minutes.text
    assert "<form" not in minutes.text.partition("<main")[2].partition("</main")[0]
    assert str(workshop.id) not in minutes.text
    assert guest.get(link + "protokoll.pdf").content.startswith(b"%PDF")


def test_another_device_opens_them_with_the_four_words(client: Client, day: dict[str, Any]) -> None:
    _close(client, day)
    other = Client()
    assert "Ihre vier Wörter" in other.get(day["door"]).text
    enter = reverse("workshops:re_enter", args=[day["workshop"].code])
    assert other.post(enter, {"phrase": "eins zwei drei vier"}).url == day["door"]
    assert (
        other.post(enter, {"phrase": day["words"]}, follow=True)
        .request["PATH_INFO"]
        .startswith("/werkstatt/protokoll/")
    )


def test_readers_expire_and_are_bound_to_nothing(client: Client, guest: Client, day: dict[str, Any]) -> None:
    _close(client, day)
    assert {field.name for field in Reader._meta.get_fields()} == {"id", "workshop", "digest", "expires"}
    Reader.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert "Ihre vier Wörter" in guest.get(day["door"]).text


def test_the_link_works_only_after_closing_and_until_it_expires(
    client: Client, day: dict[str, Any], monkeypatch: Any
) -> None:
    early = reverse("afterwards:shared", args=[hosting.reading_key(day["workshop"])])
    assert Client().get(early).status_code == 404
    workshop = _close(client, day)
    link = reverse("afterwards:shared", args=[hosting.reading_key(workshop)])
    assert Client().get(link).status_code == 200
    assert Client().get(link.replace("/protokoll/", "/protokoll/x")).status_code == 404
    other = hosting.key(workshop, hosting.PROJECT, "s")
    assert Client().get(reverse("afterwards:shared", args=[other])).status_code == 404
    later = signing.time.time() + hosting.READABLE.total_seconds() + 5
    monkeypatch.setattr(signing.time, "time", lambda: later)
    assert Client().get(link).status_code == 404


def test_hosts_end_a_link_at_once(client: Client, day: dict[str, Any]) -> None:
    workshop = _close(client, day)
    link = reverse("afterwards:shared", args=[hosting.reading_key(workshop)])
    client.post(reverse("workshops:renew_links", args=[workshop.id]))
    assert Client().get(link).status_code == 404


def test_the_projector_shows_the_code_of_the_minutes_once_it_is_over(client: Client, day: dict[str, Any]) -> None:
    screen = reverse("workshops:screen", args=[hosting.key(day["workshop"], hosting.PROJECT, "s")])
    assert Client().get(screen + "protokoll.svg").status_code == 404
    _close(client, day)
    assert "protokoll.svg" in Client().get(screen).text
    assert Client().get(screen + "protokoll.svg")["Content-Type"] == "image/svg+xml"


def test_paper_is_entered_after_closing_until_the_minutes_are_signed_off(client: Client, day: dict[str, Any]) -> None:
    workshop = _close(client, day)
    address = reverse("afterwards:paper", args=[workshop.id])
    entered = client.post(address, {"lines": f"{paper.code(workshop.id, 1)}; Werksbus"}, follow=True).text
    assert "1 Karte hängt an der Wand" in entered
    minutes = reverse("afterwards:minutes", args=[workshop.id])
    assert "Entwurf, noch nicht freigegeben" in client.get(minutes).text
    assert "Werksbus" in client.get(minutes).text
    client.post(reverse("afterwards:sign_off", args=[workshop.id]))
    assert "freigegeben" in client.get(minutes).text
    refused = client.post(address, {"lines": f"{paper.code(workshop.id, 2)}; Zu spät"})
    assert refused.status_code == 400
    assert "Das Protokoll ist freigegeben" in refused.text
    assert [card.text for card in open_book(workshop).state.cards.values()] == ["Werksbus"]


def test_the_file_of_a_signed_off_workshop_comes_back_byte_for_byte(client: Client, day: dict[str, Any]) -> None:
    workshop = _close(client, day)
    client.post(reverse("afterwards:paper", args=[workshop.id]), {"lines": f"{paper.code(workshop.id, 1)}; Werksbus"})
    early = transfer.export(Workshop.objects.get(pk=workshop.id))
    client.post(reverse("afterwards:sign_off", args=[workshop.id]))
    file = transfer.export(Workshop.objects.get(pk=workshop.id))
    Workshop.objects.all().delete()
    intake.take(early, made.host())
    assert intake.take(file, made.host()).added == 1
    assert transfer.export(Workshop.objects.get(pk=workshop.id)) == file


def test_strangers_sign_nothing_off(client: Client, day: dict[str, Any]) -> None:
    workshop = _close(client, day)
    client.force_login(made.host("fremd"))
    assert client.post(reverse("afterwards:sign_off", args=[workshop.id])).status_code == 404


def test_a_running_workshop_is_not_signed_off(client: Client, day: dict[str, Any]) -> None:
    page = client.post(reverse("afterwards:sign_off", args=[day["workshop"].id]), follow=True).text
    assert "Die Werkstatt läuft noch" in page


def test_the_day_of_a_workshop_is_the_one_on_which_it_was_opened(day: dict[str, Any]) -> None:
    day["workshop"].refresh_from_db()
    assert day["workshop"].day == timezone.localdate()
