"""The next workshop knows the measures of the last, and what became of them."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.web.afterwards import made

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.web.afterwards.domain import minutes as written
from fachkraftwerk.web.afterwards.domain import series
from fachkraftwerk.web.workshops.domain import closing, preparing
from fachkraftwerk.web.workshops.domain.perform import open_book
from fachkraftwerk.web.workshops.models import Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def second() -> Workshop:
    first = made.workshop()
    made.small(first)
    closing.close(first)
    return made.workshop(previous=first)


def test_chosen_measures_come_first(second: Workshop) -> None:
    assert [(each.title, each.chosen) for each in series.past(second)] == [("Werksbus", True), ("Sprachkurs", False)]
    assert series.past(second.previous) == []  # type: ignore[arg-type]


def test_a_word_and_a_sentence_hang_on_the_wall_and_stand_in_the_minutes(second: Workshop, client: Client) -> None:
    client.force_login(made.host())
    bus, course = (each.sheet for each in series.past(second))
    page = client.get(f"/werkstatt/{second.id}/rueckblick/").content.decode()
    assert "Werksbus" in page and "Sprachkurs" in page
    form = {
        f"state-{bus}": "stuck",
        f"note-{bus}": "nur  zwei Betriebe",
        f"state-{course}": "hacked",
        f"note-{course}": "x",
    }
    assert client.post(f"/werkstatt/{second.id}/rueckblick/", form).status_code == 302
    second.refresh_from_db()
    notes = {entry.title: entry.note for entry in open_book(second).state.existing.values()}
    fields = {entry.title: entry.field for entry in open_book(second).state.existing.values()}
    assert fields["Werksbus"] == "p1", "the same word of the vocabulary"
    assert notes["Werksbus"] == "stockt: nur zwei Betriebe" and "Sprachkurs" not in notes
    texts = written.document(second, "de").texts()
    assert "Was aus der vorigen Werkstatt wurde" in texts and "stockt: nur zwei Betriebe" in texts


def test_saying_it_twice_adds_nothing_and_preparing_keeps_it(second: Workshop) -> None:
    bus = series.past(second)[0].sheet
    series.keep(second, {bus: ("runs", "vier Linien")})
    count = len(second.setup["existing"])
    series.keep(second, {bus: ("runs", "fünf Linien")})
    assert len(second.setup["existing"]) == count
    typed = preparing.existing_text(second)
    assert preparing.prepare(second, {"tables": "3", "fields": "Bindung", "existing": typed}) == []
    assert [each["note"] for each in second.setup["existing"] if each.get("origin")] == ["läuft: fünf Linien"]


def test_once_the_day_has_begun_the_wall_belongs_to_the_room(second: Workshop) -> None:
    made.Stage(second).steer("open")
    second.refresh_from_db()
    with pytest.raises(Refusal, match="running"):
        series.keep(second, {1: ("runs", "")})
