"""Reasons for unusual strengths, occupations and levels, estimated groups, costs with evidence, files of the best set."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.scenarios.test_pages import BUILD, text

from fachkraftwerk.model.measures.measure import plan
from fachkraftwerk.model.measures.registry import kinds
from fachkraftwerk.runs.desk import Desk
from fachkraftwerk.runs.scenario import Scenario, dump
from fachkraftwerk.runs.simulate import response_of
from fachkraftwerk.web.scenarios.domain import keep
from fachkraftwerk.web.scenarios.models import SavedScenario

pytestmark = pytest.mark.django_db
WEAK = "k=childcare&i=a&d=0.01"


def weak(ags: str, reason: str = "") -> str:
    """Return a file with a strength below experience, as it could be saved before a reason was asked for."""
    made = dump(Scenario("Früher", ags, measures=(plan("childcare", 0.01, reason="x"),)))
    return made.replace('"reason": "x"', json.dumps("reason") + ": " + json.dumps(reason))


@pytest.mark.parametrize("dose", ["0.01", "30", "0"])
def test_a_strength_outside_experience_asks_why(client: Client, ags: str, dose: str) -> None:
    page = text(client.get(f"{BUILD}?region={ags}&k=childcare&i=a&d={dose}"))
    assert "Nennen Sie einen Grund" in page or "nennen Sie einen Grund" in page
    assert "Erfahrung gibt es für 2 bis 10" in page and 'class="why" hidden' not in page


def test_the_reason_stands_in_page_table_and_documents(client: Client, ags: str) -> None:
    query = f"region={ags}&{WEAK}&w=Nur+zwei+Orte"
    page = text(client.get(f"{BUILD}?{query}"))
    assert "liegt außerhalb der Erfahrung (2 bis 10). Grund: Nur zwei Orte" in page
    assert "Nur zwei Orte" in text(client.get(f"{BUILD}daten.csv?{query}"))
    assert client.get(f"{BUILD}szenario.json?{query}").json()["measures"][0]["reason"] == "Nur zwei Orte"
    answer = client.get(f"{BUILD}antwort.json?{query}").json()["measures"][0]
    assert (answer["usual"], answer["reason"]) == (False, "Nur zwei Orte")


def test_a_file_without_a_reason_opens_as_a_form_that_asks_for_it(client: Client, ags: str) -> None:
    file = SimpleUploadedFile("alt.json", weak(ags).encode(), "application/json")
    answer = client.post("/massnahmen/einlesen/", {"datei": file}, follow=True)
    assert answer.redirect_chain and SavedScenario.objects.count() == 0
    assert "außerhalb der Erfahrung" in text(answer) and 'value="0.01"' in text(answer)
    with_reason = SimpleUploadedFile("neu.json", weak(ags, "klein").encode(), "application/json")
    client.post("/massnahmen/einlesen/", {"datei": with_reason})
    assert SavedScenario.objects.count() == 1


def test_a_scenario_saved_before_opens_and_says_what_is_missing(client: Client, ags: str) -> None:
    kept = SavedScenario.objects.create(name="Früher", region=ags, document=weak(ags), expires=keep.until())
    page = text(client.get(f"/massnahmen/s/{kept.token}/"))
    assert "außerhalb der Erfahrung" in page and 'value="0.01"' in page
    assert client.get(f"/massnahmen/s/{kept.token}/szenario.json").content.decode() == kept.document
    compared = client.get(f"/massnahmen/vergleich/?s={kept.token}")
    assert compared.status_code == 400 and "Früher" in text(compared)


def test_occupations_and_levels_narrow_group_effect_and_cost(client: Client, ags: str) -> None:
    whole, part = (
        client.get(f"{BUILD}antwort.json?region={ags}&k=later_retirement&i=a&d=2{more}").json()
        for more in ("", "&b1=81&b1=71&l1=fachkraft")
    )
    big, small = whole["measures"][0], part["measures"][0]
    assert 0 < small["target_group"]["size"] < big["target_group"]["size"]
    assert 0 < small["closing"]["central"] < big["closing"]["central"] and small["euro"] < big["euro"]
    assert (small["occupations"], small["levels"]) == (["81", "71"], ["fachkraft"])
    page = text(client.get(f"{BUILD}?region={ags}&k=later_retirement&i=a&d=2&b1=81&l1=fachkraft"))
    assert "Nur: Fachkraft, Medizin und Pflege." in page and "in dieser Auswahl" in page


def test_estimated_groups_are_marked_with_the_way_to_their_figures(client: Client, ags: str) -> None:
    page = text(client.get(f"{BUILD}?region={ags}&k=training_dissolution&i=a&d="))
    assert (
        f'href="/massnahmen/hebel/training_dissolution/?region={ags}#gruppe"' in page
        and "mit Zahlen für Deutschland" in page
    )
    lever = text(client.get(f"/massnahmen/hebel/training_dissolution/?region={ags}"))
    assert "Für den Kreis ist keine Zahl veröffentlicht" in lever and "489.000 neue Verträge" in lever
    counted = text(client.get(f"/massnahmen/hebel/later_retirement/?region={ags}"))
    assert "Gezählt aus den Daten des Kreises" in counted


def test_a_cost_shows_its_evidence_until_somebody_enters_an_amount(client: Client, ags: str) -> None:
    estimated = client.get(f"{BUILD}antwort.json?region={ags}&k=childcare&i=a&d=5").json()["measures"][0]
    own = client.get(f"{BUILD}antwort.json?region={ags}&k=childcare&i=a&d=5&e=1000").json()["measures"][0]
    assert (estimated["cost_grade"], own["cost_grade"], own["euro"]) == ("B", "", 5000)
    assert "Destatis" in text(client.get("/massnahmen/hebel/childcare/"))


def test_a_limit_names_its_unit(client: Client, ags: str) -> None:
    page = text(client.get(f"{BUILD}?region={ags}&k=parttime_hours&i=a&d=100&c=5"))
    assert "Höchstens 5 Vollzeitstellen." in page
    assert client.get(f"{BUILD}antwort.json?region={ags}&k=parttime_hours&i=a&d=100&c=5").json()["closing"]["p90"] <= 5


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_frontier_is_there_as_picture_and_table(client: Client, ags: str, lang: str) -> None:
    client.cookies.load({"django_language": lang})
    query = f"region={ags}&budget=2000000&m=later_retirement&m=work_65plus&m=retention"
    page = text(client.get(f"/massnahmen/buendel/?{query}"))
    assert "/massnahmen/buendel/bild.svg?region=" in page and "/massnahmen/buendel/daten.csv?region=" in page
    svg, png = (client.get(f"/massnahmen/buendel/bild.{ending}?{query}") for ending in ("svg", "png"))
    assert svg.headers["Content-Type"] == "image/svg+xml" and png.content.startswith(b"\x89PNG")
    assert ("Mio. Euro" if lang == "de" else "million euros") in text(svg)
    rows = list(
        csv.reader(
            io.StringIO(client.get(f"/massnahmen/buendel/daten.csv?{query}").content.decode("utf-8-sig")),
            delimiter=";" if lang == "de" else ",",
        )
    )
    assert rows[0][0] == ("Euro" if lang == "de" else "euros") and len(rows) > 2
    assert client.get(f"/massnahmen/buendel/bild.gif?{query}").status_code == 404


def test_matrix_and_levels_are_in_the_tables(client: Client, ags: str) -> None:
    query = f"region={ags}&k=later_retirement&i=a&d=2&k=automation&i=b&d=50"
    assert "rechnen/rahmen.csv" in text(client.get(f"{BUILD}?{query}&pruefen=1"))
    answer = client.get(f"{BUILD}rahmen.csv?{query}").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(answer.replace(",", ".")), delimiter=";"))
    assert len(rows) == 5 and {len(row) for row in rows} == {len(rows[0])} and len(rows[0]) > 5
    left = [
        float(rows[1][i]) + sum(float(row[i]) for row in rows[2:4]) - float(rows[4][i]) for i in range(1, len(rows[0]))
    ]
    assert max(map(abs, left)) < 1  # gap, measures and what remains add up in every framework
    assert "Anforderung oder Qualifikation" in text(client.get(f"{BUILD}daten.csv?{query}"))


def test_pictures_carry_their_source_on_one_line(client: Client, ags: str) -> None:
    svg = text(client.get(f"{BUILD}bild/wirkung.svg?region={ags}&k=retention&i=a&d=10"))
    assert "Amtliche Statistik, eigene Berechnung mit Fachkraftwerk" in svg


def test_an_impossible_budget_is_refused_in_words_on_page_and_file(client: Client, ags: str) -> None:
    for path in ("", "bild.svg", "daten.csv"):
        answer = client.get(f"/massnahmen/buendel/{path}?region={ags}&budget=0&m=retention")
        assert "reicht für keine Maßnahme" in text(answer)


def test_slider_and_reason_fit_the_kreis(client: Client, ags: str, scenario_desk: Desk) -> None:
    keys = [region.ags for region in scenario_desk.edition.regions.regions]
    places = {key: response_of(scenario_desk, key).place for key in keys}
    small, large = (pick(keys, key=lambda key: places[key].workforce.sum()) for pick in (min, max))
    ranges = {key: kinds()["immigration_recruitment"].at(places[key]).dose for key in (small, large)}
    assert ranges[small].high < ranges[large].high
    for key, dose in ranges.items():
        page = text(client.get(f"/massnahmen/rechnen/?region={key}&k=immigration_recruitment"))
        assert f'min="{dose.low:g}" max="{dose.high:g}" step="{dose.step:g}"' in page
        assert f'placeholder="{dose.central:g}"' in page and "faults-box" not in page
        added = client.get(f"/massnahmen/rechnen/?region={key}&dazu=immigration_recruitment").headers["Location"]
        assert f"d={dose.central:g}" in added
    bold = f"k=immigration_recruitment&d={ranges[large].high:g}"
    assert "faults-box" in text(client.get(f"/massnahmen/rechnen/?region={small}&{bold}"))
    assert "faults-box" not in text(client.get(f"/massnahmen/rechnen/?region={large}&{bold}"))


def test_the_page_of_a_lever_names_its_reference(client: Client, ags: str) -> None:
    plain = text(client.get("/massnahmen/hebel/immigration_recruitment/"))
    assert "10 – 30 – 60" in plain and "Bezug ist ein Kreis mit 77.000" in plain
    assert "Bezug ist" not in text(client.get("/massnahmen/hebel/childcare/"))
    here = text(client.get(f"/massnahmen/hebel/immigration_recruitment/?region={ags}"))
    assert "üblich. Bezug ist ein Kreis" in here


def test_what_was_saved_when_one_range_held_everywhere_still_counts(
    client: Client, ags: str, scenario_desk: Desk
) -> None:
    place = response_of(scenario_desk, ags).place
    keys = [key for key, kind in kinds().items() if not kind.at(place).usual(kind.dose.high)]
    assert keys
    made = Scenario("Früher", ags, measures=tuple(plan(key, "high") for key in keys))
    file = SimpleUploadedFile("s.json", dump(made).encode())
    link = client.post("/massnahmen/einlesen/", {"datei": file}).headers["Location"]
    compared = text(client.get(f"/massnahmen/vergleich/?s={link}"))
    assert "außerhalb der Erfahrung" in compared and "geschlossen" in compared
    form = text(client.get(link))
    assert "faults-box" in form and "Warum diese Stärke?" in form
