"""The demonstration is a real workshop: played by the acts of its people, ready to go on."""

from __future__ import annotations

import time

import pytest
from django.contrib.auth import authenticate
from django.test import Client

from fachkraftwerk.web.demo import prepare_demo
from fachkraftwerk.web.workshops.domain.perform import now_ms, open_book
from fachkraftwerk.web.workshops.domain.record import full_record
from fachkraftwerk.web.workshops.models import Event, Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines() -> list[str]:
    begin = time.process_time()
    made = prepare_demo("http://127.0.0.1:8000")
    assert time.process_time() - begin < 15, "seconds of work, however busy the machine is"
    return made


def _found(lines: list[str], word: str) -> str:
    line = next(line for line in lines if word in line)
    return next(part for part in line.split() if part.startswith("http")).removeprefix("http://127.0.0.1:8000")


def test_the_day_stands_in_the_middle_of_a_vote(lines: list[str]) -> None:
    workshop = Workshop.objects.get(status="running")
    state = open_book(workshop).state
    assert state.phase.key == "budget" and now_ms() < state.ends < now_ms() + 91 * 60_000
    assert len(state.people) == 60 and len(state.cards) == 90 and len(state.tables) == 8
    assert "budget" not in state.revealed, "the room decides when to see the result"
    record = full_record(workshop)
    assert [field["name"] for field in record["fields"]] == [
        "Bindung in Betrieben", "Attraktivität der Region", "Qualifizierung & Transformation", "Zuwanderung von Fachkräften",
    ]  # fmt: skip
    assert all(figure["rounds"] for figure in record["figures"]) and len(record["figures"]) == 5
    assert {sheet["values"]["owner_state"] for sheet in record["sheets"]} == {"present", "asked"}
    assert "Auswanderermesse Utrecht" in {entry["title"] for entry in record["existing"]}, (
        "a real measure of the region"
    )
    assert not record["results"]["budget"]["same"], "both results must differ, or there is nothing to show"


def test_the_workshop_of_2023_is_remembered_with_what_became_of_it(lines: list[str]) -> None:
    past, today = Workshop.objects.get(status="closed"), Workshop.objects.get(status="running")
    assert today.previous == past and past.participants.count() == 0
    old = {sheet["title"] for sheet in full_record(past)["sheets"]}
    notes = [entry["note"] for entry in full_record(today)["existing"] if entry["title"] in old]
    assert len(notes) == 5 and {note.split(":")[0] for note in notes} == {"läuft", "stockt", "beendet"}


def test_twice_makes_nothing_twice_and_the_new_password_works(lines: list[str]) -> None:
    events = Event.objects.count()
    begin = time.process_time()
    again = prepare_demo("http://127.0.0.1:8000")
    assert time.process_time() - begin < 5
    assert (Workshop.objects.count(), Event.objects.count()) == (2, events)
    password = next(line for line in again if "Passwort" in line).split()[-1]
    assert authenticate(username="kassel", password=password) is not None


def test_every_printed_address_answers(lines: list[str], client: Client) -> None:
    for word in ("Leinwand", "Moderation", "Mitmachen"):
        assert client.get(_found(lines, word)).status_code == 200, word
    assert client.get(_found(lines, "Gastgeber")).status_code == 302, "strangers are sent to the door"
