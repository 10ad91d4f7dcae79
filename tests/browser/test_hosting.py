"""Chromium as a host with half a post: a workshop in a minute, by keyboard; the day on the wall; minutes on every phone."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from tests.plugins.chromium import Server

pytestmark = pytest.mark.browser
_ACCOUNT = """
from django.contrib.auth.models import User
user, _ = User.objects.get_or_create(username="halbe-stelle")
user.set_password("ein-langes-kennwort")
user.save()
"""
_WHOLE = """
import json
from django.contrib.auth.models import User
from fachkraftwerk.web.workshops.domain import hosting
from fachkraftwerk.web.workshops.models import Workshop
made = Workshop.objects.get(pk="{key}")
print(json.dumps({{"code": made.code, "desk": "/werkstatt/moderation/" + hosting.key(made, hosting.MODERATE, "m") + "/",
                  "screen": "/werkstatt/leinwand/" + hosting.key(made, hosting.PROJECT, "s") + "/"}}))
"""
SMALLEST = 28 * 96 / 72


@pytest.fixture(scope="module")
def host(chromium: Any, server: Server) -> Iterator[Any]:
    """A signed-in host."""
    server.python(_ACCOUNT)
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="de-DE", bypass_csp=True)
    page = context.new_page()
    page.goto(server.address + "/konto/anmelden/")
    page.fill("[name=username]", "halbe-stelle")
    page.fill("[name=password]", "ein-langes-kennwort")
    page.locator("main form button").press("Enter")
    page.wait_for_load_state()
    yield page
    context.close()


@pytest.fixture(scope="module")
def made(host: Any, server: Server) -> dict[str, str]:
    """A workshop made with nothing but a region, by keyboard alone."""
    begun = time.monotonic()
    host.goto(server.address + "/werkstatt/neu/")
    host.locator("#region").focus()
    host.keyboard.type("Landkreis Kassel")
    host.keyboard.press("Enter")
    host.wait_for_url(re.compile("/verwalten/"), timeout=60_000)
    key = host.url.rstrip("/").rpartition("/")[2]
    found: dict[str, str] = json.loads(server.python(_WHOLE.format(key=key)))
    return found | {"key": key, "seconds": f"{time.monotonic() - begun:.1f}"}


def test_one_field_makes_a_workshop_in_less_than_two_minutes(host: Any, made: dict[str, str]) -> None:
    assert float(made["seconds"]) < 60
    assert host.locator("h1").inner_text() == "Zukunftswerkstatt Landkreis Kassel"
    assert "Hessische Zukunftswerkstatt, ein Tag" in host.locator("main").inner_text()
    assert host.get_by_role("link", name="Moderation öffnen").count() == 1


PAGES = ("", "neu/", "drehbuecher/", "verwalten/{key}/", "verwalten/{key}/loeschen/", "verwalten/{key}/protokoll/",
         "{key}/protokoll/", "{key}/papier/", "{key}/rueckblick/", "import/")  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_on_host_pages(
    host: Any, server: Server, made: dict[str, str], path: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    host.set_viewport_size({"width": width, "height": 900})
    host.goto(f"{server.address}/werkstatt/{path.format(**made)}")
    violations = Axe().run(host).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:100]) for each in violations] == []
    assert host.evaluate("document.documentElement.scrollWidth") <= width + 1


def test_axe_finds_nothing_on_the_pages_beside_the_desk(host: Any, server: Server, made: dict[str, str]) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for page in ("einschaetzung/", "vorschlaege/"):
        host.goto(server.address + made["desk"] + page)
        violations = Axe().run(host).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"][:100]) for each in violations] == [], page


def test_a_script_is_copied_changed_and_deleted_by_keyboard(host: Any, server: Server) -> None:
    host.goto(server.address + "/werkstatt/drehbuecher/")
    host.get_by_role("button", name="Kopieren und ändern").first.press("Enter")
    host.get_by_label("Minuten für Eröffnung").fill("10")
    host.get_by_label("Galerie ist dabei").press("Space")
    host.get_by_role("button", name="Speichern", exact=True).press("Enter")
    own = host.get_by_role("link", name="Hessische Zukunftswerkstatt, ein Tag (Kopie)")
    own.press("Enter")
    assert host.get_by_label("Minuten für Eröffnung").input_value() == "10"
    assert host.get_by_label("Galerie ist dabei").count() == 0
    host.get_by_role("button", name="Dieses Drehbuch löschen").press("Enter")
    host.get_by_text("Das Drehbuch ist gelöscht").wait_for()


@pytest.fixture(scope="module")
def day(chromium: Any, server: Server, made: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Desk, projector and a phone at table 1."""
    context = chromium.new_context(locale="de-DE", bypass_csp=True)
    phones = chromium.new_context(viewport={"width": 390, "height": 844}, locale="de-DE", bypass_csp=True)
    desk, screen, phone = context.new_page(), context.new_page(), phones.new_page()
    screen.set_viewport_size({"width": 1920, "height": 1080})
    desk.goto(server.address + made["desk"])
    screen.goto(server.address + made["screen"])
    phone.goto(f"{server.address}/werkstatt/{made['code']}/")
    phone.check("input[value=bildung]")
    phone.select_option("#table", "1")
    phone.get_by_role("button", name="Mitmachen").click()
    words = phone.locator("#phrase strong").inner_text()
    phone.get_by_role("button", name="Notiert").click()
    desk.keyboard.press("n")
    yield {"desk": desk, "screen": screen, "phone": phone, "words": words}
    context.close()
    phones.close()


def _go(desk: Any, title: str) -> None:
    for _ in range(20):
        before = desk.locator("h1").first.inner_text()
        if before == title:
            return
        desk.keyboard.press("n")
        desk.wait_for_function("t => document.querySelector('h1').innerText !== t", arg=before)
        desk.wait_for_timeout(250)
    raise AssertionError(title)


def _smallest(screen: Any) -> list[str]:
    """Return texts on the wall that are smaller than 28 pt, and lines cut off at its edge."""
    return list(screen.evaluate("""least => {
      const found = [];
      for (const each of document.querySelectorAll("main *")) {
        const own = [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
        if (!own || each.closest(".visually-hidden, script")) continue;
        const box = each.getBoundingClientRect();
        if (!box.width) continue;
        if (parseFloat(getComputedStyle(each).fontSize) < least - .1) found.push(`small: ${each.textContent.trim()}`);
        if (box.bottom > innerHeight + 1 || box.right > innerWidth + 1) found.push(`outside: ${each.textContent.trim()}`);
      }
      return found;
    }""", SMALLEST))  # fmt: skip


def test_every_step_is_readable_from_the_last_row(day: dict[str, Any]) -> None:
    desk, screen = day["desk"], day["screen"]
    titles = [desk.locator("h1").first.inner_text()]
    for title in ("Eröffnung", "Prognose prüfen", "Was es schon gibt", "Handlungsfelder wählen", "Reicht, was es gibt?",
                  "Karten schreiben", "An Tischen ordnen", "Tische wechseln", "Galerie", "Maßnahmen beschreiben"):  # fmt: skip
        _go(desk, title)
        desk.keyboard.press("r")
        screen.wait_for_timeout(700)
        assert _smallest(screen) == [], title
        assert screen.evaluate("document.documentElement.scrollHeight") <= 1080, title
    assert titles


def test_a_measure_sheet_says_its_effect_while_one_types(day: dict[str, Any], server: Server) -> None:
    desk, phone = day["desk"], day["phone"]
    _go(desk, "Maßnahmen beschreiben")
    phone.locator("#title").fill("Länger bleiben, wer mag")
    phone.get_by_role("button", name="Blatt anlegen").press("Enter")
    phone.locator("details.sheet").wait_for()
    if phone.locator("details.sheet[open]").count() == 0:
        phone.locator("details.sheet summary").press("Enter")
    phone.locator("select[id^=lever-]").select_option("later_retirement")
    effect = phone.locator("details.sheet [data-effect]")
    effect.get_by_text("Personen").wait_for(timeout=60_000)
    usual = effect.inner_text()
    assert usual.strip() == _told(server, None)
    phone.locator("input[id^=strength-]").focus()
    phone.keyboard.type("1")
    phone.wait_for_function("t => document.querySelector('details.sheet [data-effect]').textContent !== t", arg=usual)
    assert effect.inner_text().strip() == _told(server, 1.0)
    phone.keyboard.type("x")
    effect.get_by_text("ist keine Zahl").wait_for()


def _told(server: Server, dose: float | None) -> str:
    """Ask the library the same question as the page Maßnahmen would."""
    code = f"""
from fachkraftwerk.core.text import number, significant
from fachkraftwerk.model.measures.measure import plan
from fachkraftwerk.runs.desk import open_desk
from fachkraftwerk.runs.response import Response
from fachkraftwerk.runs.simulate import Question, response_of, simulate
from fachkraftwerk.web.workshops.domain.effect import effect
made = simulate(response_of(open_desk(), "06633"), [plan("later_retirement", {dose!r} or "central")], Question(year=2030))
told = effect("06633", "later_retirement", {dose!r}).de
middle = number(significant(made.value(made.closing).value))
assert f"rund {{middle}} Personen" in told, (middle, told)
print(told)
"""
    return server.python(code).strip()


def test_the_minutes_reach_the_phone_and_another_device(day: dict[str, Any], made: dict[str, str], server: Server, chromium: Any) -> None:  # fmt: skip
    desk, phone, screen = day["desk"], day["phone"], day["screen"]
    _go(desk, "Fahrplan")
    desk.get_by_text("Tag beenden").click()
    desk.get_by_role("button", name="Werkstatt schließen").press("Enter")
    phone.get_by_role("link", name="Protokoll lesen").wait_for(timeout=20_000)
    assert _found(phone) == []
    phone.get_by_role("link", name="Protokoll lesen").click()
    phone.get_by_text("Länger bleiben, wer mag").first.wait_for()
    assert _found(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 391
    screen.locator("img.minutes-code").wait_for()
    assert screen.evaluate("document.querySelector('img.minutes-code').naturalWidth") > 0
    assert _smallest(screen) == []
    context = chromium.new_context(locale="de-DE")
    other = context.new_page()
    other.goto(f"{server.address}/werkstatt/{made['code']}/")
    other.get_by_label("Ihre vier Wörter").fill(day["words"])
    other.get_by_role("button", name="Protokoll lesen").click()
    other.get_by_text("Länger bleiben, wer mag").first.wait_for()
    context.close()


def _found(page: Any) -> list[tuple[str, str]]:
    """Return what axe finds on a page that is open."""
    from axe_playwright_python.sync_playwright import Axe

    return [(each["id"], each["nodes"][0]["html"][:100]) for each in Axe().run(page).response["violations"]]
