"""A reader clicks through every public page; nothing goes outside, nothing is complained about, axe finds nothing."""

from __future__ import annotations

import gzip
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from tests.plugins.chromium import Server, Watched, axe_findings

pytestmark = pytest.mark.browser

FIGURE = "/zahl/2026-1.06633.2030.gap_cumulated.skilled.all.all/"
PAGES = [
    "/", "/land/06/", "/kreis/06633/", "/kreis/06611+06633/", "/vergleich/?kreis=06633&kreis=06611", FIGURE, "/methode/",
    "/daten/", "/guete/", "/guete/beschaeftigte/", "/guete/berufe-jahr-fuer-jahr/", "/guete/luecken/", "/guete/spannen/", "/guete/schwach/", "/guete/laeufe/", "/suche/?q=Kas", "/kreis/06633/ausgaben/", "/?groesse=sicherheit", "/api/", "/hilfe/", "/impressum/", "/datenschutz/", "/barrierefreiheit/", "/konto/anmelden/",
    "/kreis/xyzzy/", "/nirgends/",
]  # fmt: skip
#: Pages whose words differ most between the languages.
BOTH = [
    "/",
    "/land/06/",
    "/kreis/06633/",
    "/kreis/06611+06633/",
    "/vergleich/?kreis=06633&kreis=06611",
    FIGURE,
    "/methode/",
    "/daten/",
    "/guete/",
    "/guete/luecken/",
]
SIZES = [(390, 844), (1280, 900), (1920, 1080)]
Open = Callable[..., Watched]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(chromium: Any, server: Server, path: str, width: int) -> None:
    assert axe_findings(chromium, server.address + path, width) == []


@pytest.mark.parametrize("path", BOTH)
def test_axe_finds_nothing_in_english_on_a_phone(chromium: Any, server: Server, path: str) -> None:
    english = f"{path}{'&' if '?' in path else '?'}lang=en"
    assert axe_findings(chromium, server.address + english, 390) == []


@pytest.mark.parametrize("path", PAGES[:-2])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_pages_fit_ask_nobody_else_and_do_not_complain(watched: Open, path: str, width: int, height: int) -> None:
    seen = watched(path, width, height)
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    seen.clean()


def test_every_picture_has_its_table_one_key_away(watched: Open) -> None:
    page = watched("/kreis/06633/").page
    for figure in page.locator("figure").all():
        summary = figure.locator("xpath=following-sibling::details[1]/summary")
        summary.focus()
        page.keyboard.press("Enter")
        assert summary.locator("xpath=..").evaluate("node => node.open")
        assert summary.locator("xpath=..").locator("td, li").count() > 2


def test_from_the_search_to_the_kreis(watched: Open) -> None:
    seen = watched("/")
    seen.page.fill("#suche", "LK Kassel")
    seen.page.press("#suche", "Enter")
    seen.page.wait_for_url("**/kreis/06633/**")
    assert seen.page.locator("h1").inner_text() == "Landkreis Kassel"
    seen.clean()


def test_the_map_is_one_tab_stop_and_arrows_walk_it(watched: Open) -> None:
    page = watched("/").page
    assert page.locator("svg.map a[tabindex='0']").count() == 1
    page.locator("svg.map a[tabindex='0']").focus()
    first = page.locator("#told").inner_text()
    page.keyboard.press("ArrowDown")
    second = page.locator("#told").inner_text()
    assert first != second
    assert "je 100" in second
    page.keyboard.press("Enter")
    page.wait_for_url("**/kreis/**")


def test_a_finger_reads_the_name_before_the_map_goes_there(watched: Open) -> None:
    page = watched("/", 390, 844, has_touch=True, is_mobile=True).page
    page.locator("svg.map a[href='/kreis/06435/']").tap()
    way = page.locator("#told a")
    assert "je 100" in way.inner_text()
    assert page.url.endswith("/")
    way.tap()
    page.wait_for_url("**/kreis/06435/**")


def test_without_script_the_map_still_leads_to_a_kreis(watched: Open) -> None:
    page = watched("/", java_script_enabled=False).page
    assert page.locator("svg.map a[href^='/kreis/']").count() == 400
    page.locator("#tabelle a").first.click()
    page.wait_for_url("**/kreis/**")


def test_choosing_year_occupation_and_reading(watched: Open) -> None:
    seen = watched("/kreis/06633/")
    before = seen.page.locator(".big").inner_text()
    seen.page.select_option("select[name=jahr]", "2035")
    seen.page.get_by_role("button", name="Anzeigen").click()
    seen.page.wait_for_url("**jahr=2035**")
    assert seen.page.locator(".big").inner_text() != before
    seen.page.get_by_role("link", name="mit Pendelnden verrechnet").click()
    seen.page.wait_for_url("**lesart=pendeln**")
    assert "jahr=2035" in seen.page.url
    seen.clean()


def test_sorting_and_all_rows_of_the_table(watched: Open) -> None:
    page = watched("/kreis/06633/").page
    few = page.locator("#wo .cells").first.locator("tbody tr").count()
    page.get_by_role("link", name="Gruppen zeigen").click()
    page.wait_for_url("**alle=1**")
    assert page.locator("#wo .cells").first.locator("tbody tr").count() > few
    page.locator("#wo thead").get_by_role("link", name="Beruf", exact=True).click()
    page.wait_for_url("**sortierung=beruf**")
    assert page.locator("#wo th[aria-sort='ascending']").inner_text().startswith("Beruf")


def test_where_a_figure_comes_from(watched: Open) -> None:
    seen = watched("/kreis/06633/")
    seen.page.locator("a.source").first.click()
    seen.page.wait_for_url("**/zahl/**")
    seen.page.locator(".tree summary").nth(1).click()
    assert seen.page.locator(".tree details[open]").count() == 2
    seen.clean()


def test_the_language_switch_keeps_the_page(watched: Open) -> None:
    page = watched("/kreis/06633/?jahr=2035").page
    page.get_by_role("button", name="English").click()
    page.wait_for_load_state()
    assert "jahr=2035" in page.url
    assert page.locator("html").get_attribute("lang") == "en"
    assert "missing by 2035" in page.locator(".answer").inner_text()


def test_the_first_page_is_small(server: Server) -> None:
    page = urllib.request.urlopen(server.address + "/").read()
    statics = ("tokens.css", "base.css")
    styles = [urllib.request.urlopen(f"{server.address}/static/fachkraftwerk/{name}").read() for name in statics]
    own = ("charts.css", "regions.css", "map.js", "find.js")
    styles += [urllib.request.urlopen(f"{server.address}/static/regions/{name}").read() for name in own]
    assert sum(len(gzip.compress(part)) for part in (page, *styles)) < 150_000


def test_dark_and_print_keep_their_contrast_and_hide_controls(watched: Open) -> None:
    page = watched("/kreis/06633/", color_scheme="dark").page
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(20, 23, 26)"
    page.emulate_media(media="print")
    assert not page.locator("form.question").is_visible()
    assert page.locator(".big").is_visible()


def test_the_table_is_sorted_with_the_keyboard_alone(watched: Open) -> None:
    page = watched("/kreis/06633/").page
    head = page.locator("#wo thead").get_by_role("link", name="Beschäftigte 2023")
    head.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**sortierung=beschaeftigte**")
    cells = page.locator("#wo .cells").first.locator("tbody tr:not(.pool) td.n.o").all_inner_texts()
    people = [int(cell.replace("≈ ", "").replace(".", "")) for cell in cells]
    assert people == sorted(people, reverse=True)


def test_the_link_opens_exactly_this_view_again(watched: Open) -> None:
    page = watched("/kreis/06633/?jahr=2034&lesart=pendeln&qualifikation=academic").page
    before = page.locator(".top").inner_text()
    page.locator("a[rel=bookmark]").click()
    page.wait_for_url("**ausgabe=**")
    assert page.locator(".top").inner_text() == before


def test_files_come_with_the_view_they_were_asked_from(watched: Open) -> None:
    page = watched("/kreis/06633/?jahr=2034").page
    for name, ending in (("CSV", "csv"), ("XLSX", "xlsx"), ("SVG", "svg"), ("PNG", "png")):
        with page.expect_download() as download:
            page.get_by_role("link", name=name, exact=True).first.click()
        assert download.value.suggested_filename.startswith("fachkraftwerk-06633-2034")
        assert download.value.suggested_filename.endswith(ending)


def test_neighbours_join_to_a_zone_whose_figures_add_up(watched: Open) -> None:
    seen = watched("/kreis/06633/")
    seen.page.get_by_text("Mit Nachbarn verbinden").click()
    seen.page.get_by_role("checkbox", name="Stadt Kassel").check()
    seen.page.get_by_role("button", name="Verbinden").click()
    seen.page.wait_for_url("**/kreis/06611+06633/**")
    assert seen.page.locator("h1").inner_text() == "Stadt Kassel + Landkreis Kassel"
    seen.clean()


def test_a_land_is_one_page_too(watched: Open) -> None:
    seen = watched("/land/15/")
    seen.page.get_by_role("link", name="Warum, wo und wann Fachkräfte").click()
    seen.page.wait_for_url("**/kreis/15/")
    assert seen.page.locator("h1").inner_text() == "Sachsen-Anhalt"
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 1280
    seen.clean()


def test_the_policy_allows_no_other_host_and_nothing_inline(server: Server) -> None:
    for path in ("/", "/kreis/06633/", "/api/", "/nirgends/"):
        try:
            answer = urllib.request.urlopen(server.address + path)
        except urllib.error.HTTPError as error:
            answer = error  # type: ignore[assignment]
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'self'")
        assert "unsafe" not in policy
        assert "http" not in policy


def test_the_print_is_the_page_not_the_phone(watched: Open) -> None:
    page = watched("/kreis/06633/", 700, 990).page
    page.emulate_media(media="print")
    assert page.locator("#warum .chart.wide").is_visible()
    assert not page.locator("#warum .chart.narrow").is_visible()
    heading, number = (page.locator(name).bounding_box() for name in ("h1", ".big"))
    assert heading["x"] + 100 < number["x"]
