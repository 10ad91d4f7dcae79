"""Every verb: what it changes, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from fachkraftwerk.web.workshops.domain.acts import VERBS
from fachkraftwerk.web.workshops.domain.admission import Message
from fachkraftwerk.web.workshops.domain.record import full_record
from fachkraftwerk.web.workshops.domain.state import PARTICIPANT, Actor
from fachkraftwerk.web.workshops.live import rooms
from fachkraftwerk.web.workshops.models import Event

pytestmark = pytest.mark.django_db


def test_a_card_hangs_on_the_wall_after_it_is_revealed(hall: Any) -> None:
    who = hall.join(table=2).actor
    hall.go("karten")
    card = hall.act(who, "write_card", text="  Werksbus \n zur Schicht ", phase="karten").body["seq"]
    assert f"card:{card}" not in hall.seen()
    assert hall.seen(rooms.DESK)[f"card:{card}"]["text"] == "Werksbus zur Schicht"
    hall.steer("reveal", phase="karten")
    shown = hall.seen()[f"card:{card}"]
    assert shown["text"] == "Werksbus zur Schicht"
    assert shown["table"] == 2
    assert "author" not in shown
    assert who.id not in str(hall.seen())


def test_the_same_message_again_gets_the_same_answer_and_changes_nothing(hall: Any) -> None:
    who = hall.join().actor
    hall.go("karten")
    message = Message("client-abcdef", 7, "write_card", {"text": "eins"}, "karten")
    first, second = hall.send(who, message), hall.send(who, message)
    assert first.body == second.body
    assert len(hall.state.cards) == 1
    assert Event.objects.filter(verb="write_card").count() == 1


def test_a_foreign_client_id_is_refused(hall: Any) -> None:
    one, two = hall.join().actor, hall.join().actor
    hall.go("karten")
    hall.send(one, Message("client-abcdef", 7, "write_card", {"text": "eins"}, "karten"))
    assert hall.send(two, Message("client-abcdef", 7, "write_card", {"text": "zwei"}, "karten")).status == 403


def test_the_thirteenth_card_is_refused_with_the_remedy(hall: Any) -> None:
    who = hall.join().actor
    hall.go("karten")
    answers = [hall.act(who, "write_card", text=f"Karte {n}", phase="karten") for n in range(13)]
    assert [answer.status for answer in answers] == [200] * 12 + [409]
    assert "höchstens 12" in answers[-1].body["de"]
    assert "at most 12" in answers[-1].body["en"]


def test_only_the_author_edits_a_card(hall: Any) -> None:
    one, two = hall.join().actor, hall.join().actor
    hall.go("karten")
    card = hall.act(one, "write_card", text="alt", phase="karten").body["seq"]
    assert hall.act(two, "edit_card", card=card, text="neu", phase="karten").status == 403
    assert hall.act(one, "edit_card", card=card, text="neu", phase="karten").status == 200
    assert hall.state.cards[card].text == "neu"


def _cards(hall: Any, tables: tuple[int, ...] = (1, 1, 2)) -> tuple[list[Actor], list[int]]:
    people = [hall.join(table=table).actor for table in tables]
    hall.go("karten")
    cards = [
        hall.act(who, "write_card", text=f"Karte von {n}", phase="karten").body["seq"] for n, who in enumerate(people)
    ]
    hall.steer("reveal", phase="karten")
    hall.go("ordnen")
    return people, cards


def test_tables_group_their_own_cards_only(hall: Any) -> None:
    people, cards = _cards(hall)
    assert hall.act(people[0], "group_cards", cards=cards, heading="Alles").status == 403
    group = hall.act(people[0], "group_cards", cards=cards[:2], heading="Bus").body["seq"]
    assert [hall.state.cards[card].group for card in cards] == [group, group, 0]
    assert hall.act(people[2], "name_group", group=group, heading="Unseres").status == 403
    assert hall.act(people[1], "name_group", group=group, heading="Wege").status == 200
    assert hall.act(people[1], "move_card", card=cards[0], group=0).status == 200
    assert hall.state.groups[group].heading == "Wege"
    assert hall.state.cards[cards[0]].group == 0


def test_cards_move_before_another_and_to_a_field(hall: Any) -> None:
    _, cards = _cards(hall)
    hall.steer("move_card", card=cards[2], before=cards[0], field="p3")
    order = [card.id for card in hall.state.visible_cards(("karten",))]
    assert order.index(cards[2]) + 1 == order.index(cards[0])
    assert hall.state.cards[cards[2]].field == "p3"
    assert hall.steer("move_card", card=cards[2], group=4711).status == 404


def test_merged_cards_keep_their_count_and_can_be_taken_apart(hall: Any) -> None:
    _, cards = _cards(hall)
    merged = hall.steer("merge_cards", keep=cards[0], merge=cards[1:]).body["seq"]
    assert hall.seen()[f"card:{cards[0]}"]["doubles"] == 2
    assert f"card:{cards[1]}" not in hall.seen()
    assert hall.steer("undo", seq=merged).status == 200
    assert f"card:{cards[1]}" in hall.seen()
    assert hall.steer("merge_cards", keep=cards[0], merge=[cards[0]]).status == 422


def test_an_undo_can_be_undone(hall: Any) -> None:
    _, cards = _cards(hall)
    hidden = hall.steer("hide", id=cards[0]).body["seq"]
    undo = hall.steer("undo", seq=hidden).body["seq"]
    assert not hall.state.cards[cards[0]].hidden
    hall.steer("undo", seq=undo)
    assert hall.state.cards[cards[0]].hidden
    assert hall.steer("undo", seq=undo).status == 409


def test_participants_take_back_only_what_is_theirs(hall: Any) -> None:
    one, two = hall.join().actor, hall.join().actor
    hall.go("karten")
    card = hall.act(one, "write_card", text="meins", phase="karten").body["seq"]
    assert hall.act(two, "undo", seq=card).status == 403
    assert hall.act(one, "undo", seq=card).status == 200
    assert not hall.state.cards
    assert hall.act(one, "undo", seq=1).status in (403, 404)


def test_a_figure_is_judged_and_judged_again_beside_the_group(hall: Any) -> None:
    people = [hall.join().actor for _ in range(5)]
    hall.go("prognose")
    assert hall.steer("open_round").status == 409
    for number, who in enumerate(people):
        assert (
            hall.act(who, "judge_figure", figure="gap", judgement="too_low", estimate=9000 + number * 500).status == 200
        )
    assert hall.act(people[0], "judge_figure", figure="gap", judgement="explain").status == 422
    assert hall.act(people[0], "judge_figure", figure="anders", judgement="agree").status == 404
    assert "counts" not in hall.seen()["figure:gap"]
    hall.steer("open_round")
    hall.act(people[0], "judge_figure", figure="gap", judgement="agree", estimate=10000, reason="Viele gehen früher")
    shown = hall.seen()["figure:gap"]
    assert shown["before"] == {"counts": {"too_low": 5}, "n": 5, "numbers": 5, "median": 10000, "q1": 9500, "q3": 10500}
    assert "counts" not in shown, "the second round is as silent as the first"
    assert hall.seen()["people"]["acted"] == 1
    hall.steer("reveal", phase="prognose")
    shown = hall.seen()["figure:gap"]
    assert shown["counts"] == {"agree": 1}
    for who in people[1:]:
        hall.act(who, "judge_figure", figure="gap", judgement="too_low")
    first, second = full_record(hall.workshop)["figures"][0]["rounds"]
    assert "stability" not in first
    assert second["stability"] == {"n": 5, "changed": 0.2, "stop": False}
    mine = rooms.on_thread(rooms.mine, hall.workshop.id, people[0])
    assert mine["before"]["gap"]["estimate"] == 9000
    assert mine["votes"]["gap"]["estimate"] == 10000


def test_existing_measures_are_entered_and_gaps_checked(hall: Any) -> None:
    who = hall.join().actor
    hall.go("register")
    assert hall.act(who, "add_existing", title="Welcome Center", field="p1").status == 200
    assert hall.act(who, "add_existing", title="Anderswo", field="x9").status == 404
    hall.go("luecken")
    assert hall.act(who, "check_gap", field="p1", judgement="missing", note="Sprache").status == 200
    assert hall.act(who, "check_gap", field="", judgement="missing").status == 422
    assert hall.seen()["gap:p1"] == {"answered": 1}
    hall.steer("reveal", phase="luecken")
    assert hall.seen()["gap:p1"] == {"answered": 1, "counts": {"missing": 1}, "notes": ["Sprache"]}


def test_fields_are_proposed_mapped_and_ranked(hall: Any) -> None:
    who = hall.join().actor
    hall.go("felder")
    made = hall.act(who, "propose_field", name="Wohnen").body["seq"]
    assert hall.act(who, "propose_field", name="wohnen").status == 409
    assert hall.steer("edit_field", field=f"f{made}", name="Wohnen", vocabulary="unbekannt").status == 422
    hall.steer("edit_field", field=f"f{made}", name="Wohnraum", vocabulary="regionale-attraktivitaet-bindung")
    assert hall.act(who, "rank_fields", order=["p1", "p1"]).status == 422
    assert hall.act(who, "rank_fields", order=["p1", "p2", "p3", f"f{made}"]).status == 422
    assert hall.act(who, "rank_fields", order=[f"f{made}", "p1"]).status == 200
    assert "result" not in hall.seen()
    hall.steer("reveal", phase="felder")
    rows = hall.seen()["result"]["rows"]
    assert [(row["name"], row["score"]) for row in rows[:2]] == [("Wohnraum", 3), ("Ankommen", 2)]


def test_who_knows_the_totals_no_longer_votes(hall: Any) -> None:
    who = hall.join().actor
    hall.go("felder")
    hall.steer("reveal", phase="felder")
    assert hall.act(who, "rank_fields", order=["p1"]).status == 409
    assert hall.act(who, "rank_fields", order=["p1"], age=5_000).status == 200  # written before, delivered after


def test_rotation_mixes_benches_and_moves_people(hall: Any) -> None:
    people = [hall.join(bench, 1).actor for bench in ("bildung", "wirtschaft", "verwaltung") for _ in range(4)]
    hall.go("wechsel")
    assert hall.steer("rotate").status == 409
    assert hall.steer("plan_rotation", rounds=2).status == 200
    hall.steer("rotate")
    seats = {who.id: hall.state.people[who.id].table for who in people}
    for table in (1, 2, 3):
        assert len({who.bench for who in people if seats[who.id] == table}) == 3
    assert hall.act(people[0], "host_note", text="Bitte an kleine Betriebe denken").status == 200
    notes = hall.seen()["tables"][str(seats[people[0].id])]["notes"]
    assert notes == ["Bitte an kleine Betriebe denken"]
    assert hall.act(people[0], "move_seat", table=9).status == 404
    hall.act(people[0], "move_seat", table=2)
    assert hall.state.people[people[0].id].table == 2
    assert hall.steer("assign_table", table=2, field="p3").status == 200
    assert hall.state.tables[2].field == "p3"


def _sheets(hall: Any, count: int = 3) -> list[int]:
    who = hall.join().actor
    hall.go("blaetter")
    return [hall.act(who, "open_sheet", title=f"Maßnahme {n}", field="p1").body["seq"] for n in range(count)]


def test_a_sheet_is_filled_value_by_value(hall: Any) -> None:
    (sheet,) = _sheets(hall, 1)
    one, two = hall.join().actor, hall.join().actor
    hall.act(one, "fill_sheet", sheet=sheet, slot="owner", value="IHK")
    hall.act(two, "fill_sheet", sheet=sheet, slot="goal", value="Mehr Azubis")
    hall.act(two, "fill_sheet", sheet=sheet, slot="owner", value="HWK")
    assert hall.state.sheets[sheet].values == {"owner": "HWK", "goal": "Mehr Azubis"}
    assert hall.act(one, "fill_sheet", sheet=sheet, slot="hidden", value="1").status == 422
    assert hall.act(one, "fill_sheet", sheet=sheet, slot="cost", value="viel").status == 422
    assert hall.act(one, "fill_sheet", sheet=sheet, slot="owner_state", value="vielleicht").status == 422
    assert hall.act(one, "fill_sheet", sheet=4711, slot="goal", value="x").status == 404


def test_dots_are_limited_hidden_and_counted_with_hands(hall: Any) -> None:
    first, second, third = _sheets(hall)
    people = [hall.join().actor for _ in range(4)]
    hall.go("punkte")
    assert hall.act(people[0], "give_dots", dots={first: 4}).status == 422
    assert hall.act(people[0], "give_dots", dots={first: 3, second: 3}).status == 422
    for who in people:
        assert hall.act(who, "give_dots", dots={first: 3, third: 2}).status == 200
    assert hall.act(people[0], "give_dots", dots={second: 1}).status == 200
    assert hall.steer("hands_up", item=str(second), count=6).status == 200
    assert "result" not in hall.seen()
    hall.steer("reveal", phase="punkte")
    result = hall.seen()["result"]
    assert [(row["id"], row["score"], row["hands"]) for row in result["rows"]] == [
        (str(first), 9, 0), (str(second), 7, 6), (str(third), 6, 0)]  # fmt: skip
    assert result["voters"] == 4


def test_budget_ballots_show_both_results(hall: Any) -> None:
    sheets = _sheets(hall)
    people = [hall.join("bildung" if n < 6 else "wirtschaft").actor for n in range(9)]
    hall.go("budget")
    for number, who in enumerate(people):
        hall.act(who, "cast_ballot", sheets=sheets[:2] if number < 6 else sheets[2:])
    hall.steer("set_budget", budget=40)
    hall.steer("reveal", phase="budget")
    result = hall.seen()["result"]
    assert set(result["by_points"]) == {str(sheets[0]), str(sheets[1])}
    assert str(sheets[2]) not in result["by_points"]
    assert result["budget"] == 40
    assert result["records"]["balanced"]["rule"]


def test_effort_and_impact_mark_what_is_uncertain(hall: Any) -> None:
    sheets = _sheets(hall, 2)
    people = [hall.join().actor for _ in range(8)]
    hall.go("aufwand")
    for number, who in enumerate(people):
        hall.act(who, "rate_effort", sheet=sheets[0], effort=1, impact=5)
        hall.act(who, "rate_effort", sheet=sheets[1], effort=1 + number % 5, impact=5 - number % 5)
    assert hall.act(people[0], "rate_effort", sheet=sheets[0], effort=0, impact=9).status == 422
    hall.steer("reveal", phase="aufwand")
    rows = {row["id"]: row for row in hall.seen()["result"]["rows"]}
    assert rows[str(sheets[0])]["quadrant"] == "quick"
    assert not rows[str(sheets[0])]["uncertain"]
    assert rows[str(sheets[1])]["uncertain"]


def test_stances_show_agreement_but_no_camps_in_a_small_room(make: Any) -> None:
    hall = make("02-jungk-muellert")
    people = [hall.join().actor for _ in range(6)]
    hall.go("kritik")
    card = hall.act(people[0], "write_card", text="Alles dauert").body["seq"]
    hall.steer("reveal", phase="kritik")
    hall.go("gewicht")
    for who in people:
        assert hall.act(who, "take_stance", item=card, stance="agree").status == 200
    assert hall.act(people[0], "take_stance", item=4711, stance="agree").status == 404
    hall.steer("reveal", phase="gewicht")
    result = hall.seen()["result"]
    assert result["rows"][0]["agree"] == 6
    assert result["groups"] == []
    assert result["reason"]["de"]


def test_the_gallery_shows_what_the_room_agrees_with(hall: Any) -> None:
    people, cards = _cards(hall)
    hall.go("galerie")
    for who in people:
        assert hall.act(who, "take_stance", item=cards[0], stance="agree").status == 200
    assert "result" not in hall.seen()
    hall.steer("reveal", phase="galerie")
    assert hall.seen()["result"]["rows"][0] | {"name": ""} == {
        "id": str(cards[0]), "name": "", "agree": 3, "disagree": 0, "pass": 0, "n": 3}  # fmt: skip


def test_the_roadmap_takes_quarters_and_the_next_date(hall: Any) -> None:
    sheets = _sheets(hall, 2)
    who = hall.join().actor
    hall.go("fahrplan")
    assert hall.act(who, "plan_step", sheet=sheets[0], quarter="2027-Q1").status == 200
    assert hall.act(who, "plan_step", sheet=sheets[0], quarter="bald").status == 422
    hall.act(who, "plan_step", sheet=sheets[1], quarter="2027-Q2")
    hall.act(who, "plan_step", sheet=sheets[1], quarter="")
    hall.steer("set_next_date", date="2027-02-18", place="Kreishaus")
    hall.steer("set_choice", sheets=[sheets[0]])
    shown = hall.seen()
    assert list(shown["roadmap"]["lines"]) == [str(sheets[0])]
    assert shown["roadmap"]["next"]["date"] == "2027-02-18"
    assert shown[f"sheet:{sheets[0]}"]["chosen"] is True


def test_proxy_entries_count_for_their_person(hall: Any) -> None:
    hall.go("felder")
    for order in (["p1"], ["p2"]):
        entry = {"act": "rank_fields", "payload": {"order": order}, "bench": "bildung", "table": 2, "person": 1}
        assert hall.steer("proxy_entry", **entry).status == 200
    hall.steer("proxy_entry", act="rank_fields", payload={"order": ["p3"]}, bench="bildung", table=2, person=2)
    assert hall.steer("proxy_entry", act="reveal", payload={"phase": "felder"}).status == 422
    assert hall.steer("proxy_entry", act="write_card", payload={"text": "x"}).status == 409
    assert hall.steer("proxy_entry", act="rank_fields", payload={"order": ["zz"]}).status == 404
    hall.steer("reveal", phase="felder")
    result = hall.seen()["result"]
    assert result["voters"] == 2
    assert {row["name"]: row["score"] for row in result["rows"]} == {"Lernen": 3, "Bleiben": 3, "Ankommen": 0}


def test_hand_over_changes_nothing_but_the_log(hall: Any) -> None:
    who = hall.join().actor
    hall.go("karten")
    assert hall.act(who, "hand_over").status == 200
    assert Event.objects.filter(verb="hand_over").count() == 1


MODERATION = sorted(verb for verb, kind in VERBS.items() if PARTICIPANT not in kind.roles)


@pytest.mark.parametrize("verb", MODERATION)
def test_participants_cannot_use_verbs_of_the_moderation(hall: Any, verb: str) -> None:
    who = hall.join().actor
    hall.go("karten")
    before = hall.state.seq
    assert hall.act(who, verb, phase="karten").status == 403
    assert hall.state.seq == before


@pytest.mark.parametrize("verb", sorted(set(VERBS) - set(MODERATION)))
def test_every_other_verb_needs_its_step(hall: Any, verb: str) -> None:
    who = hall.join().actor
    hall.go("eroeffnung")
    answer = hall.act(who, verb)
    assert answer.status == 200 if verb in ("hand_over", "need_time") else answer.status in (409, 422)
