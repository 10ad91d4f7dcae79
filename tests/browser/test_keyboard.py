"""A whole workshop by keyboard alone: no mouse, no click, no focus set by a script; only keys, as a person presses them."""

from __future__ import annotations

from typing import Any

import pytest
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser
_FOCUSED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return {name: "", kind: "BODY", seen: true, shown: true};
  const label = at.getAttribute("aria-label") || at.labels?.[0]?.innerText || at.innerText || at.value || "";
  const style = getComputedStyle(at), box = at.getBoundingClientRect();
  const inside = at.type === "date" && !at.matches(":focus");  // its own calendar button, which the browser outlines
  const seen = inside || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  const shown = box.width > 0 && box.height > 0 && box.top >= -1 && box.bottom <= innerHeight + 1;
  return {name: label.trim().replace(/\\s+/g, " "), kind: at.tagName, value: at.value ?? "", tabindex: at.tabIndex, seen,
          shown: shown || box.height > innerHeight, checked: at.checked ?? false};
}"""


class Keys:
    """Somebody who has a keyboard and nothing else; notes where the focus could not be seen."""

    def __init__(self, page: Any) -> None:
        self.page, self.unseen = page, set[str]()

    def at(self) -> dict[str, Any]:
        """Where the focus is."""
        found: dict[str, Any] = self.page.evaluate(_FOCUSED)
        return found

    def press(self, *keys: str) -> Keys:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def to(self, name: str, kind: str = "", value: str | None = None) -> Keys:
        """Tab forward until something of this name is reached; every stop must be visible."""
        for _ in range(160):
            self.press("Tab")
            at = self.at()
            if not (at["seen"] and at["shown"]):
                self.unseen.add(f"{at['kind']} {at['name'][:40]}")
            assert at.get("tabindex", 0) == 0, "the order of focus is the order of the page"
            if name in at["name"] and kind in at["kind"] and value in (None, at.get("value")):
                return self
        raise AssertionError(f"“{name}” cannot be reached by Tab")

    def type(self, text: str) -> Keys:
        """Replace what the field holds."""
        self.press("Control+a")
        self.page.keyboard.type(text)
        return self

    def sees(self, text: str) -> Keys:
        """Wait until a text is there."""
        self.page.get_by_text(text).first.wait_for()
        return self


def _next(desk: Keys, phone: Keys, title: str, key: str = "n") -> None:
    """The moderator presses a key until phones show the step of this title."""
    desk.press(key)
    phone.page.locator(".where").get_by_text(title).wait_for()
    desk.page.locator("h1").first.get_by_text(title).wait_for()


def test_participant_and_moderator_play_the_whole_day(watched: Any, stage: Stage) -> None:
    desk = Keys(watched(stage.desk, 1360, 900).page)
    phone = Keys(watched(stage.door, 390, 844).page)
    phone.to("Wirtschaft", "INPUT").press("Space")
    phone.to("Tisch", "SELECT").press("ArrowDown")
    phone.to("Mitmachen", "BUTTON").press("Enter")
    phone.sees("Ihre vier Wörter").to("Notiert", "BUTTON").press("Enter")
    desk.press("n")
    phone.sees("Willkommen")

    _next(desk, phone, "Prognose prüfen")
    phone.to("", "INPUT", "agree").press("ArrowDown")
    phone.to("Ihre eigene Zahl", "INPUT").type("9500")
    phone.to("Antwort senden", "BUTTON").press("Enter")
    phone.sees("✓ beantwortet")

    _next(desk, phone, "Was es schon gibt")
    phone.to("Name der Maßnahme", "INPUT").type("Ausbildungsmesse")
    phone.to("Eintragen", "BUTTON").press("Enter")
    phone.sees("Schon eingetragen (2)")

    _next(desk, phone, "Handlungsfelder wählen")
    phone.to("Platz 1", "SELECT").press("ArrowDown", "ArrowDown")
    phone.to("Auswahl senden", "BUTTON").press("Enter")
    phone.sees("Ihre Auswahl ist gespeichert")
    desk.press("r")
    phone.sees("Das Ergebnis steht auf der Leinwand")

    _next(desk, phone, "Kaffeepause")
    phone.sees("Danach: Reicht, was es gibt?")
    _next(desk, phone, "Reicht, was es gibt?")
    phone.to("", "INPUT", "enough").press("ArrowDown")
    phone.to("Senden", "BUTTON").press("Enter")
    phone.sees("✓ beantwortet")

    _next(desk, phone, "Karten schreiben")
    for text in ("Werksbus zur Schicht", "Deutsch im Betrieb"):
        phone.to("Ihre Karte", "TEXTAREA").type(text)
        phone.to("Karte abgeben", "BUTTON").press("Enter")
        phone.sees(text)
    desk.press("r")
    phone.sees("An der Wand")

    _next(desk, phone, "An Tischen ordnen")
    for text in ("Werksbus zur Schicht", "Deutsch im Betrieb"):
        phone.to(text, "INPUT").press("Space")
    phone.to("Überschrift", "INPUT").type("Wege zur Arbeit")
    phone.to("Zusammenlegen", "BUTTON").press("Enter")
    phone.sees("Wege zur Arbeit")
    desk.sees("Wege zur Arbeit").to("Umbenennen", "SUMMARY").press("Enter").to("Überschrift", "INPUT")
    desk.type("Wege und Worte")
    desk.to("Umbenennen", "BUTTON").press("Enter")
    phone.sees("Wege und Worte")

    desk.press("Escape").to("Weiter:", "BUTTON")
    _next(desk, phone, "Mittagspause")
    _next(desk, phone, "Tische wechseln")
    phone.to("Notiz für die Nächsten", "SUMMARY").press("Enter")
    phone.to("Was sollen die Nächsten wissen?", "INPUT").type("Schichten beachten").press("Enter")
    phone.sees("Schichten beachten")

    _next(desk, phone, "Galerie")
    phone.to("stimme zu", "BUTTON").press("Enter")
    phone.sees("1 von 2 beantwortet")

    _next(desk, phone, "Maßnahmen beschreiben")
    phone.to("Wie heißt die Maßnahme?", "INPUT").type("Werksbus ab 4:30 Uhr").press("Enter")
    phone.page.locator("details.sheet").first.wait_for()
    phone.to("Wer trägt es", "INPUT").type("Verkehrsverbund").press("Tab")
    desk.sees("Verkehrsverbund")

    _next(desk, phone, "Kaffeepause")
    _next(desk, phone, "Punkte verteilen")
    phone.to("Werksbus ab 4:30 Uhr", "INPUT").type("3").press("Enter")
    desk.sees("1 von 1 haben")
    desk.press("r")

    _next(desk, phone, "Ausgewogene Auswahl")
    phone.to("Werksbus ab 4:30 Uhr", "INPUT").press("Space")
    phone.to("Stimme abgeben", "BUTTON").press("Enter")
    desk.sees("1 von 1 haben").press("r")

    _next(desk, phone, "Aufwand und Wirkung")
    for _ in range(2):
        phone.to("", "INPUT", "1").press("ArrowRight", "ArrowRight")
    phone.to("Senden", "BUTTON").press("Enter")
    desk.sees("1 von 1 haben").press("r")

    _next(desk, phone, "Fahrplan")
    phone.to("Werksbus ab 4:30 Uhr", "SUMMARY").press("Enter")
    phone.to("Beginn", "SELECT").press("ArrowDown", "ArrowDown")
    phone.to("In den Fahrplan", "BUTTON").press("Enter")
    desk.to("Nächstes Treffen", "INPUT").press("1", "8", "0", "2", "2", "0", "2", "7")
    desk.to("Festhalten", "BUTTON").press("Enter")
    phone.sees("Nächstes Treffen:")
    desk.to("Tag beenden", "SUMMARY").press("Enter")
    desk.to("Werkstatt schließen", "BUTTON").press("Enter")
    phone.sees("beendet")

    expected = {"judge_figure": 1, "add_existing": 1, "rank_fields": 1, "check_gap": 1, "write_card": 2, "group_cards": 1,
                "name_group": 1, "host_note": 1, "take_stance": 1, "open_sheet": 1, "give_dots": 1, "cast_ballot": 1,
                "rate_effort": 1, "plan_step": 1, "set_next_date": 1, "close": 1}  # fmt: skip
    assert {verb: len(stage.stored(verb)) for verb in expected} == expected
    assert stage.stored("judge_figure")[0]["estimate"] == 9500
    assert phone.unseen == set()
    assert desk.unseen == set()


def test_host_and_tablet_need_no_mouse(watched: Any, stage: Stage) -> None:
    tablet = Keys(watched(stage.door, 1024, 768).page)
    for moves in (["Space"], ["ArrowDown", "ArrowDown"]):
        tablet.to("Wirtschaft", "INPUT").press(*moves)
        tablet.to("Mitmachen", "BUTTON").press("Enter")
        tablet.sees("Gerät und Platz").to("Gerät und Platz", "SUMMARY").press("Enter")
        tablet.to("Gerät weitergeben", "BUTTON").press("Enter")
        tablet.sees("Bitte weitergeben")
    tablet.to("Person 2", "BUTTON").press("Enter")
    tablet.sees("Gleich geht es los")
    assert tablet.unseen == set()

    seen = watched("/werkstatt/datenschutz/", 1280, 900)
    seen.page.context.add_cookies(stage.cookies())
    seen.page.goto(f"{stage.server.address}/werkstatt/verwalten/{stage.id}/")
    host = Keys(seen.page)
    host.to("Tische", "INPUT").type("4")
    host.to("Speichern", "BUTTON").press("Enter")
    host.sees("Gespeichert").to("Alte Links ungültig machen", "BUTTON").press("Enter")
    host.sees("Die alten Links gelten nicht mehr")
    assert host.unseen == set()
