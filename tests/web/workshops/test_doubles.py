"""Equal cards become one by themselves; nobody loses a card or the right to it."""

from __future__ import annotations

from typing import Any

import pytest

from fachkraftwerk.web.workshops.domain.fold import replay
from fachkraftwerk.web.workshops.domain.view import mine

pytestmark = pytest.mark.django_db


@pytest.fixture
def wall(hall: Any) -> Any:
    """The step in which cards are written."""
    hall.people = [hall.join(table=table).actor for table in (1, 1, 2)]
    hall.go("karten")
    return hall


def write(hall: Any, who: int, text: str, field: str = "p1") -> int:
    """Write a card and return its number."""
    return int(hall.act(hall.people[who], "write_card", text=text, field=field, phase="karten").body["seq"])


def heads(hall: Any) -> list[int]:
    return sorted(card.id for card in hall.state.cards.values() if not card.merged_into)


def test_equal_words_in_one_step_and_field_are_one_card_with_its_count(wall: Any) -> None:
    first, *_ = [write(wall, 0, "Werksbus zur Schicht"), write(wall, 1, "  werksbus zur   Schicht!"), write(wall, 2, "WERKSBUS, zur Schicht")]  # fmt: skip
    assert heads(wall) == [first]
    wall.steer("reveal", phase="karten")
    assert wall.seen()[f"card:{first}"]["doubles"] == 2
    assert wall.seen()[f"card:{first}"]["tables"] == [1, 2]


def test_another_field_or_other_words_stay_apart(wall: Any) -> None:
    written = [write(wall, 0, "Werksbus"), write(wall, 1, "Werksbus", "p2"), write(wall, 2, "Werksbus zur Schicht")]
    assert heads(wall) == written


def test_a_replay_gives_the_same_wall(wall: Any) -> None:
    for who, text in enumerate(("Bus", "Bus.", "bus")):
        write(wall, who, text)
    from fachkraftwerk.web.workshops.live import rooms

    book = rooms.on_thread(rooms.refresh, wall.workshop.id).book
    assert replay(book.state.script, book.setup, book.facts).cards == book.state.cards


def test_the_author_still_changes_and_withdraws_the_own_card(wall: Any) -> None:
    first, second, third = (write(wall, who, "Bus") for who in range(3))
    assert wall.act(wall.people[1], "edit_card", card=second, text="Bahn", phase="karten").status == 200
    assert heads(wall) == [first, second]
    assert wall.act(wall.people[0], "undo", seq=first).status == 200
    assert heads(wall) == [second, third]


def test_when_the_first_author_changes_the_words_the_others_keep_theirs(wall: Any) -> None:
    first, second, third = (write(wall, who, "Bus") for who in range(3))
    wall.act(wall.people[0], "edit_card", card=first, text="Seilbahn", phase="karten")
    assert heads(wall) == [first, second]
    assert wall.state.cards[third].merged_into == second


def test_words_changed_to_equal_ones_join(wall: Any) -> None:
    first, second = write(wall, 0, "Bus"), write(wall, 1, "Buss")
    wall.act(wall.people[1], "edit_card", card=second, text="Bus", phase="karten")
    assert heads(wall) == [first]


def test_the_moderation_takes_them_apart_and_they_stay_apart(wall: Any) -> None:
    first, second = write(wall, 0, "Bus"), write(wall, 1, "Bus")
    split = wall.steer("split_card", card=second)
    assert split.status == 200
    assert heads(wall) == [first, second]
    assert wall.steer("split_card", card=second).status == 409
    assert wall.act(wall.people[0], "split_card", card=second).status == 403
    assert wall.steer("undo", seq=split.body["seq"]).status == 200
    assert heads(wall) == [first]


def test_both_tables_may_arrange_the_card_they_share(wall: Any) -> None:
    shared = write(wall, 0, "Bus")
    write(wall, 2, "Bus")
    wall.steer("reveal", phase="karten")
    wall.go("ordnen")
    assert wall.act(wall.people[2], "group_cards", cards=[shared], heading="Wege").status == 200


def test_before_the_reveal_nobody_learns_that_somebody_else_wrote_the_same(wall: Any) -> None:
    write(wall, 0, "Bus")
    write(wall, 1, "Bus")
    assert mine(wall.state, wall.people[1])["cards"][0]["fate"] == "waiting"
    wall.steer("reveal", phase="karten")
    assert mine(wall.state, wall.people[1])["cards"][0]["fate"] == "merged"
