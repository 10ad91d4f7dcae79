"""The network goes and comes back, for phones, desk and screen; answers get lost: every act counts exactly once."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser


def _enter(watched: Any, stage: Stage, bench: str) -> Any:
    seen = watched(stage.door, 390, 844)
    seen.page.check(f"input[value={bench}]")
    seen.page.select_option("#table", "1")
    seen.page.get_by_role("button", name="Mitmachen").click()
    seen.page.get_by_role("button", name="Notiert").click()
    return seen


def _write(phone: Any, text: str) -> None:
    phone.locator("#text").fill(text)
    phone.get_by_role("button", name="Karte abgeben").click()


def test_acts_of_all_clients_without_network_arrive_once(watched: Any, stage: Stage) -> None:
    first, second = _enter(watched, stage, "bildung"), _enter(watched, stage, "wirtschaft")
    desk, screen = watched(stage.desk, 1360, 900), watched(stage.screen, 1600, 900)
    stage.steer("open")
    stage.go("karten")
    for phone in (first, second):
        phone.page.locator("#text").wait_for()
    desk.page.locator("h1").get_by_text("Karten schreiben").wait_for()
    for seen in (first, desk, screen):
        seen.page.context.set_offline(True)
    for number in range(3):
        _write(first.page, f"Ohne Netz {number}")
    first.page.get_by_text("wartet (3)").wait_for()
    _write(second.page, "Mit Netz")
    second.page.get_by_text("✓ gesendet").first.wait_for()
    desk.page.keyboard.press("v")
    desk.page.keyboard.press("r")
    desk.page.get_by_text("wartet (2)").wait_for()
    assert [card["text"] for card in stage.stored("write_card")] == ["Mit Netz"]
    assert stage.stored("reveal") == [] == stage.stored("extend")
    first.page.context.set_offline(False)
    first.page.get_by_text("✓ gesendet").nth(2).wait_for()
    assert screen.page.get_by_text("Ohne Netz 0").count() == 0
    desk.page.context.set_offline(False)
    second.page.get_by_text("Ohne Netz 2").first.wait_for()
    screen.page.context.set_offline(False)
    for text in ("Mit Netz", "Ohne Netz 0", "Ohne Netz 1", "Ohne Netz 2"):
        screen.page.get_by_text(text).first.wait_for()  # the full state after the gap
    assert sorted(card["text"] for card in stage.stored("write_card")) == [
        "Mit Netz",
        *(f"Ohne Netz {n}" for n in range(3)),
    ]
    assert len(stage.stored("reveal")) == len(stage.stored("extend")) == 1


def test_an_answer_lost_on_the_way_back_never_counts_twice(watched: Any, stage: Stage) -> None:
    phone = _enter(watched, stage, "bildung").page
    stage.steer("open")
    stage.go("karten")
    phone.locator("#text").wait_for()
    tries: Counter[str] = Counter()

    def lose(route: Any) -> None:
        number = str(route.request.post_data_json["number"])
        tries[number] += 1
        answer = route.fetch()  # the server takes it
        if tries[number] <= 2:
            route.abort()  # and the phone never hears of it
        else:
            route.fulfill(response=answer)

    phone.route("**/acts", lose)
    for number in range(2):
        _write(phone, f"Karte {number}")
    for _ in range(150):
        if sorted(tries.values()) == [3, 3]:
            break
        phone.wait_for_timeout(200)
    assert sorted(tries.values()) == [3, 3]
    assert [card["text"] for card in stage.stored("write_card")] == ["Karte 0", "Karte 1"]


def test_without_streams_polling_shows_the_same(watched: Any, stage: Stage) -> None:
    """A proxy that lets no stream through: phones, desk and screen live by asking."""
    first, desk, screen = (
        _enter(watched, stage, "bildung"),
        watched(stage.desk, 1360, 900),
        watched(stage.screen, 1600, 900),
    )
    for seen in (first, desk, screen):
        seen.page.route("**/stream?*", lambda route: route.abort())
        seen.page.reload()
    stage.steer("open")
    stage.go("karten")
    first.page.locator("#text").wait_for()
    _write(first.page, "Nur durch Fragen")
    desk.page.get_by_text("Nur durch Fragen").first.wait_for()
    stage.steer("reveal", phase="karten", on=True)
    screen.page.get_by_text("Nur durch Fragen").first.wait_for()
