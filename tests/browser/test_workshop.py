"""Chromium plays a workshop with moderator, projector and phones: online, with the network cut, by keyboard alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.plugins.chromium import Server, axe_findings, start_server, stop_server

pytestmark = pytest.mark.browser

_MAKE = """
import json
from django.contrib.auth.models import User
from fachkraftwerk.web.workshops.domain import formats, hosting
host, _ = User.objects.get_or_create(username="host")
fields = [{"id": f"p{n}", "name": name, "vocabulary": ""} for n, name in enumerate(("Ankommen", "Lernen", "Bleiben"), 1)]
figure = {"id": "gap", "label": {"de": "Es fehlen", "en": "Missing"}, "text": {"de": "", "en": ""}, "value": 8900, "low": 7400, "high": 10300}
setup = {"tables": 3, "fields": fields, "figures": [figure], "existing": [{"title": "Bildungspunkt", "owner": "Agentur", "field": "p2"}]}
made = hosting.create(host, "Probe", "06633", "Landkreis Kassel", formats.shipped()["01-hessen-ein-tag"], setup)
print(json.dumps({"code": made.code, "desk": "/werkstatt/moderation/" + hosting.key(made, hosting.MODERATE, "m") + "/",
                  "screen": "/werkstatt/leinwand/" + hosting.key(made, hosting.PROJECT, "s") + "/"}))
"""
Open = Callable[..., Any]


@pytest.fixture
def made(server: Server) -> dict[str, str]:
    """A prepared workshop on the running server."""
    found: dict[str, str] = json.loads(server.python(_MAKE))
    return found


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
    """Press N until a step is reached."""
    for _ in range(20):
        if desk.locator("h1").first.inner_text() == title:
            return
        before = desk.locator("h1").first.inner_text()
        desk.keyboard.press("n")
        desk.wait_for_function(
            "t => document.querySelector('h1').innerText !== t || document.querySelector('[data-key=r],[data-key=f]')",
            arg=before,
        )
        desk.wait_for_timeout(400)
    raise AssertionError(title)


def test_a_whole_workshop_by_keyboard_and_with_the_network_cut(
    watched: Open, made: dict[str, str], enter: Callable[..., Any]
) -> None:
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
    home = tmp_path_factory.mktemp("restart")
    server = start_server(home)
    made = json.loads(server.python(_MAKE))
    context = chromium.new_context(locale="de-DE")
    desk, phone = context.new_page(), context.new_page()
    desk.goto(server.address + made["desk"])
    phone.goto(f"{server.address}/werkstatt/{made['code']}/")
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
    again = _restart(server)
    try:
        phone.get_by_text("✓ gesendet").first.wait_for(timeout=40_000)
        desk.get_by_text("Während des Ausfalls").first.wait_for(timeout=40_000)
    finally:
        stop_server(again)
        context.close()


def _restart(server: Server) -> Server:
    import subprocess
    import sys

    port = server.address.rpartition(":")[2]
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "fachkraftwerk.web.asgi:application",
        "--port",
        port,
        "--log-level",
        "warning",
    ]
    return Server(server.address, server.home, server.environment, subprocess.Popen(command, env=server.environment))


STEPS = ("Prognose prüfen", "Handlungsfelder wählen", "Reicht, was es gibt?", "Karten schreiben", "An Tischen ordnen",
         "Maßnahmen beschreiben", "Punkte verteilen", "Ausgewogene Auswahl", "Aufwand und Wirkung", "Fahrplan")  # fmt: skip


def test_axe_finds_nothing_in_any_step(chromium: Any, server: Server, made: dict[str, str]) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(locale="de-DE", bypass_csp=True)
    desk, screen, phone = (context.new_page() for _ in range(3))
    phone.goto(f"{server.address}/werkstatt/{made['code']}/")
    findings = _look(Axe(), {"door": phone})
    phone.check("input[value=bildung]")
    phone.select_option("#table", "1")
    phone.get_by_role("button", name="Mitmachen").click()
    desk.goto(server.address + made["desk"])
    screen.goto(server.address + made["screen"])
    desk.keyboard.press("n")
    for step in STEPS:
        _next(desk, step)
        phone.locator(".where").get_by_text(step).wait_for()
        _contribute(phone, step)
        desk.keyboard.press("r")
        phone.wait_for_timeout(900)
        for page in (desk, phone):
            page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
        findings += _look(Axe(), {f"{step}: phone": phone, f"{step}: desk": desk, f"{step}: screen": screen})
    context.close()
    assert findings == []


def _contribute(phone: Any, step: str) -> None:
    """Leave something behind, so that later steps have something to show."""
    if step == "Karten schreiben":
        phone.locator("#text").fill("Eine Karte")
        phone.get_by_role("button", name="Karte abgeben").click()
        phone.get_by_text("✓ gesendet").first.wait_for()
    if step == "Maßnahmen beschreiben":
        phone.locator("#title").fill("Eine Maßnahme")
        phone.get_by_role("button", name="Blatt anlegen").click()
        phone.locator("details.sheet").wait_for()


def _look(axe: Any, pages: dict[str, Any]) -> list[str]:
    found = []
    for name, page in pages.items():
        for violation in axe.run(page).response["violations"]:
            found.append(f"{name}: {violation['id']}: {violation['nodes'][0]['html'][:120]}")
    return found


@pytest.mark.parametrize("path", ["/werkstatt/", "/werkstatt/drehbuecher/", "/werkstatt/datenschutz/"])
def test_axe_finds_nothing_on_the_pages_around(chromium: Any, server: Server, path: str) -> None:
    assert axe_findings(chromium, server.address + path, 390) == []


@pytest.fixture
def small(chromium: Any) -> Iterator[Any]:
    """A phone at 200 % zoom."""
    context = chromium.new_context(viewport={"width": 195, "height": 422}, locale="de-DE")
    yield context.new_page()
    context.close()


def test_the_phone_page_fits_at_double_zoom(small: Any, server: Server, made: dict[str, str]) -> None:
    small.goto(f"{server.address}/werkstatt/{made['code']}/")
    assert small.evaluate("document.documentElement.scrollWidth") <= 196
