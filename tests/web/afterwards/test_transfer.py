"""The workshop file: out, in, out again gives the same bytes; twice adds nothing; damage is refused and leaves nothing."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web.afterwards import made

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.web.afterwards.domain import intake, shape, transfer
from fachkraftwerk.web.workshops.domain import closing
from fachkraftwerk.web.workshops.models import Event, Incident, Participant, Workshop

pytestmark = pytest.mark.django_db


def _gone() -> None:
    """Another installation: nothing of the workshop is here."""
    Workshop.objects.all().delete()
    assert not Event.objects.exists() and not Incident.objects.exists()


def _counts() -> tuple[int, ...]:
    return tuple(kind.objects.count() for kind in (Workshop, Event, Incident, Participant))


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(acts=st.lists(st.tuples(st.integers(0, 5), made.ACTS), max_size=30), closed=st.booleans())
def test_out_in_out_is_byte_equal(acts: list[Any], closed: bool) -> None:
    Workshop.objects.all().delete()
    workshop = made.workshop()
    made.play(made.Stage(workshop), acts)
    Incident.objects.create(workshop=workshop, kind="role", verb="close", note="Ünïcode")
    if closed:
        closing.close(workshop)
    workshop.refresh_from_db()
    first = transfer.export(workshop)
    _gone()
    taken = intake.take(first, made.host("anderswo"))
    assert (taken.what, taken.added) == ("new", Event.objects.count())
    assert transfer.export(Workshop.objects.get()) == first
    before = _counts()
    assert intake.take(first, made.host("anderswo")).what == "same" and _counts() == before


def _file(stage_end: bool = True) -> tuple[Workshop, bytes]:
    workshop = made.workshop()
    made.small(workshop)
    if stage_end:
        closing.close(workshop)
    workshop.refresh_from_db()
    workshop.day = date(2026, 11, 22)
    workshop.save()
    return workshop, transfer.export(workshop)


def test_the_whole_day_survives_with_its_results() -> None:
    workshop, first = _file()
    status, sequence = workshop.status, workshop.sequence
    _gone()
    again = intake.take(first, made.host("anderswo")).workshop
    again.refresh_from_db()
    assert (again.status, again.sequence, again.day) == (status, sequence, date(2026, 11, 22))
    assert transfer.export(again) == first
    assert again.host.username == "anderswo"


def test_the_hall_goes_on_and_only_what_is_new_is_added() -> None:
    """Backup at noon, file in the evening: the server has every act once, and no pseudonym of the noon is left."""
    workshop = made.workshop()
    stage = made.Stage(workshop)
    stage.go("karten")
    stage.act(stage.people[0], "write_card", text="Vormittag")
    workshop.refresh_from_db()
    noon = transfer.export(workshop)
    stage.act(stage.people[1], "write_card", text="Nachmittag")
    closing.close(workshop)
    workshop.refresh_from_db()
    evening = transfer.export(workshop)
    _gone()
    server = made.host("anderswo")
    people = set(Event.objects.filter(role="participant").values_list("actor", flat=True))
    intake.take(noon, server)
    taken = intake.take(evening, server)
    assert (taken.what, taken.added) == ("more", 2), "one card and the closing"
    assert transfer.export(Workshop.objects.get()) == evening
    assert not people & set(Event.objects.values_list("actor", flat=True))
    assert intake.take(noon, server).what == "same", "the older file takes nothing back"
    assert transfer.export(Workshop.objects.get()) == evening


def test_a_day_that_went_on_in_two_places_is_refused() -> None:
    workshop = made.workshop()
    stage = made.Stage(workshop)
    stage.go("karten")
    workshop.refresh_from_db()
    base = transfer.export(workshop)
    stage.act(stage.people[0], "write_card", text="Saal")
    hall = transfer.export(Workshop.objects.get())
    _gone()
    server = made.host("anderswo")
    intake.take(base, server)
    other = made.Stage.__new__(made.Stage)
    other.book, other.number, other.clock, other.moderation = (
        made.open_book(Workshop.objects.get()),
        900,
        made.NOON + 10**6,
        stage.moderation,
    )
    assert other.steer("extend", minutes=5)
    before = transfer.export(Workshop.objects.get())
    with pytest.raises(Refusal, match="differently"):
        intake.take(hall, server)
    assert transfer.export(Workshop.objects.get()) == before


def test_a_stranger_may_not_overwrite() -> None:
    _, first = _file()
    with pytest.raises(Refusal, match="another account"):
        intake.take(first, made.host("fremd"))


def test_the_code_of_somebody_elses_workshop_is_left_alone() -> None:
    workshop, first = _file()
    code = workshop.code
    _gone()
    other = made.workshop()
    Workshop.objects.filter(pk=other.pk).update(code=code)
    taken = intake.take(first, made.host("anderswo"))
    assert taken.workshop.code != code and len(taken.workshop.code) == 6


def test_the_workshop_before_is_remembered_though_it_is_elsewhere() -> None:
    before = made.workshop()
    workshop = made.workshop(previous=before)
    first = transfer.export(workshop)
    _gone()
    again = intake.take(first, made.host("anderswo")).workshop
    assert again.previous is None and transfer.export(again) == first


def _signed(change: Any) -> bytes:
    """Return a file that was changed and whose checksum fits again: only its content is wrong."""
    _, first = _file()
    raw = json.loads(first)
    change(raw)
    return shape.write({key: value for key, value in raw.items() if key != "checksum"})


def _renumber(raw: Any) -> None:
    del raw["events"][3]


def _unknown_verb(raw: Any) -> None:
    raw["events"][2]["verb"] = "format_disk"


def _long(raw: Any) -> None:
    raw["events"][0]["actor"] = "x" * 61


def _twice(raw: Any) -> None:
    raw["events"][5]["client"], raw["events"][5]["number"] = raw["events"][4]["client"], raw["events"][4]["number"]


def _payload(raw: Any) -> None:
    next(e for e in raw["events"] if e["verb"] == "write_card")["payload"] = {"text": "x" * 500}


def _no_script(raw: Any) -> None:
    raw["workshop"]["format"] = {"phases": []}


def _extra(raw: Any) -> None:
    raw["workshop"]["link_version"] = 7


def _version(raw: Any) -> None:
    raw["version"] = 99


def _surrogate(raw: Any) -> None:
    raw["workshop"]["title"] = "\x00"


@pytest.mark.parametrize(
    "change", [_renumber, _unknown_verb, _long, _twice, _payload, _no_script, _extra, _version, _surrogate]
)
def test_wrong_content_is_refused_with_place_and_remedy(change: Any) -> None:
    data = _signed(change)
    _gone()
    before = _counts()
    with pytest.raises(Refusal) as caught:
        intake.take(data, made.host("anderswo"))
    assert _counts() == before, "nothing half-written"
    assert all(fault.remedy.de and fault.remedy.en for fault in caught.value.faults)


@pytest.mark.parametrize("data", [
    b"", b"{", b"[]", b"null", b'{"format": "other"}', b"\xff\xfe\x00", b"PK\x03\x04", b"[" * 100_000, b'{"format": NaN}', b'{"a":' * 3000,
])  # fmt: skip
def test_foreign_files_are_refused(data: bytes) -> None:
    with pytest.raises(Refusal):
        intake.take(data, made.host())


@given(place=st.floats(0, 1), byte=st.integers(0, 255))
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_byte_is_noticed_or_changes_nothing(place: float, byte: int) -> None:
    Workshop.objects.all().delete()
    workshop = made.workshop()
    made.Stage(workshop).go("karten")
    first = transfer.export(Workshop.objects.get())
    _gone()
    at = min(int(place * len(first)), len(first) - 1)
    damaged = first[:at] + bytes([byte]) + first[at + 1 :]
    try:
        taken = intake.take(damaged, made.host("anderswo"))
    except Refusal:
        assert not Workshop.objects.exists()
    else:
        assert transfer.export(taken.workshop) == first
