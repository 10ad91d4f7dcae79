"""What was typed is understood as people write it, or refused with a remedy in both languages; nothing gets lost silently."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict

from fachkraftwerk.web.workshops.views.payloads import payload

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("typed", ["8700", "8.700", "8,700", " 8 700 ", "8’700", "8\u202f700"])
def test_a_number_is_read_as_people_write_it(typed: str) -> None:
    form = QueryDict(mutable=True)
    form["n.estimate"] = typed
    assert payload(form) == {"estimate": 8700}


@pytest.mark.parametrize("typed", ["8,5", "rund 8000", "8.70", "١٢٣", "1e4", "--5", "9" * 40])
def test_what_is_no_number_is_refused_not_dropped(hall: Any, typed: str) -> None:
    form = QueryDict(mutable=True)
    form["n.estimate"] = typed
    hall.go("prognose")
    answer = hall.act(hall.join().actor, "judge_figure", figure="gap", judgement="too_low", **payload(form))
    assert answer.status == 422
    assert answer.body["de"].startswith("Ihre Zahl: Das ist keine ganze Zahl")
    assert "for example 8700" in answer.body["en"]


def test_a_long_card_and_an_empty_one_are_refused_with_what_to_do(hall: Any) -> None:
    who = hall.join().actor
    hall.go("karten")
    long = hall.act(who, "write_card", text="ä" * 5000)
    assert (long.status, long.body["de"]) == (
        422, "Der Text ist zu lang: höchstens 240 Zeichen. Kürzen Sie, oder machen Sie zwei daraus.")  # fmt: skip
    assert hall.act(who, "write_card", text=" \u200b\u0007 ").body["en"].startswith("The text is missing.")
    assert hall.act(who, "write_card").body["de"].startswith("Der Text fehlt.")
    assert (
        hall.act(who, "write_card", text="x", colour="red").body["de"].startswith("Die Angaben passen nicht zusammen.")
    )
    assert not hall.state.cards


@pytest.mark.parametrize(
    "text", ["👩🏽‍🏫 mehr Lehrkräfte", "עוד מורים", "<script>alert(1)</script>", "a\u202eb", "&lt;b&gt;"]
)
def test_signs_of_every_script_are_kept_and_harmless(hall: Any, text: str) -> None:
    from fachkraftwerk.web.workshops.views import presenting

    who = hall.join().actor
    hall.go("karten")
    assert hall.act(who, "write_card", text=text).status == 200
    hall.steer("reveal", phase="karten")
    for client in ("screen", "phone", "desk"):
        html = (
            "".join(presenting.parts(client, "de", hall.workshop.code, hall.seen()).values())
            if client != "desk"
            else ""
        )
        assert "<script" not in html and "\u202e" not in html
