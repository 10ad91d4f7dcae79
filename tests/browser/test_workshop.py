"""Chromium plays a workshop with moderator, projector and phones: online, with the network cut, through a restart."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import TimeoutError as TooSlow
from tests.browser.stage import Stage, make
from tests.plugins.chromium import Server, start_server, stop_server

pytestmark = pytest.mark.browser

Open = Callable[..., Any]


@pytest.fixture
def made(stage: Stage) -> dict[str, str]:
    """Where the clients of a prepared workshop begin."""
    return {"code": stage.code, "desk": stage.desk, "screen": stage.screen}


@pytest.fixture
def enter(watched: Open, made: dict[str, str]) -> Callable[..., Any]:
    """Open the door on a phone and take a seat."""

    def entered(bench: str = "bildung", table: str = "1", **options: Any) -> Any:
        seen = watched(f"/werkstatt/{made['code']}/", 390, 844, **options)
        seen.page.check(f"input[value={bench}]")
        seen.page.select_option("#table", table)
        seen.page.get_by_role("button", name="Mitmachen").click()
        seen.page.get_by_role("button", name="Notiert").click()
        return seen

    return entered


def _next(desk: Any, title: str) -> None:
    """Press N until a step is reached; a second press before the desk shows the first is refused, so it is repeated."""
    for _ in range(20):
        before = desk.locator("h1").first.inner_text()
        if before == title:
            return
        desk.keyboard.press("n")
        with contextlib.suppress(TooSlow):
            desk.wait_for_function("t => document.querySelector('h1').innerText !== t", arg=before, timeout=5000)
    raise AssertionError(title)


def test_a_whole_workshop_with_the_network_cut(watched: Open, made: dict[str, str], enter: Callable[..., Any]) -> None:
    screen, desk = watched(made["screen"], 1600, 900), watched(made["desk"], 1360, 900)
    first, second = enter("bildung"), enter("wirtschaft")
    phone, other = first.page, second.page
    desk.page.keyboard.press("n")
    phone.get_by_role("heading", name="Willkommen").wait_for()

    _next(desk.page, "Prognose prüfen")
    phone.get_by_role("heading", name="Passt die Zahl").wait_for()
    phone.get_by_label("zu niedrig").focus()
    phone.keyboard.press("Space")
    phone.get_by_role("button", name="Antwort senden").press("Enter")
    phone.get_by_text("✓ beantwortet").wait_for()

    _next(desk.page, "Handlungsfelder wählen")
    for page, order in ((phone, ("p2", "p1", "p3")), (other, ("p2", "p3", "p1"))):
        page.locator("#place-1").wait_for()
        for place, field in enumerate(order, 1):
            page.select_option(f"#place-{place}", field)
        page.get_by_role("button", name="Auswahl senden").press("Enter")
        page.get_by_text("Ihre Auswahl ist gespeichert").wait_for()
    desk.page.keyboard.press("r")
    screen.page.locator(".bars li").first.get_by_text("Lernen").wait_for()
    assert screen.page.locator(".bars li .n").first.inner_text() == "6"

    _next(desk.page, "Karten schreiben")
    phone.locator("#text").wait_for()
    phone.locator("#text").fill("Werksbus zur Schicht")
    phone.get_by_role("button", name="Karte abgeben").press("Enter")
    phone.get_by_text("✓ gesendet").first.wait_for()
    phone.context.set_offline(True)
    phone.locator("#text").fill("Ohne Netz geschrieben")
    phone.get_by_role("button", name="Karte abgeben").press("Enter")
    phone.get_by_text("wartet (1)").wait_for()
    assert screen.page.get_by_text("Ohne Netz geschrieben").count() == 0
    phone.context.set_offline(False)
    desk.page.get_by_text("Ohne Netz geschrieben").first.wait_for()
    assert screen.page.get_by_text("Werksbus").count() == 0, "hidden until revealed"
    desk.page.keyboard.press("r")
    screen.page.get_by_text("Ohne Netz geschrieben").wait_for()
    other.get_by_text("Werksbus zur Schicht").wait_for()

    _next(desk.page, "An Tischen ordnen")
    phone.get_by_label("Werksbus zur Schicht").wait_for()
    for words in ("Werksbus zur Schicht", "Ohne Netz geschrieben"):
        phone.get_by_label(words).first.focus()
        phone.keyboard.press("Space")
    phone.locator("#heading").fill("Wege zur Arbeit")
    phone.get_by_role("button", name="Zusammenlegen").press("Enter")
    screen.page.get_by_text("Wege zur Arbeit").wait_for()

    _next(desk.page, "Maßnahmen beschreiben")
    phone.locator("#title").wait_for()
    phone.locator("#title").fill("Werksbus ab 4:30 Uhr")
    phone.get_by_role("button", name="Blatt anlegen").press("Enter")
    phone.locator("details.sheet").wait_for()
    if phone.locator("details.sheet[open]").count() == 0:
        phone.locator("details.sheet summary").press("Enter")
    phone.get_by_label("Wer trägt es").fill("Verkehrsverbund")
    phone.keyboard.press("Tab")
    screen.page.get_by_text("Verkehrsverbund").wait_for()

    _next(desk.page, "Punkte verteilen")
    for page in (phone, other):
        page.locator("input[type=number]").wait_for()
        page.locator("input[type=number]").fill("3")
        page.get_by_role("button", name="Punkte abgeben").press("Enter")
    desk.page.get_by_text("2 von 2 haben").first.wait_for()
    desk.page.keyboard.press("r")
    screen.page.locator(".bars li").get_by_text("Werksbus").wait_for()
    assert screen.page.locator(".bars li .n").first.inner_text() == "6"

    _next(desk.page, "Fahrplan")
    phone.locator("details.item summary").first.press("Enter")
    phone.get_by_label("Beginn").select_option(index=3)
    phone.get_by_role("button", name="In den Fahrplan").press("Enter")
    screen.page.locator(".plan li").get_by_text("Werksbus").wait_for()
    desk.page.get_by_label("Nächstes Treffen").fill("2027-02-18")
    desk.page.get_by_role("button", name="Festhalten").press("Enter")
    screen.page.get_by_text("18. Februar 2027").wait_for()
    for seen in (screen, desk, second):
        seen.clean()
    assert all("ERR_INTERNET_DISCONNECTED" in complaint for complaint in first.complaints)


def test_a_draft_survives_the_bell_and_can_still_be_handed_in(
    watched: Open, made: dict[str, str], enter: Callable[..., Any]
) -> None:
    desk, phone = watched(made["desk"], 1360, 900).page, enter().page
    desk.keyboard.press("n")
    _next(desk, "Karten schreiben")
    phone.locator("#text").wait_for()
    phone.locator("#text").fill("Noch nicht abgegeben")
    desk.keyboard.press("n")
    phone.get_by_role("button", name="Noch abgeben").click()
    desk.get_by_text("Noch nicht abgegeben").first.wait_for()


def test_cards_wait_through_a_restart_of_the_server(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    server = start_server(tmp_path_factory.mktemp("restart"))
    context = chromium.new_context(locale="de-DE")
    try:
        _play_through_a_restart(context, server, make(server))
    finally:
        context.close()
        stop_server(server)


def _play_through_a_restart(context: Any, server: Server, stage: Stage) -> None:
    desk, phone = context.new_page(), context.new_page()
    desk.goto(server.address + stage.desk)
    phone.goto(server.address + stage.door)
    phone.check("input[value=bildung]")
    phone.get_by_role("button", name="Mitmachen").click()
    desk.keyboard.press("n")
    _next(desk, "Karten schreiben")
    phone.locator("#text").wait_for()
    server.process.kill()
    server.process.wait()
    phone.locator("#text").fill("Während des Ausfalls")
    phone.get_by_role("button", name="Karte abgeben").click()
    phone.get_by_text("wartet (1)").wait_for()
    server.process = _restart(server)
    phone.get_by_text("✓ gesendet").first.wait_for(timeout=40_000)
    desk.get_by_text("Während des Ausfalls").first.wait_for(timeout=40_000)
    assert [card["text"] for card in stage.stored("write_card")] == ["Während des Ausfalls"]


def _restart(server: Server) -> subprocess.Popen[bytes]:
    port = server.address.rpartition(":")[2]
    command = ["-m", "uvicorn", "fachkraftwerk.web.asgi:application", "--port", port, "--log-level", "warning"]
    return subprocess.Popen([sys.executable, *command], env=server.environment)


@pytest.fixture
def small(chromium: Any) -> Iterator[Any]:
    """A phone at 200 % zoom."""
    context = chromium.new_context(viewport={"width": 195, "height": 422}, locale="de-DE")
    yield context.new_page()
    context.close()


def test_the_phone_page_fits_at_double_zoom(small: Any, server: Server, made: dict[str, str]) -> None:
    small.goto(f"{server.address}/werkstatt/{made['code']}/")
    assert small.evaluate("document.documentElement.scrollWidth") <= 196
