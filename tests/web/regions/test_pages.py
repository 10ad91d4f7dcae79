"""Every page answers, says the right thing in both languages, and refuses with a remedy."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.core.regions import Zone
from fachkraftwerk.core.text import number
from fachkraftwerk.runs import limits, wording
from fachkraftwerk.runs.desk import Desk
from fachkraftwerk.web.regions.domain import atlas

pytestmark = pytest.mark.django_db


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_the_start_page_shows_map_table_and_classes(client: Client, muster_desk: Desk) -> None:
    page = text(client.get("/"))
    count = len(muster_desk.edition.regions.regions)
    assert page.count('<tr><th scope="row"><a href="/kreis/') == count
    assert page.count("data-x=") == count
    assert 'class="legend"' in page


def test_every_area_of_the_map_says_its_name_and_value(client: Client) -> None:
    titles = re.findall(r"<a [^>]*><title>([^<]+)</title>", text(client.get("/")))
    assert titles
    assert all(": " in title for title in titles)


def test_the_kreis_page_answers_in_the_order_people_ask(client: Client, ags: str) -> None:
    page = text(client.get(f"/kreis/{ags}/"))
    places = [page.index(f'id="{part}"') for part in ("warum", "wo", "wann", "wie-sicher", "im-vergleich", "woher")]
    assert places == sorted(places)


def test_every_picture_has_title_description_and_table(client: Client, ags: str) -> None:
    page = text(client.get(f"/kreis/{ags}/"))
    pictures = re.findall(r'<svg [^>]*role="img"[^>]*aria-labelledby="([^"]+)"', page)
    assert len(pictures) >= 7
    for labels in pictures:
        for label in labels.split():
            assert page.count(f'id="{label}"') == 1
    assert page.count('<details class="data">') >= 5


def test_no_inline_style_or_script_is_used(client: Client, ags: str) -> None:
    for path in ("/", f"/kreis/{ags}/", "/methode/", "/daten/"):
        page = text(client.get(path))
        assert " style=" not in page
        assert not re.search(r"<script(?![^>]*src=)", page)


def test_the_same_page_in_english(client: Client, ags: str) -> None:
    page = text(client.get(f"/kreis/{ags}/?lang=en"))
    assert "How sure is this?" in page
    assert "Woher kommt" not in page


def test_both_readings_and_a_zone(client: Client, muster_desk: Desk) -> None:
    first, second = (region.ags for region in muster_desk.edition.regions.regions[:2])
    for path in (
        f"/kreis/{first}/?lesart=pendeln",
        f"/kreis/{first}+{second}/",
        f"/kreis/{first}/?qualifikation=total",
    ):
        assert client.get(path).status_code == 200


def test_a_name_leads_to_its_key(client: Client, muster_desk: Desk) -> None:
    region = muster_desk.edition.regions.regions[0]
    response = client.get("/suche/", {"q": region.name})
    assert response.status_code == 302
    assert region.ags in response.headers["Location"]


def test_search_without_a_hit_says_what_to_do(client: Client) -> None:
    response = client.get("/suche/", {"q": "xyzzy"})
    assert response.status_code == 404
    assert "amtlichem Schlüssel" in text(response)


def test_suggestions_are_few_and_named(client: Client, muster_desk: Desk) -> None:
    name = muster_desk.edition.regions.regions[0].name
    hits = client.get("/suche/vorschlaege/", {"q": name[:4]}).json()["hits"]
    assert 0 < len(hits) <= 8
    assert {"key", "name"} == set(hits[0])


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/kreis/06633/", 404, "Das geht so nicht"),
        ("/kreis/xyzzy/", 404, "kein Kreis"),
        ("/?jahr=1999", 400, "2024 bis 2040"),
        ("/?groesse=nix", 400, "zeigt die Karte nicht"),
        ("/land/77/", 404, "Diese Seite gibt es nicht"),
        ("/zahl/nix/", 404, "keine Adresse einer Zahl"),
        ("/zahl/1900-1.99001.2030.gap_cumulated.skilled.all.all/", 404, "gehört zur Ausgabe"),
        ("/vergleich/?kreis=nix&kreis=nada", 400, "nada"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_plain_words(client: Client, path: str, status: int, words: str) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert words in text(response)


def test_a_zone_too_large_is_refused(client: Client, muster_desk: Desk) -> None:
    regions = muster_desk.edition.regions.regions
    with pytest.raises(Refusal, match="too many"):
        limits.check_size(Zone(regions * 9))
    key = "+".join(region.ags for region in regions)
    response = client.get(f"/kreis/{key}/?rechnungen=50")
    assert response.status_code == 400
    assert "nur 200 Rechnungen" in text(response)


def test_all_kreise_together_are_a_land_and_add_up(client: Client, muster_desk: Desk) -> None:
    keys = [region.ags for region in muster_desk.edition.regions.regions]
    response = client.get(f"/kreis/{'+'.join(keys)}/", follow=True)
    page = text(response)
    assert response.redirect_chain == [("/kreis/99/", 302)]
    assert "<h1>Musterland</h1>" in page
    assert f"Diese {len(keys)} Kreise sind zusammengerechnet" in page
    whole = muster_desk.forecast("+".join(keys))
    for qualification in ("skilled", "unskilled"):
        parts = sum(muster_desk.forecast(key).select("gap_cumulated", qualification) for key in keys)
        assert abs(whole.select("gap_cumulated", qualification) - parts).max() < 1e-6
    assert client.get(f"/zahl/{muster_desk.figure('+'.join(keys), 2030)}/").status_code == 200


def test_neighbours_can_be_joined_from_the_page(client: Client, muster_desk: Desk) -> None:
    first, second, third = (region.ags for region in muster_desk.edition.regions.regions[:3])
    response = client.get(f"/kreis/{first}/", {"mit": [third, second], "jahr": "2035"})
    assert response.headers["Location"] == f"/kreis/{first}+{second}+{third}/?jahr=2035"


def test_editions_stand_side_by_side(client: Client, ags: str, muster_desk: Desk) -> None:
    page = text(client.get(f"/kreis/{ags}/ausgaben/"))
    assert muster_desk.edition.name in page
    assert "Von anderen veröffentlicht" in page


def test_the_map_of_certainty_waits_or_shows(client: Client) -> None:
    page = client.get("/?groesse=sicherheit")
    assert page.status_code == 200
    assert atlas.certainty_legend("en")[1:4] == [
        ("c-4", "very likely (90–99)"),
        ("c-3", "likely (66–90)"),
        ("c-none", "open (34–66)"),
    ]
    assert client.get("/?groesse=sicherheit&beruf=81").status_code == 400


def test_an_occupation_is_named_in_the_first_sentence(client: Client, ags: str) -> None:
    page = text(client.get(f"/kreis/{ags}/?beruf=71"))
    assert "im Beruf „Unternehmensführung und Büro“" in page or "weniger als 50 Menschen" in page


def test_comparison_shows_each_kreis_and_adds_up(client: Client, muster_desk: Desk) -> None:
    keys = [region.ags for region in muster_desk.edition.regions.regions[:3]]
    page = text(client.get("/vergleich/", {"kreis": keys}))
    for key in keys:
        assert f"/kreis/{key}/" in page
    assert client.get("/vergleich/", {"kreis": [str(n) for n in range(6)]}).status_code == 400


def test_the_figure_page_leads_to_functions_and_sources(client: Client, muster_desk: Desk, ags: str) -> None:
    figure = muster_desk.figure(ags, 2030)
    page = text(client.get(f"/zahl/{figure}/"))
    assert str(figure) in page
    assert "Rechenweg" in page
    assert "SHA-256" in page


def test_method_and_data_come_from_the_files(client: Client, muster_desk: Desk) -> None:
    method, data = text(client.get("/methode/")), text(client.get("/daten/"))
    assert "pension_age" in method
    for source in muster_desk.edition.sources.values():
        assert source.title.de.replace("'", "&#x27;") in data or source.id in data or source.title.de[:20] in data


def test_the_method_speaks_the_language_of_the_reader(client: Client) -> None:
    from django.utils.html import escape

    from fachkraftwerk.model.parameters import parameters

    german, english = text(client.get("/methode/")), text(client.get("/methode/?lang=en"))
    for key, one in parameters().items():
        assert escape(one.reason.de) in german, key
        assert escape(one.reason.en) in english, key
        assert one.reason.en not in german, key
        assert escape(one.unit.de) in german, key
        assert one.distribution is None or escape(one.distribution.source.de) in german, key


def test_the_method_shows_the_spread_in_use(client: Client) -> None:
    from fachkraftwerk.model.parameters import parameters

    spread = parameters()["demand.demand_total"].distribution
    assert spread is not None
    page = text(client.get("/methode/"))
    for size in spread.spread.values():
        assert f"± {number(size, 'de', 4).rstrip('0')}" in page


def test_the_csv_holds_the_numbers_of_the_page_rounded_to_tens(client: Client, ags: str) -> None:
    response = client.get(f"/kreis/{ags}/daten.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0]["figure"].split(".")[1] == ags
    assert all(float(row["value"]) % 10 == 0 for row in rows)
    addresses = [row["figure"] for row in rows if row["figure"]]
    assert len(addresses) == len(set(addresses))
    *parts, gap = [float(row["central"]) for row in rows if row["year"] == "2030" and row["level"] == "all"][:8]
    assert abs(sum(parts) - gap) <= 5 * len(parts)
    assert "attachment" in response.headers["Content-Disposition"]


def test_beside_a_kreis_stands_the_middle_of_its_land_not_the_sum_of_middles(
    client: Client, muster_desk: Desk, ags: str
) -> None:
    muster_desk.warm()
    ranges = muster_desk.ranges(muster_desk.figure("all", 2030))
    assert ranges
    value = ranges["99"]
    row = re.search(r'<tr class="land">.*?</tr>', text(client.get(f"/kreis/{ags}/")), re.S)
    assert row
    assert f'<td class="n">{number(wording.rounded(value.value, wording.step(value)))} ' in row[0]


def test_the_start_page_gives_the_strongest_reason(client: Client, muster_desk: Desk) -> None:
    muster_desk.warm()
    assert "Der wichtigste Grund" in text(client.get("/")) or "Keiner der Gründe" in text(client.get("/"))


def test_a_page_can_be_quoted(client: Client, muster_desk: Desk, ags: str) -> None:
    page = text(client.get(f"/kreis/{ags}/?jahr=2033"))
    assert f"http://testserver/zahl/{muster_desk.figure(ags, 2033)}/ (abgerufen am " in page


def test_a_figure_leads_back_to_its_question(client: Client, muster_desk: Desk, ags: str) -> None:
    figure = muster_desk.figure(ags, 2035, qualification="vocational", indicator="commuting")
    assert f'href="/kreis/{ags}/?jahr=2035&amp;lesart=pendeln&amp;qualifikation=vocational"' in text(
        client.get(f"/zahl/{figure}/")
    )


def test_a_land_is_offered_before_its_kreise(client: Client) -> None:
    hits = client.get("/suche/vorschlaege/", {"q": "99"}).json()["hits"]
    assert hits[0] == {"key": "99", "name": "Musterland"}
    assert all(hit["key"].startswith("990") for hit in hits[1:]) and len(hits) == 8


@pytest.mark.parametrize("words", ["Deutschland", "germany", "BRD"])
def test_the_country_is_on_the_start_page(client: Client, words: str) -> None:
    assert client.get("/suche/", {"q": words}).headers["Location"] == "/"
    refused = client.get(f"/kreis/{words}/")
    assert refused.status_code == 404 and "Startseite" in text(refused)


@pytest.mark.parametrize("method", ["options", "put", "delete"])
def test_pages_can_be_read_only(client: Client, method: str) -> None:
    response = getattr(client, method)("/methode/")
    assert response.status_code == 405
    assert "GET, HEAD" in text(response) and "<h1>" in text(response)


def test_pooled_groups_are_named_and_single_ones_absent(client: Client, ags: str) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"/kreis/{ags}/daten.csv").content.decode("utf-8-sig"))))
    pooled = [row for row in rows if row["occupation"] == "pooled"]
    assert len(pooled) == 1
    assert "50" in pooled[0]["note"]


def test_the_workbook_says_in_words_what_the_page_shows(client: Client, ags: str) -> None:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"/kreis/{ags}/daten.xlsx?jahr=2033").content))
    assert book.sheet_names == ["Gründe", "Verlauf", "Berufe", "Abschluss", "Herkunft"]
    rows = [
        dict(zip(sheet[0], row, strict=True))
        for sheet in [book.get_sheet_by_name("Gründe").to_python()]
        for row in sheet[1:]
    ]
    assert rows[0]["Grund"] == "gehen in Rente"
    assert rows[-1]["Grund"] == "Lücke 2033"
    assert all(row["Mitte (Personen)"] % 10 == 0 for row in rows if row["Mitte (Personen)"] != "")
    parts = [row["Beitrag, mittlerer Weg"] for row in rows]
    assert sum(parts[:-1]) == parts[-1] == rows[-1]["Mitte (Personen)"]
    cells = book.get_sheet_by_name("Berufe").to_python()
    assert cells[0][:3] == ["Beruf", "Anforderung", "Beschäftigte 2023"]
    assert any("Gruppen unter 50" in str(row[0]) for row in cells)
    origin = "\n".join(str(row[0]) for row in book.get_sheet_by_name("Herkunft").to_python())
    assert "jahr=2033" in origin
    assert "amtliche Statistik" in origin
    english = client.get(f"/kreis/{ags}/daten.xlsx?lang=en").content
    assert CalamineWorkbook.from_filelike(io.BytesIO(english)).sheet_names[0] == "Reasons"


def test_pictures_are_what_they_say(client: Client, ags: str) -> None:
    for picture in ("gruende", "verlauf", "punkte", "alter", "rente"):
        svg = text(client.get(f"/kreis/{ags}/bild/{picture}.svg"))
        assert svg.startswith("<svg")
        assert "var(--" not in svg
        assert f".{ags}.2030." in svg
    assert client.get(f"/kreis/{ags}/bild/gruende.png").content[:4] == b"\x89PNG"
    assert client.get(f"/kreis/{ags}/bild/nix.svg").status_code == 404


def test_a_permanent_link_gives_the_same_page_again(client: Client, ags: str) -> None:
    page = text(client.get(f"/kreis/{ags}/?jahr=2033"))
    link = re.search(r'href="(\?[^"]+)" rel="bookmark"', page)
    assert link
    again = text(client.get(f"/kreis/{ags}/" + link[1].replace("&amp;", "&")))
    numbers = r'<p class="big">([^<]+)</p>'
    assert re.findall(numbers, page) == re.findall(numbers, again)


@pytest.mark.parametrize("measure", ["replacement", "entrants", "structural_change", "migration"])
def test_every_map_stands_under_a_question(client: Client, measure: str) -> None:
    page = text(client.get(f"/?groesse={measure}"))
    heading = re.search(r"<h1>([^<]+)</h1>", page)
    assert heading
    assert heading[1].endswith("?")


def test_every_licence_of_the_publications_reads_german() -> None:
    from fachkraftwerk.sources.publication import publications
    from fachkraftwerk.web.regions.templatetags.amounts import licence

    sentences = {"terms", "with", "domain", "quoted", "of"}
    shown = {licence(one.source.licence) for one in publications()}
    assert not [words for words in shown if sentences & set(words.lower().split())]


def test_every_assumption_has_an_address_and_a_line_in_the_table(client: Client) -> None:
    from fachkraftwerk.model.parameters import parameters
    from fachkraftwerk.web.regions.domain import parameters as shown

    page = text(client.get("/methode/"))
    answer = client.get("/methode/annahmen.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(answer), delimiter=";"))
    assert len(rows) == sum(len(entries) for _, entries in shown.groups())
    keys = {row["Kennzeichen"] for row in rows}
    for key, one in parameters().items():
        assert page.count(f'id="{key}"') == 1 and key in keys
        assert one.reason.de in {row["Grund"] for row in rows}
    english = client.get("/methode/annahmen.csv?lang=en", follow=True).content.decode("utf-8-sig")
    assert english.startswith("step,assumption,value")
