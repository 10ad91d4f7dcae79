"""The pages on quality: overview, one page for each test, old addresses, files; both languages."""

import csv
import io
import json
import re
from itertools import pairwise

import pytest
from django.test import Client
from tests.web.quality.scores import document, line

from fachkraftwerk.core.text import Text
from fachkraftwerk.runs.backtest import stored
from fachkraftwerk.web.quality.domain import contents, pictures, proofs


def test_ranges_that_another_table_judges_are_not_drawn() -> None:
    bracketed = line("fachkraftwerk", "10 years", 1.0, 38, 92) | {"judged": False}
    found = proofs.read(document([bracketed, line("fachkraftwerk", "7 years", 1.0, 50, 80)]))
    assert "10 years" not in pictures.held(found[0], "en", "h").replace("7 years ahead", "")


def test_without_ranges_there_is_no_promise_and_no_picture() -> None:
    found = proofs.read(document([line("fachkraftwerk", "1 years", 1.0), line("no change", "1 years", 2.0)]))
    assert pictures.held(found[0], "de", "h") == ""
    assert pictures.by_horizon(found[0], "de", "h") == ""  # one horizon is no path


def test_labels_at_the_end_of_lines_do_not_cover_each_other() -> None:
    scores = [
        line(m, f"{h} years", w)
        for h in (1, 7)
        for m, w in (("fachkraftwerk", 5.0), ("no change", 5.1), ("last trend", 5.2))
    ]
    svg = pictures.by_horizon(proofs.read(document(scores))[0], "de", "h")
    ends = [float(y) for y, words in re.findall(r'y="([\d.]+)"[^>]*>(Fachkraftwerk|keine Ver|letzter)', svg)]
    assert len(ends) == 3
    assert min(b - a for a, b in zip(sorted(ends), sorted(ends)[1:], strict=False)) >= 17.9


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


@pytest.fixture
def client(db: None) -> Client:
    return Client(headers={"accept-language": "de"})


def test_the_overview_leads_to_every_page_in_both_languages(client: Client) -> None:
    german, english = text(client.get("/guete/")), text(client.get("/guete/?lang=en", follow=True))
    assert "Wo sind wir schwach?" in german and "Where are we weak?" in english
    assert "Wo sind wir schwach?" not in english
    assert 'style="' not in german + english
    shipped = stored.shipped()
    assert shipped is not None
    for page in contents.pages(proofs.read(shipped)):
        assert f'href="/guete/{page.slug}/"' in german
        shown = text(client.get(f"/guete/{page.slug}/?lang=de", follow=True))
        assert 'aria-current="page"' in shown and page.question.de in shown
        assert "kleinster Fehler" in shown or page in contents.SIDES
        assert page.question.en in text(client.get(f"/guete/{page.slug}/?lang=en", follow=True)).replace("&#x27;", "'")


def test_first_figures_of_the_overview_come_from_the_result(client: Client) -> None:
    shown, shipped = text(client.get("/guete/")), stored.shipped()
    assert shipped is not None
    every = next(proof for proof in proofs.read(shipped) if proof.key == "employment_all")
    for row in (every.telling.ours, every.telling.rivals[0], every.telling.unchanged):
        assert row is not None
        assert f"{row.score['wape']:.1f} %".replace(".", ",") in shown


def test_old_addresses_still_lead_somewhere(client: Client) -> None:
    shown = text(client.get("/guete/"))
    for anchor in ("schwach", "luecken", "karte", "spannen", "spalten", *contents.SLUGS):
        assert shown.count(f'id="{anchor}"') == 1
    answer = client.get("/guete/?karte=population")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/guete/bevoelkerung/#karte")
    assert client.get("/guete/?karte=nirgends").headers["Location"] == "/guete/beschaeftigte/#karte"


def test_pages_follow_each_other_to_both_ends(client: Client) -> None:
    shipped = stored.shipped()
    assert shipped is not None
    pages = contents.pages(proofs.read(shipped))
    for before, after in pairwise(pages):
        assert f'rel="next" href="/guete/{after.slug}/"' in text(client.get(f"/guete/{before.slug}/"))
        assert f'rel="prev" href="/guete/{before.slug}/"' in text(client.get(f"/guete/{after.slug}/"))
    assert 'rel="prev"' not in text(client.get(f"/guete/{pages[0].slug}/"))
    assert 'rel="next"' not in text(client.get(f"/guete/{pages[-1].slug}/"))


def test_a_test_with_errors_has_its_map_and_one_without_has_none(client: Client) -> None:
    assert text(client.get("/guete/bevoelkerung/")).count('class="e-') >= 400
    assert 'id="karte"' not in text(client.get("/guete/branchen/"))
    assert client.get("/guete/nirgends/").status_code == 404


def rows(answer: object) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))  # type: ignore[attr-defined]


def test_every_table_comes_as_a_file_with_all_its_lines(client: Client) -> None:
    shipped = stored.shipped()
    assert shipped is not None
    lines = sum(len(test["scores"]) for test in shipped["tests"])
    assert len(rows(client.get("/guete/alle-pruefungen.csv"))) == lines + 1
    first = shipped["tests"][0]
    found = rows(client.get("/guete/beschaeftigte.csv"))
    assert len(found) == len(first["scores"]) + 1
    error = dict(zip(found[0], found[1], strict=True))["wape"]
    assert float(error.replace(",", ".")) == first["scores"][0]["wape"]
    assert len(rows(client.get("/guete/beschaeftigte-karte.csv"))) == 401
    assert len(rows(client.get("/guete/luecken.csv"))) == len(shipped["published_gaps"]["figures"]) + 1
    assert len(rows(client.get("/guete/uebereinstimmung.csv"))) == len(shipped["published_gaps"]["comparison"]) + 1
    assert len(rows(client.get("/guete/spannen.csv"))) == len(shipped["spreads"]) + 1
    assert json.loads(client.get("/guete/ergebnis.json").content) == shipped
    assert [client.get(f"/guete/{name}.csv").status_code for name in ("nirgends", "branchen-karte")] == [404, 404]


def test_the_shipped_result_belongs_to_the_shipped_edition() -> None:
    from fachkraftwerk.edition import open_edition

    edition = open_edition(None)
    kept = stored.shipped()
    assert kept is not None
    assert kept["edition"] == edition.name
    assert kept["edition_print"] == stored.edition_print(edition), "run: fachkraftwerk backtest --save"
    assert isinstance(Text(**kept["tests"][0]["title"]), Text)
