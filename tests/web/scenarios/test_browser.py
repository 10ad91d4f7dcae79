"""In a real browser: the slider moves the answer, nothing goes outside, axe finds nothing."""

from __future__ import annotations

from typing import Any

import pytest
from tests.plugins.chromium import axe_findings

PAGES = (
    "/massnahmen/?region=06633", "/massnahmen/hebel/childcare/", "/massnahmen/vergleich/",
    "/massnahmen/buendel/?region=06633&budget=2000000",
    "/massnahmen/rechnen/?region=06633&k=childcare&d=5&k=later_retirement&d=2&pruefen=1",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing(chromium: Any, server: Any, page: str) -> None:
    assert axe_findings(chromium, server.address + page) == []


def test_axe_finds_nothing_on_a_phone(chromium: Any, server: Any) -> None:
    assert axe_findings(chromium, server.address + PAGES[-1], width=390, height=844) == []


def test_a_slider_moves_the_answer(watched: Any) -> None:
    seen = watched("/massnahmen/rechnen/?region=06633&k=later_retirement&d=2")
    page = seen.page
    before = page.inner_text("#antwort .lead")
    slider = page.locator("input[type=range]").first
    slider.focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("was => document.querySelector('#antwort .lead').innerText !== was", arg=before)
    assert page.input_value("input[name=d]") == "3"
    page.wait_for_function("location.search.includes('d=3')")
    seen.clean()


def test_without_script_the_form_does_the_same(watched: Any) -> None:
    seen = watched("/massnahmen/rechnen/?region=06633&k=later_retirement&d=2", java_script_enabled=False)
    page = seen.page
    assert not page.locator("input[type=range]").first.is_visible()
    page.fill("input[name=d]", "1")
    page.click("text=Rechnen")
    assert "d=1" in page.url
    page.select_option("select[name=dazu]", "childcare")
    page.click(".add button")
    assert page.locator("li.row").count() == 2
    page.click("button[name=weg] >> nth=0")
    assert page.locator("li.row").count() == 1
    seen.clean()


def test_what_the_slider_shows_is_what_is_saved(watched: Any) -> None:
    seen = watched("/massnahmen/rechnen/?region=06633&k=later_retirement&d=2")
    page = seen.page
    page.fill("input[name=d]", "1.5")
    page.fill("#sichern input[name=name]", "Unser Weg")
    page.click("#sichern button")
    page.wait_for_url("**/massnahmen/s/**")
    assert page.inner_text("h1") == "Unser Weg"
    assert page.input_value("input[name=d]") == "1.5"
    seen.clean()


def test_nothing_is_wider_than_a_phone(watched: Any) -> None:
    seen = watched(PAGES[-1], width=320, height=700)
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 320
    seen.clean()
