"""A workshop made with a region alone is ready to run; a following one begins where the last one ended."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import translation

from fachkraftwerk.web.workshops.domain import preparing
from fachkraftwerk.web.workshops.domain.acts.fields import VOCABULARY

pytestmark = pytest.mark.django_db


def test_a_region_is_enough(host: User, muster_desk: Any) -> None:
    made, faults = preparing.create(host, {"region": "99001"})
    assert not faults
    assert made is not None
    assert [each["vocabulary"] for each in made.setup["fields"]] == list(VOCABULARY)
    assert len(made.setup["figures"]) == 5
    assert made.setup["tables"] == 8


def test_fields_speak_the_language_of_the_host(host: User, muster_desk: Any) -> None:
    with translation.override("en"):
        made, _ = preparing.create(host, {"region": "99001"})
    assert made is not None
    assert made.setup["fields"][0]["name"] == "Training and career guidance"


def test_a_script_without_fields_gets_none(host: User, muster_desk: Any) -> None:
    from fachkraftwerk.web.workshops.domain.formats import shipped

    plain = [key for key, script in shipped().items() if not {"fields", "gap"} & {p.kind for p in script.phases}]
    for key in plain:
        made, _ = preparing.create(host, {"region": "99001", "script": key})
        assert made is not None
        assert made.setup["fields"] == []


def test_a_following_workshop_knows_fields_and_measures_of_the_last(host: User, muster_desk: Any, hall: Any) -> None:
    who = hall.join().actor
    hall.go("blaetter")
    sheet = hall.act(who, "open_sheet", title="Werksbus", field="p3").body["seq"]
    hall.act(who, "fill_sheet", sheet=sheet, slot="owner", value="Verkehrsverbund")
    hall.steer("edit_field", field="p1", name="Ankommen", removed=True)
    made, _ = preparing.create(
        host, {"region": "99001", "script": "04-folgewerkstatt", "previous": str(hall.workshop.id)}
    )
    assert made is not None
    assert [each["name"] for each in made.setup["fields"]] == ["Lernen", "Bleiben"]
    assert made.setup["existing"] == [
        {
            "title": "Werksbus",
            "owner": "Verkehrsverbund",
            "field": "p2",
            "note": "",
            "origin": f"{hall.workshop.id}:{sheet}",
        }
    ]
