"""What hosts type is checked line by line before the day: refused early, in both languages, and never cut off in silence."""

from __future__ import annotations

from typing import Any

import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.web.workshops.domain import codes, formats, preparing
from fachkraftwerk.web.workshops.domain.acts import VERBS
from fachkraftwerk.web.workshops.live import rooms

pytestmark = pytest.mark.django_db(transaction=True)
STEP = "phases:\n- {key: a, kind: dots, title: x, prompt: x, plain: x, minutes: 5, verbs: [give_dots], options: %s}\n"
SCRIPT = "name: x\nsummary: x\n" + STEP


def _places(script: str) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        formats.from_yaml(script)
    assert all(fault.message("en") and fault.message("de") for fault in refusal.value.faults)
    return [fault.where for fault in refusal.value.faults]


@pytest.mark.parametrize(
    ("options", "place"),
    [
        ("{dots: viele}", "dots"), ("{dots: 0}", "dots"), ("{dots: true}", "dots"), ("{dots: 1e9}", "dots"),
        ("{hidden: vielleicht}", "hidden"), ("{wall: karten}", "wall"), ("{wall: [[a]]}", "wall"), ("{farbe: rot}", "farbe"),
        ("[1, 2]", ""), ("{dots_from: {a: b}}", "dots_from"),
    ],
)  # fmt: skip
def test_an_option_that_would_stop_the_room_is_refused(options: str, place: str) -> None:
    assert any(where.startswith("phases[0].options") and place in where for where in _places(SCRIPT % options))


def test_long_deep_and_endless_scripts_are_refused() -> None:
    assert _places("x" * 200_000)
    assert _places("[" * 5000)
    assert "phases" in _places("name: x\nsummary: x\nphases:\n" + "- {key: a}\n" * 99)
    laughs = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefg", "bcdefgh", strict=True)
    )
    assert _places(laughs + SCRIPT % "*h")
    assert "name" in _places("name: " + "ä" * 500 + "\nsummary: x\n" + STEP % "{}")


def test_the_verbs_of_a_script_are_a_list() -> None:
    assert _places(
        (SCRIPT % "{}").replace("[give_dots]", "give_dots: 1").replace("verbs: give_dots: 1", "verbs: {give_dots: 1}")
    )


def test_prepared_lines_are_refused_by_number_and_nothing_is_kept(hall: Any) -> None:
    before = dict(hall.workshop.setup)
    lines = "\n".join(["Wohnen", "Lernen", "wohnen", "x" * 121])
    faults = preparing.prepare(
        hall.workshop, {"tables": "3", "fields": lines, "existing": "Bus | Kreis | Verkehr\n" + "y" * 241}
    )
    said = [fault.message("de") for fault in faults]
    assert [each.split(":")[0] for each in said] == ["Zeile 3", "Zeile 4", "Zeile 1", "Zeile 2"]
    assert "„Verkehr“ ist keines der Handlungsfelder" in said[2]
    hall.workshop.refresh_from_db()
    assert hall.workshop.setup == before
    assert (
        preparing.prepare(hall.workshop, {"tables": "3", "fields": "\n".join(map(str, range(31)))})[0]
        .message("en")
        .startswith("At most 30")
    )


@pytest.mark.parametrize("typed", ["k7f 4wx", "K7F-4WX", "https://beispiel.de/werkstatt/K7F4WX/", " k7f4wx "])
def test_a_code_is_read_as_people_type_or_paste_it(typed: str) -> None:
    assert codes.read_code(typed) == "K7F4WX"


@pytest.mark.parametrize("typed", ["K7F4WXZ", "K7F4W", "", "🎉" * 6, "<script>"])
def test_what_is_too_long_or_no_code_opens_nothing(typed: str) -> None:
    assert codes.read_code(typed) != "K7F4WX"


def test_some_fields_go_on_and_sit_on_all_tables(hall: Any) -> None:
    who = hall.join().actor
    hall.go("felder")
    hall.act(who, "rank_fields", order=["p3", "p1", "p2"])
    hall.steer("reveal", phase="felder")
    assert hall.act(who, "keep_fields", fields=["p3"]).status == 403
    assert hall.steer("keep_fields", fields=["p3", "p9"]).status == 404
    assert hall.steer("keep_fields", fields=[]).status == 422
    assert hall.steer("keep_fields", fields=["p3", "p1"]).status == 200
    assert [table.field for _, table in sorted(hall.state.tables.items())] == ["p3", "p3", "p1"]
    assert len(hall.seen()["result"]["rows"]) == 3, "the ranking of all stays"
    hall.go("luecken")
    assert {key for key in hall.seen() if key.startswith(("field:", "gap:"))} == {
        "field:p1",
        "field:p3",
        "gap:p1",
        "gap:p3",
    }
    seq = next(seq for seq, entry in hall.state.log.items() if entry.verb == "keep_fields")
    hall.steer("undo", seq=seq)
    assert "field:p2" in hall.seen()


def test_every_refusal_says_what_to_do(hall: Any) -> None:
    """Whatever verb is sent at the wrong time: a sentence and a remedy, in German and English."""
    who = hall.join().actor
    for sender in (who, hall.moderator):
        for verb in VERBS:
            answer = hall.act(sender, verb, nonsense=1)
            if answer.status != 200:
                assert answer.body["de"].count(". ") >= 1 and answer.body["en"].count(". ") >= 1, (verb, answer.body)
    assert rooms.on_thread(rooms.refresh, hall.workshop.id).book.state.status == "prepared"
