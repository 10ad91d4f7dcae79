"""Library, scenario page, saving, sharing, comparing, files: in both languages, with refusals that help."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import parse_qs, urlparse

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fachkraftwerk.runs.desk import Desk
from fachkraftwerk.runs.library import records
from fachkraftwerk.web.scenarios.models import SavedScenario

pytestmark = pytest.mark.django_db
BUILD = "/massnahmen/rechnen/"


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined, no-any-return]


def filled(ags: str, *rows: tuple[str, str]) -> str:
    measures = "".join(f"&k={kind}&d={dose}&s=2026&u=12&x=&w=&e=" for kind, dose in rows)
    return f"region={ags}&jahr=2030&lesart=initiative&rahmen=baseline{measures}"


def saved(client: Client, ags: str, name: str = "Unser Weg") -> str:
    query = filled(ags, ("childcare", "5"), ("retention", "10"))
    return str(client.post("/massnahmen/sichern/", {"q": query, "name": name}).headers["Location"])


def test_the_library_shows_levers_and_records(client: Client, ags: str) -> None:
    page = text(client.get(f"/massnahmen/?region={ags}"))
    assert "Mehr Betreuungsplätze für Kinder unter drei" in page
    assert f"region={ags}&amp;dazu=childcare" in page
    assert "Alle 71 zeigen" in page
    assert text(client.get("/massnahmen/?alle=1")).count('<li id="M') == 71


def test_search_finds_and_says_when_it_does_not(client: Client, ags: str) -> None:
    assert "Wendlandleben" in text(client.get("/massnahmen/?q=wendland"))
    assert "Nichts gefunden" in text(client.get("/massnahmen/?q=raumstation"))


def test_a_lever_shows_its_evidence(client: Client, ags: str) -> None:
    page = text(client.get("/massnahmen/hebel/childcare/"))
    assert "diw.de" in page and "0,2" in page and "Spanne" in page
    assert client.get("/massnahmen/hebel/magic/").status_code == 404


def test_adding_and_removing_lead_to_a_plain_address(client: Client, ags: str) -> None:
    first = client.get(f"{BUILD}?region={ags}&dazu=M045")
    address = urlparse(first.headers["Location"])
    assert parse_qs(address.query)["k"] == ["retraining"]
    assert first.status_code == 302
    gone = client.get(f"{BUILD}?{address.query}&weg=1")
    assert "k" not in parse_qs(urlparse(gone.headers["Location"]).query)


def test_the_answer_shows_sentence_evidence_judgement_and_cost(client: Client, ags: str) -> None:
    page = text(client.get(f"{BUILD}?{filled(ags, ('later_retirement', '2'), ('childcare', '5'))}"))
    for words in ("Anteil Schätzung", "Beleg C", "Beleg A", "Personaltage", "Überschneidung", "Was schließt welche"):
        assert words in page
    assert page.count("<svg") == 4
    assert "style=" not in page and "onclick" not in page


def test_the_page_speaks_english(client: Client, ags: str) -> None:
    page = text(client.get(f"{BUILD}?{filled(ags, ('later_retirement', '2'))}&lang=en"))
    assert "estimated part" in page and "By 2030 the measures bring" in page


def test_own_ranges_change_the_answer_and_its_grade(client: Client, ags: str) -> None:
    query = filled(ags, ("childcare", "5"))
    plain = text(client.get(f"{BUILD}?{query}"))
    own = text(client.get(f"{BUILD}?{query}&a1.effect.0=0.2&a1.effect.1=0.25&a1.effect.2=0.3"))
    assert "a1.effect=0.2%2F0.25%2F0.3" in own and "a1.effect=" not in plain
    assert '<details class="ranges" open>' in own and '<details class="ranges" open>' not in plain
    wrong = text(client.get(f"{BUILD}?{query}&a1.effect.0=9"))
    assert "nicht geordnet" in wrong


def test_before_a_region_is_named_the_page_says_what_will_be_here(client: Client, ags: str) -> None:
    assert "Nennen Sie einen Kreis" in text(client.get(BUILD))


@pytest.mark.parametrize(
    ("query", "words"),
    [("&k=childcare&d=30", "Nennen Sie einen Grund"), ("&k=childcare&d=-1", "Möglich sind"), ("&k=magic&d=1", "gibt es nicht"),
     ("&jahr=1999", "außerhalb"), ("&rahmen=komet", "Rahmen"), ("&k=childcare&d=5&e=-3", "nicht möglich"),
     ("&k=childcare&d=5&s=x", "ganze Zahl")],
)  # fmt: skip
def test_bad_input_stays_in_the_form_with_a_remedy(client: Client, ags: str, query: str, words: str) -> None:
    response = client.get(f"{BUILD}?region={ags}{query}")
    assert response.status_code == 200
    assert words in text(response)


def test_a_zone_may_be_typed_into_the_address(client: Client, ags: str, scenario_desk: Desk) -> None:
    other = scenario_desk.edition.regions.regions[1].ags
    page = text(client.get(f"{BUILD}?region={ags}+{other}&k=childcare&d=5"))
    assert "So lässt sich das nicht rechnen" not in page and "Anteil Schätzung" in page


def test_an_unknown_region_is_refused(client: Client, ags: str) -> None:
    assert "kein Kreis" in text(client.get(f"{BUILD}?region=Atlantis"))


def test_a_slider_asks_for_the_answer_only(client: Client, ags: str) -> None:
    part = text(client.get(f"{BUILD}antwort/?{filled(ags, ('childcare', '6'))}"))
    assert "<html" not in part and "Anteil Schätzung" in part


def test_frameworks_and_the_robustness_matrix(client: Client, ags: str) -> None:
    page = text(client.get(f"{BUILD}?{filled(ags, ('childcare', '5'))}&pruefen=1"))
    assert "wenig Zuzug" in page and "späterer Ruhestand" in page and 'id="robust"' in page
    low = text(client.get(f"{BUILD}?{filled(ags, ('childcare', '5')).replace('baseline', 'migration_low')}"))
    assert "So lässt sich das nicht rechnen" not in low


def test_files_of_an_address(client: Client, ags: str) -> None:
    query = filled(ags, ("childcare", "5"))
    rows = list(
        csv.reader(io.StringIO(client.get(f"{BUILD}daten.csv?{query}").content.decode("utf-8-sig")), delimiter=";")
    )
    assert rows[0][0] == "Jahr" and rows[1][0] == "2023"
    assert any(row and row[0].startswith("Mehr Betreuungsplätze") for row in rows)
    assert client.get(f"{BUILD}bild/verlauf.svg?{query}").content.startswith(b"<svg")
    assert client.get(f"{BUILD}bild/wirkung.png?{query}").content.startswith(b"\x89PNG")
    assert client.get(f"{BUILD}bild/unsinn.svg?{query}").status_code == 404
    assert json.loads(client.get(f"{BUILD}szenario.json?{query}").content)["measures"][0]["kind"] == "childcare"


def test_a_saved_scenario_opens_for_everybody_with_the_link(client: Client, ags: str) -> None:
    link = saved(client, ags)
    stranger = Client()
    page = text(stranger.get(link))
    assert "Unser Weg" in page and link in page
    assert "Sichern und Link erhalten" in page and "Änderungen sichern" in text(client.get(link))


def test_only_the_browser_that_saved_it_changes_it(client: Client, ags: str) -> None:
    token = saved(client, ags).split("/")[-2]
    data = {"q": f"{filled(ags, ('childcare', '7'))}&s_id={token}", "name": "Neu"}
    Client().post("/massnahmen/sichern/", data)
    assert SavedScenario.objects.get(token=token).name == "Unser Weg"
    client.post("/massnahmen/sichern/", data)
    assert SavedScenario.objects.get(token=token).name == "Neu"


def test_only_the_browser_that_saved_it_deletes_it(client: Client, ags: str) -> None:
    link = saved(client, ags)
    assert Client().post(f"{link}loeschen/").status_code == 400
    assert client.get(f"{link}loeschen/").status_code == 405
    assert client.post(f"{link}loeschen/").status_code == 302
    assert client.get(link).status_code == 400


def test_export_import_export_is_byte_equal(client: Client, ags: str) -> None:
    link = saved(client, ags)
    first = client.get(f"{link}szenario.json").content
    again = client.post("/massnahmen/einlesen/", {"datei": SimpleUploadedFile("szenario.json", first)})
    assert client.get(f"{again.headers['Location']}szenario.json").content == first


def test_foreign_files_are_refused_with_a_remedy(client: Client, ags: str) -> None:
    response = client.post("/massnahmen/einlesen/", {"datei": SimpleUploadedFile("x.json", b'{"a": 1}')})
    assert response.status_code == 400
    assert "kein Szenario von Fachkraftwerk" in text(response)
    assert client.post("/massnahmen/einlesen/", {}).status_code == 400


def test_a_copy_has_a_link_of_its_own(client: Client, ags: str) -> None:
    link = saved(client, ags)
    copy = client.post(f"{link}kopie/").headers["Location"]
    assert copy != link and "Unser Weg (Kopie)" in text(client.get(copy))


def test_up_to_four_scenarios_side_by_side(client: Client, ags: str) -> None:
    links = [saved(client, ags, f"Weg {i}") for i in range(5)]
    page = text(client.get("/massnahmen/vergleich/?" + "&".join(f"s=https://x{link}" for link in links)))
    assert [f"Weg {i}" in page.split("<table")[1] for i in range(5)] == [True, True, True, True, False]
    assert client.get("/massnahmen/vergleich/?s=nirgends").status_code == 400


def test_a_comparison_is_exported(client: Client, ags: str) -> None:
    links = [saved(client, ags, name) for name in ("Weg A", "Weg <B>")]
    asked = "&".join(f"s={link.rstrip('/').rsplit('/', 1)[-1]}" for link in links)
    page = text(client.get(f"/massnahmen/vergleich/?{asked}"))
    for file in ("bild.svg", "bild.png", "daten.csv", "antwort.json"):
        assert f'/massnahmen/vergleich/{file}?{asked.replace("&", "&amp;")}"' in page
    drawn = client.get(f"/massnahmen/vergleich/bild.svg?{asked}").content.decode()
    assert "Weg &lt;B&gt;" in drawn and "Szenarien im Vergleich" in drawn and "Datenstand" in drawn
    assert client.get(f"/massnahmen/vergleich/bild.png?{asked}").content.startswith(b"\x89PNG")
    rows = client.get(f"/massnahmen/vergleich/daten.csv?{asked}").content.decode("utf-8-sig").splitlines()
    document = client.get(f"/massnahmen/vergleich/antwort.json?{asked}").json()
    assert [one["name"] for one in document["scenarios"]] == ["Weg A", "Weg <B>"]
    cells = dict(zip(rows[0].split(";"), rows[1].split(";"), strict=False))
    assert float(cells["ohne"].replace(",", ".")) == pytest.approx(
        document["scenarios"][0]["without"]["value"], abs=0.06
    )
    assert sum(row.startswith("Weg") for row in rows) == 2 + sum(len(o["measures"]) for o in document["scenarios"])
    assert "Scenarios compared" in client.get(f"/massnahmen/vergleich/bild.svg?{asked}&lang=en").content.decode()


@pytest.mark.parametrize("file", ["bild.svg", "bild.png", "daten.csv", "bild.exe"])
def test_nothing_compared_is_no_file(client: Client, ags: str, file: str) -> None:
    assert client.get(f"/massnahmen/vergleich/{file}").status_code == 404
    assert client.get("/massnahmen/vergleich/antwort.json?s=nirgends").status_code == 400


def test_the_best_set_under_a_budget(client: Client, ags: str) -> None:
    page = text(client.get(f"/massnahmen/buendel/?region={ags}&budget=2.000.000&tage=500"))
    assert "Das beste Bündel" in page and "Als Szenario öffnen" in page and "Kleiner und fast so gut" in page
    assert "reicht für keine" in text(client.get(f"/massnahmen/buendel/?region={ags}&budget=10"))
    assert "außerhalb" in text(client.get(f"/massnahmen/buendel/?region={ags}&budget=1000000&jahr=1990"))
    assert "keine Zahl" in text(client.get(f"/massnahmen/buendel/?region={ags}&budget=viel"))


def test_the_number_of_queries_does_not_grow(client: Client, ags: str, django_assert_max_num_queries: object) -> None:
    saved(client, ags)
    saved(client, ags)
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        client.get("/massnahmen/")


def test_every_lever_and_record_can_be_added(client: Client, ags: str) -> None:
    for one in records.records():
        response = client.get(f"{BUILD}?region={ags}&dazu={one.id}")
        assert response.status_code == (302 if one.lever else 400)


def test_answers_as_documents_for_programs(client: Client, ags: str) -> None:
    answer = client.get(f"{BUILD}antwort.json?{filled(ags, ('childcare', '5'), ('retention', '10'))}").json()
    assert [one["id"] for one in answer["measures"]] == ["childcare", "retention"] and answer["region"] == ags
    best = client.get(
        f"/massnahmen/buendel/antwort.json?region={ags}&budget=2.000.000&m=retention&m=work_65plus"
    ).json()
    assert best["best"]["measures"] and best["options"] == 30
    for address in (
        f"{BUILD}antwort.json?region={ags}&k=childcare&d=99",
        f"/massnahmen/buendel/antwort.json?region={ags}&budget=-1",
    ):
        refused = client.get(address)
        assert refused.status_code == 400 and refused.json()["faults"][0]["en"]


def test_contradictions_are_said_and_lead_to_the_best_choice(client: Client, ags: str) -> None:
    query = f"region={ags}&i=a&i=b&k=childcare&k=retention&d=5&d=10&g=Team&g=Team&s=2026&s=2028&r1=b"
    page = text(client.get(f"{BUILD}?{query}"))
    assert "widerspricht sich" in page and "nur eine gewählt" in page and "vor der Voraussetzung" in page
    best = text(client.get(f"/massnahmen/buendel/?{query}&budget=90000000"))
    assert "2 Maßnahmen Ihres Szenarios" in best and "Gruppen, Voraussetzungen" in best
    assert best.split('<ul class="plainlist">')[1].split("</ul>")[0].count("<li>") == 1


def test_hostile_words_are_text_everywhere(client: Client, ags: str) -> None:
    evil = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"
    query = f"region={ags}&k=childcare&d=5&t={evil}&g={evil}&w={evil}&i={evil}&name={evil}"
    for address in (
        f"{BUILD}?{query}",
        f"/massnahmen/buendel/?{query}&budget=9000000",
        f"{BUILD}?region={evil}",
        f"{BUILD}?{query}&k={evil}",
    ):
        assert "<script>alert" not in text(client.get(address))
    assert b"<script>" not in client.get(f"{BUILD}bild/wirkung.svg?{query}").content


def test_what_the_neighbour_loses_is_said_in_words(client: Client, ags: str) -> None:
    page = text(client.get(f"{BUILD}?region={ags}&lesart=pendeln&k=commuters&d=100"))
    assert "Wer verliert, was hier gewonnen wird?" in page and "ist dort gebucht" in page
    assert "zeigt davon nichts" in text(client.get(f"{BUILD}?region={ags}&k=commuters&d=100"))


def test_saved_scenarios_are_ticked_to_be_compared(client: Client, ags: str) -> None:
    token = saved(client, ags).split("/")[-2]
    assert f'name="s" value="{token}"' in text(client.get("/massnahmen/"))


def test_with_a_region_every_lever_says_what_it_would_bring(client: Client, ags: str) -> None:
    page = text(client.get(f"/massnahmen/?region={ags}"))
    assert page.count('class="closes"') == 24 and "allein bringt" in page
    assert 'class="closes"' not in text(client.get("/massnahmen/"))
    lever = text(client.get(f"/massnahmen/hebel/childcare/?region={ags}"))
    assert "Allein bringt das bis 2030 rund" in lever and "rund " in lever.split("Zielgruppe</dt>")[1][:200]


@pytest.mark.parametrize(
    "query",
    ["rechnen/?jahr=²", "rechnen/?jahr=" + "1" * 5000, "rechnen/?k=childcare&weg=" + "1" * 5000, "rechnen/?k=childcare&weg=²", "rechnen/?k=childcare&weg=99999999999999999999", "rechnen/?k=childcare&d=1e309",
     "rechnen/?k=childcare&d=nan", "rechnen/?k=childcare&s=99999999999", "rechnen/?k=childcare&a1.effect.0=inf", "rechnen/?k=\x00",
     "rechnen/?k=childcare&r1=nichts", "rechnen/?k=childcare&b1=81", "rechnen/?k=childcare&x=M999", "rechnen/?s_id=\x00",
     "buendel/?budget=1e6&zugleich=1e400", "buendel/?budget=1e6&zugleich=nan", "buendel/?budget=1e6&jahr=²030",
     "buendel/?budget=1e6&jahr=2039&tage=0", "buendel/?budget=1e6&m=nichts", "vergleich/?s=\x00", "?q=\x00&feld='"],
)  # fmt: skip
def test_strange_addresses_never_break_a_page(client: Client, ags: str, query: str) -> None:
    page, _, words = query.partition("?")
    response = client.get(f"/massnahmen/{page}?region={ags}&{words}")
    assert response.status_code in (200, 302, 400)


def test_a_set_that_wins_from_neighbours_says_so(client: Client, ags: str) -> None:
    won = text(client.get(f"/massnahmen/buendel/?region={ags}&budget=9000000&lesart=pendeln&m=commuters"))
    assert "fehlt dann anderswo" in won
    assert "fehlt dann anderswo" not in text(
        client.get(f"/massnahmen/buendel/?region={ags}&budget=9000000&m=retention")
    )


def test_what_counts_only_with_commuting_leads_to_that_way_of_counting(client: Client, ags: str) -> None:
    page = text(client.get(f"{BUILD}?{filled(ags, ('commuters', '100'))}"))
    assert "zählt nur, wenn Pendelnde verrechnet werden" in page and "lesart=pendeln" in page
    assert "(0 bis 0)" not in page and "keine Wirkung" in page
    other = text(client.get(f"{BUILD}?{filled(ags, ('childcare', '5'))}"))
    assert "zählt nur, wenn" not in other


def test_a_groups_own_figure_without_a_measure_says_what_is_missing(client: Client, ags: str) -> None:
    judged = "gap_cumulated|2030|-2000|-4000|500|23|Werkstatt|2026-10-01|weil"
    page = text(client.get(BUILD, {"region": ags, "z": judged}))
    assert "Mit der Einschätzung Ihrer Gruppe fehlt hier bis 2030 niemand" in page and "Prognose allein" in page
    for empty in ("rund 0 ", "Anteil Schätzung", "Personaltage", "mit Maßnahmen<"):
        assert empty not in page
