"""A person whose phone runs no scripts plays the whole workshop with plain forms, and so does a moderator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser


@pytest.fixture
def plain(chromium: Any) -> Iterator[Any]:
    """Open pages in a browser with scripts switched off."""
    contexts = []

    def opened(address: str, width: int = 390, height: int = 844) -> Any:
        context = chromium.new_context(
            java_script_enabled=False, locale="de-DE", viewport={"width": width, "height": height}
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


def _sent(page: Any, button: str) -> None:
    """Press a button and read that it arrived."""
    page.get_by_role("button", name=button, exact=True).first.click()
    page.get_by_text("Gesendet.").wait_for()


def _open(page: Any, summary: str) -> None:
    page.locator("summary", has_text=summary).first.click()


def test_every_step_works_with_plain_forms(plain: Any, stage: Stage) -> None:
    phone = plain(stage.server.address + stage.door)
    phone.check("input[value=bildung]")
    phone.select_option("#table", "1")
    phone.get_by_role("button", name="Mitmachen").click()
    assert phone.get_by_text("Ihre vier Wörter").count() == 1
    stage.steer("open")
    for step in STEPS:
        stage.go(step)
        phone.get_by_role("link", name="Neu laden").click()
        STEPS[step](phone)
        if step in ("felder", "karten", "punkte", "budget", "aufwand"):
            stage.steer("reveal", phase=step, on=True)
    expected = {"judge_figure": 1, "add_existing": 1, "rank_fields": 1, "check_gap": 1, "write_card": 2, "group_cards": 1,
                "host_note": 1, "take_stance": 1, "open_sheet": 1, "fill_sheet": 1, "give_dots": 1, "cast_ballot": 1,
                "rate_effort": 1, "plan_step": 1}  # fmt: skip
    assert {verb: len(stage.stored(verb)) for verb in expected} == expected
    assert stage.stored("give_dots")[0]["dots"] and stage.stored("cast_ballot")[0]["sheets"]
    assert stage.stored("plan_step")[0]["quarter"]


def _forecast(page: Any) -> None:
    page.get_by_label("zu niedrig").check()
    page.locator("[id^=reason-]").fill("Viele gehen in Rente")
    _sent(page, "Antwort senden")
    page.get_by_text("✓ beantwortet").wait_for()


def _register(page: Any) -> None:
    page.locator("#title").fill("Ausbildungsmesse")
    _sent(page, "Eintragen")


def _fields(page: Any) -> None:
    page.select_option("#place-1", "p2")
    page.select_option("#place-2", "p1")
    _sent(page, "Auswahl senden")
    page.get_by_text("Ihre Auswahl ist gespeichert").wait_for()


def _gap(page: Any) -> None:
    page.locator("details.item[open] input[type=radio]").nth(1).check()
    _sent(page, "Senden")


def _cards(page: Any) -> None:
    for text in ("Werksbus zur Schicht", "Deutsch im Betrieb"):
        page.locator("#text").fill(text)
        _sent(page, "Karte abgeben")


def _group(page: Any) -> None:
    for text in ("Werksbus zur Schicht", "Deutsch im Betrieb"):
        page.get_by_label(text).first.check()
    page.locator("#heading").fill("Wege zur Arbeit")
    _sent(page, "Zusammenlegen")


def _tables(page: Any) -> None:
    _open(page, "Notiz für die Nächsten")
    page.locator("#note").fill("Wir denken an die Schicht")
    _sent(page, "Notiz ablegen")


def _gallery(page: Any) -> None:
    page.locator("form.stance button").first.click()
    page.get_by_text("Gesendet.").wait_for()


def _sheets(page: Any) -> None:
    page.locator("#title").fill("Werksbus ab 4:30 Uhr")
    _sent(page, "Blatt anlegen")
    page.get_by_label("Wer trägt es").fill("Verkehrsverbund")
    page.locator("form.slot", has=page.get_by_label("Wer trägt es")).get_by_role("button").click()
    page.get_by_text("Gesendet.").wait_for()


def _dots(page: Any) -> None:
    page.locator("input[type=number]").first.fill("2")
    _sent(page, "Punkte abgeben")


def _ballot(page: Any) -> None:
    page.locator("input[type=checkbox]").first.check()
    _sent(page, "Stimme abgeben")


def _effort(page: Any) -> None:
    page.locator("input[name='n.effort'][value='2']").check()
    page.locator("input[name='n.impact'][value='4']").check()
    _sent(page, "Senden")


def _roadmap(page: Any) -> None:
    page.locator("details.item summary").first.click()
    page.get_by_label("Beginn").select_option(index=2)
    _sent(page, "In den Fahrplan")


STEPS = {
    "prognose": _forecast, "register": _register, "felder": _fields, "luecken": _gap, "karten": _cards, "ordnen": _group,
    "wechsel": _tables, "galerie": _gallery, "blaetter": _sheets, "punkte": _dots, "budget": _ballot, "aufwand": _effort,
    "fahrplan": _roadmap,
}  # fmt: skip


def test_a_moderator_steers_without_scripts_and_the_screen_follows(plain: Any, stage: Stage) -> None:
    desk = plain(stage.server.address + stage.desk, 1280, 900)
    desk.get_by_role("button", name="Werkstatt eröffnen").click()
    for _ in range(16):
        desk.get_by_role("button", name="Weiter:").click()
    assert stage.seen()["step"]["key"] == "fahrplan"
    desk.get_by_label("Nächstes Treffen").fill("2027-02-18")
    desk.get_by_role("button", name="Festhalten").click()
    screen = plain(stage.server.address + stage.screen, 1600, 900)
    screen.get_by_text("18.").first.or_(screen.get_by_text("2027-02-18")).first.wait_for()
    desk.get_by_text("Tag beenden").click()
    desk.get_by_role("button", name="Werkstatt schließen").click()
    screen.get_by_text("Vielen Dank").first.wait_for(timeout=25_000)  # the page of the screen reloads by itself
