"""In a real browser: the slider moves the answer, nothing goes outside, axe finds nothing."""

from __future__ import annotations

from typing import Any

import pytest
from tests.plugins.chromium import axe_findings

TEN = ("later_retirement", "childcare", "work_65plus", "parttime_hours", "retention", "automation", "retraining",
       "return_migration", "immigration_recruitment", "welcome_centre")  # fmt: skip
FULL = (
    "/massnahmen/rechnen/?region=06633&lesart=pendeln&k=commuters&d=100&k=retraining&d=150&k=childcare&d=5"
    "&w=&w=neues+Gesetz&w=&g=Team&g=Team&r2=commuters&b2=81&c=&c=20&i=commuters&i=retraining&i=childcare"
)
PAGES = (
    "/massnahmen/?region=06633", "/massnahmen/hebel/childcare/", "/massnahmen/vergleich/",
    "/massnahmen/eintrag/M045/?region=06633", "/massnahmen/eintrag/M006/", "/massnahmen/rechnen/", FULL,
    "/massnahmen/rechnen/?region=06633&k=childcare&d=30", "/massnahmen/buendel/", "/massnahmen/buendel/?region=06633&budget=5",
    FULL.replace("rechnen", "buendel") + "&budget=3000000&zugleich=2",
    "/massnahmen/buendel/?region=06633&budget=2000000",
    "/massnahmen/rechnen/?region=06633&k=childcare&d=5&k=later_retirement&d=2&pruefen=1",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing(chromium: Any, server: Any, page: str) -> None:
    assert axe_findings(chromium, server.address + page) == []


def test_axe_finds_nothing_in_english(chromium: Any, server: Any) -> None:
    assert axe_findings(chromium, f"{server.address}{FULL}&lang=en") == []


def test_axe_finds_nothing_where_everything_is_open(chromium: Any, server: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(bypass_csp=True, locale="de-DE")
    page = context.new_page()
    page.goto(f"{server.address}{FULL}&pruefen=1")
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    found = [f"{v['id']}: {node['html'][:120]}" for v in Axe().run(page).response["violations"] for node in v["nodes"]]
    context.close()
    assert found == []


def test_a_slider_of_ten_answers_in_less_than_300_milliseconds(watched: Any) -> None:
    seen = watched("/massnahmen/rechnen/?region=06633" + "".join(f"&k={key}&d=" for key in TEN))
    took = seen.page.evaluate("""async () => {
      const slider = document.querySelector(".dose input[type=range]"), place = document.getElementById("antwort");
      const once = (dose) => new Promise((done) => {
        const start = performance.now();
        const watch = new MutationObserver(() => { watch.disconnect(); done(performance.now() - start); });
        watch.observe(place, { childList: true });
        slider.value = dose;
        slider.dispatchEvent(new Event("input", { bubbles: true }));
      });
      const times = [];
      for (const dose of [1, 1.5, 2.5, 3, 0.5, 2, 1, 2.5]) times.push(await once(dose));
      return times;
    }""")
    assert min(took) < 300, took
    assert seen.page.inner_text("#kurz") in seen.page.get_attribute("#antwort .lead", "data-kurz")
    seen.clean()


@pytest.mark.parametrize("dose", ["20", "0.01"])
def test_outside_experience_it_asks_why(watched: Any, dose: str) -> None:
    seen = watched("/massnahmen/rechnen/?region=06633&k=childcare&d=5")
    page = seen.page
    assert not page.locator(".why").is_visible()
    page.fill("input[name=d]", dose)
    page.wait_for_selector(".faults-box")
    assert page.locator(".why").is_visible()
    page.fill("input[name=w]", "neues Gesetz")
    page.press("input[name=w]", "Tab")
    page.wait_for_selector("#antwort .lead")
    assert "Grund: neues Gesetz" in page.inner_text("#antwort")
    seen.clean()


@pytest.mark.parametrize("file", ["SVG", "PNG", "CSV", "JSON"])
def test_the_frontier_is_downloaded(watched: Any, file: str) -> None:
    seen = watched("/massnahmen/buendel/?region=06633&budget=2000000&m=later_retirement&m=retention")
    with seen.page.expect_download() as waiting:
        seen.page.click(f"figure.frontier a:text-is('{file}')")
    assert waiting.value.path().stat().st_size > 300
    seen.clean()


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_comparison_is_downloaded(watched: Any, server: Any, chromium: Any, lang: str) -> None:
    seen = watched("/massnahmen/rechnen/?region=06633&k=retraining&d=50")
    page = seen.page
    for name in ("Weg A", "Weg B"):
        page.goto(f"{server.address}/massnahmen/rechnen/?region=06633&k=retraining&d=50&name={name}")
        with page.expect_navigation(url="**/massnahmen/s/**"):
            page.click("#sichern button")
    page.goto(f"{server.address}/massnahmen/?lang={lang}")
    links = page.eval_on_selector_all("input[name=s]", "all => all.map((one) => one.value)")[:2]
    address = f"{server.address}/massnahmen/vergleich/?" + "&".join(f"s={one}" for one in links)
    page.goto(address)
    assert len(links) == 2 and page.inner_text("table.columns").count("Weg") == 2
    for file in ("SVG", "PNG", "CSV", "JSON"):
        with page.expect_download() as waiting:
            page.click(f"figure.sides a:text-is('{file}')")
        assert waiting.value.path().stat().st_size > 300
    assert axe_findings(chromium, address) == []
    seen.clean()


def test_course_limit_and_occupations_are_set_by_keyboard(watched: Any) -> None:
    seen = watched("/massnahmen/rechnen/?region=06633&k=retraining&d=50")
    page = seen.page
    page.focus("details.more > summary")
    page.keyboard.press("Enter")
    page.fill("input[name=n]", "5")
    page.press("input[name=n]", "Tab")
    page.wait_for_function("() => location.search.includes('n=5')")
    page.focus("details.more details:not(.ranges) > summary")
    page.keyboard.press("Enter")
    page.focus("input[name=b1][value='81']")
    page.keyboard.press("Space")
    page.wait_for_function("() => location.search.includes('b1=81')")
    seen.clean()


def test_occupations_shrink_the_group_while_one_looks(watched: Any) -> None:
    seen = watched("/massnahmen/rechnen/?region=06633&k=automation&d=50&i=a")
    page = seen.page
    before = page.inner_text("#antwort table.cells tbody td:nth-of-type(2)").split()[0]
    page.evaluate("for (const one of document.querySelectorAll('.row details')) one.open = true")
    page.check("input[name=b1][value='71']")
    page.wait_for_function("() => document.querySelector('#antwort').innerText.includes('in dieser Auswahl')")
    after = page.inner_text("#antwort table.cells tbody td:nth-of-type(2)").split()[0]
    assert int(after.replace(".", "")) < int(before.replace(".", ""))
    assert "Nur: Unternehmensführung und Büro." in page.inner_text("#antwort")
    seen.clean()


def _reach(page: Any, selector: str, most: int = 150) -> None:
    """Walk with the tab key to an element."""
    for _ in range(most):
        if page.evaluate("one => document.activeElement?.matches(one)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the tab key does not reach {selector}")


def test_a_scenario_from_nothing_to_comparison_by_keyboard_alone(watched: Any) -> None:
    seen = watched("/massnahmen/rechnen/")
    page, keys = seen.page, seen.page.keyboard
    _reach(page, "#szenario input[name=region]")
    keys.type("06633")
    with page.expect_navigation():
        keys.press("Enter")
    _reach(page, "select[name=dazu]")
    keys.type("Weiter")  # passes entries without adding any
    assert page.locator("li.row").count() == 0
    keys.press("Tab")
    with page.expect_navigation():
        keys.press("Enter")
    _reach(page, "li.row input[type=range]")
    keys.press("ArrowRight")
    page.wait_for_function("() => location.search.includes('d=1.5')")
    _reach(page, "li.row input[name=d]")
    keys.press("Control+A")
    keys.type("0.2")
    page.wait_for_selector(".faults-box")
    _reach(page, "li.row input[name=w]")
    keys.type("nur ein Betrieb")
    keys.press("Tab")
    page.wait_for_selector("#antwort .lead")
    _reach(page, "#sichern input[name=name]")
    keys.type("Mit Tasten")
    with page.expect_navigation(url="**/massnahmen/s/**"):
        keys.press("Enter")
    _reach(page, "form.inline button")
    with page.expect_navigation():
        keys.press("Enter")
    assert page.inner_text("h1") == "Mit Tasten (Kopie)"
    _reach(page, "form.inline a")
    with page.expect_navigation(url="**/massnahmen/vergleich/**"):
        keys.press("Enter")
    assert "nur ein Betrieb" in page.inner_text("table.columns")
    seen.clean()


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
    page.wait_for_function("() => location.search.includes('d=3')")
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
