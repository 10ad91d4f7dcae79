"""axe finds nothing: in any step on phone, table tablet, desk and projector, and on every page around the workshop."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from tests.browser.stage import Stage
from tests.plugins.chromium import Server

pytestmark = pytest.mark.browser
STEPS = ("eroeffnung", "prognose", "register", "felder", "kaffee", "luecken", "karten", "ordnen", "wechsel", "galerie", "blaetter",
         "punkte", "budget", "aufwand", "fahrplan")  # fmt: skip

_PEOPLE = """
import json, sys
from fachkraftwerk.web.workshops.domain import joining
from fachkraftwerk.web.workshops.domain.admission import Message
from fachkraftwerk.web.workshops.domain.perform import Request, open_book, perform
from fachkraftwerk.web.workshops.domain.state import SYSTEM, Actor
from fachkraftwerk.web.workshops.models import Workshop
workshop = Workshop.objects.get(code="CODE")
book = open_book(workshop)
seats = [joining.take_seat(workshop, bench, 1 + n % 3) for n, bench in enumerate(["bildung"] * 6 + ["wirtschaft"] * 6)]
perform(book, [Request(Actor(s.actor.id, SYSTEM, s.actor.bench, s.actor.table), Message(**joining.seat_message(s))) for s in seats])
print(json.dumps([[s.actor.id, s.token] for s in seats]))
"""


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core."""
    from axe_playwright_python.sync_playwright import Axe

    script: str = Axe().axe_script
    return script


@pytest.fixture
def open_page(chromium: Any, server: Server) -> Iterator[Any]:
    """Open pages of the server; the content policy is bypassed only for injecting axe itself."""
    contexts = []

    def opened(path: str, width: int, height: int, context: Any = None) -> Any:
        if context is None:
            context = chromium.new_context(bypass_csp=True, locale="de-DE", viewport={"width": width, "height": height})
            contexts.append(context)
        page = context.new_page()
        page.goto(server.address + path)
        return page

    yield opened
    for context in contexts:
        context.close()


def _findings(axe: str, name: str, page: Any) -> list[str]:
    """What axe finds, with everything unfolded."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{name}: {each['id']}: {node['html'][:140]}" for each in found for node in each["nodes"]]


def _seat(page: Any, bench: str) -> None:
    page.check(f"input[value={bench}]")
    page.select_option("#table", "1")
    page.get_by_role("button", name="Mitmachen").click()
    page.locator("#task").wait_for()


def _everybody_acts(stage: Stage, people: list[list[str]], step: str) -> None:
    """Let twelve people contribute to a step, so that every view has something to show."""
    sheets = [int(key.split(":")[1]) for key in stage.seen() if key.startswith("sheet:")]
    cards = [int(key.split(":")[1]) for key in stage.seen() if key.startswith("card:")]
    for number, (_, token) in enumerate(people):
        side = number < 6
        acts: dict[str, list[tuple[str, dict[str, Any]]]] = {
            "prognose": [("judge_figure", {"figure": "gap", "judgement": "too_low", "estimate": 9000 + number, "reason": "Rente"})],
            "register": [("add_existing", {"title": f"Maßnahme {number}", "field": "p1", "note": "wirkt"})] * (number < 3),
            "felder": [("rank_fields", {"order": ["p2", "p1"] if side else ["p1", "p3"]})],
            "luecken": [("check_gap", {"field": "p1", "judgement": "partly", "note": "zu wenig Plätze"})],
            "karten": [("write_card", {"text": f"Karte {number} zum Ankommen", "field": "p1"})],
            "ordnen": [("group_cards", {"cards": cards[0:4:3], "heading": "Gruppe"})] * (number == 0),
            "wechsel": [("host_note", {"text": "Das denken wir"})] * (number < 3),
            "galerie": [("take_stance", {"item": card, "stance": "agree" if side else "disagree"}) for card in cards[:8]],
            "blaetter": [("open_sheet", {"title": f"Vorhaben {number}", "field": "p1"})] * (number < 4),
            "punkte": [("give_dots", {"dots": {str(sheet): 2}}) for sheet in sheets[number % 4 :][:1]],
            "budget": [("cast_ballot", {"sheets": sheets[:2] if side else sheets[2:]})],
            "aufwand": [("rate_effort", {"sheet": sheet, "effort": 1 + number % 5, "impact": 4}) for sheet in sheets],
            "fahrplan": [("plan_step", {"sheet": sheet, "quarter": "2027-Q1"}) for sheet in sheets[:2] if number == 0],
        }  # fmt: skip
        for verb, payload in acts.get(step, []):
            stage.act(token, verb, **payload)


def test_axe_finds_nothing_in_any_step_of_any_client(open_page: Any, axe: str, stage: Stage) -> None:
    people: list[list[str]] = json.loads(stage.server.python(_PEOPLE.replace("CODE", stage.code)))
    phone, tablet = open_page(stage.door, 390, 844), open_page(stage.door, 1024, 768)
    found = _findings(axe, "door", phone)
    _seat(phone, "bildung")
    for bench in ("bildung", "wirtschaft"):
        tablet.goto(stage.server.address + stage.door)
        _seat(tablet, bench)
        tablet.locator("details.more summary").click()
        tablet.get_by_role("button", name="Gerät weitergeben").click()
    found += _findings(axe, "cover of the tablet", tablet)
    tablet.get_by_role("button", name="Person 1").click()
    desk, screen = open_page(stage.desk, 1280, 900), open_page(stage.screen, 1920, 1080)
    clients = {"phone": phone, "tablet": tablet, "desk": desk, "screen": screen}
    found += [line for name, page in clients.items() for line in _findings(axe, f"before: {name}", page)]
    stage.steer("open")
    for step in STEPS:
        stage.go(step)
        _everybody_acts(stage, people, step)
        phone.wait_for_timeout(1200)
        found += _findings(axe, f"{step}: phone", phone)
        if stage.seen()["step"]["hidden"]:
            found += _findings(axe, f"{step}: screen, hidden", screen)
            stage.steer("reveal", phase=step, on=True)
        if step == "prognose":
            stage.steer("open_round")
        phone.wait_for_timeout(1200)
        found += [line for name, page in clients.items() for line in _findings(axe, f"{step}: {name}", page)]
    stage.steer("freeze", on=True)
    phone.get_by_text("angehalten").first.wait_for()
    found += _findings(axe, "frozen: phone", phone) + _findings(axe, "frozen: screen", screen)
    for path in ("vorschlaege/", "einschaetzung/"):
        desk.goto(stage.server.address + stage.desk + path)
        found += _findings(axe, path, desk)
    stage.steer("close")
    screen.get_by_text("Vielen Dank").first.wait_for()
    found += _findings(axe, "closed: screen", screen)
    assert found == []


def test_axe_finds_nothing_on_the_pages_of_hosts(open_page: Any, axe: str, stage: Stage) -> None:
    home = "/werkstatt/"
    manage, after = f"{home}verwalten/{stage.id}/", f"{home}{stage.id}/"
    found: list[str] = []
    page = open_page("/werkstatt/datenschutz/", 1280, 900)
    page.context.add_cookies(stage.cookies())
    before = [home, f"{home}neu/", f"{home}drehbuecher/", manage, f"{after}papier/", f"{after}rueckblick/", f"{home}import/",
              "/werkstatt/datenschutz/", f"{home}mitmachen/?code=XXXXXX"]  # fmt: skip
    for path in before:
        page.goto(stage.server.address + path)
        found += _findings(axe, path, page)
    page.goto(f"{stage.server.address}{home}drehbuecher/")
    page.get_by_role("button", name="Kopieren").first.click()
    found += _findings(axe, "own script", page)
    stage.steer("open")
    stage.go("karten")
    stage.refused("f" * 32)
    page.wait_for_timeout(1500)
    for path in (manage, f"{manage}protokoll/", f"{after}protokoll/"):
        page.goto(stage.server.address + path)
        found += _findings(axe, f"running {path}", page)
    stage.steer("close")
    page.wait_for_timeout(500)
    for path in (manage, f"{after}protokoll/", f"{after}rueckblick/", stage.door):
        page.goto(stage.server.address + path)
        found += _findings(axe, f"closed {path}", page)
    assert found == []
