"""The second Delphi round becomes an assumption of a scenario, with group, median and source."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fachkraftwerk.web.workshops.domain import delphi, hosting

pytestmark = pytest.mark.django_db
FIGURE = {"id": "replacement", "label": {"de": "Ruhestand", "en": "Retirement"}, "text": {"de": "", "en": ""}, "value": 8000.0,
          "low": 7000.0, "high": 9000.0, "address": "2026-1.99001.2030.replacement.skilled.all.all"}  # fmt: skip
WHOLE = FIGURE | {"id": "gap-cumulated", "address": "2026-1.99001.2030.gap_cumulated.skilled.all.all"}


@pytest.fixture
def judged(make: Any, muster_desk: Any) -> Any:
    """Seven people in two rounds: first far apart, then four agree with 8,000 and three say 9,000."""
    hall = make(figures=[FIGURE, WHOLE])
    hall.workshop.region = "99001"
    hall.workshop.save()
    people = [hall.join().actor for _ in range(7)]
    hall.go("prognose")
    for who in people:
        hall.act(who, "judge_figure", figure="replacement", judgement="too_low", estimate=20000)
    hall.steer("open_round")
    for number, who in enumerate(people):
        said = (
            {"judgement": "agree"}
            if number < 4
            else {"judgement": "too_low", "estimate": 9000, "reason": "Viele gehen mit 63"}
        )
        assert hall.act(who, "judge_figure", figure="replacement", **said).status == 200
    return hall


def test_the_last_round_speaks_for_the_room(judged: Any) -> None:
    said = delphi.judgement(judged.state, FIGURE, "Probe", None)
    assert said is not None
    assert (said.value, said.low, said.high, said.n) == (8000, 8000, 9000, 7)
    assert said.reasons == ("Viele gehen mit 63",)


def test_who_agrees_stands_for_the_figure_shown() -> None:
    votes = [{"judgement": "agree", "estimate": None}, {"judgement": "too_low", "estimate": None},
             {"judgement": "explain", "estimate": 5}]  # fmt: skip
    assert delphi.estimates(votes, 8.0) == [5.0, 8.0]


def test_fewer_than_five_numbers_are_no_judgement(make: Any) -> None:
    hall = make(figures=[FIGURE])
    people = [hall.join().actor for _ in range(4)]
    hall.go("prognose")
    for who in people:
        hall.act(who, "judge_figure", figure="replacement", judgement="agree")
    assert delphi.judgement(hall.state, FIGURE, "Probe", None) is None


def test_the_moderation_takes_it_into_a_scenario(judged: Any) -> None:
    browser = Client()
    page = reverse("workshops:judgement", args=[hosting.key(judged.workshop, hosting.MODERATE, "m")])
    shown = browser.get(page).text
    assert "8.000 bis 9.000" in shown
    assert "noch keine fünf Zahlen" in shown
    scenario = browser.get(page, {"zahl": "replacement"}, follow=True)
    assert scenario.request["PATH_INFO"] == reverse("scenarios:build")
    assert "Einschätzung der Werkstatt (n = 7, Median 8.000" in scenario.text
    assert "Quelle: Probe, Landkreis Kassel" in scenario.text
    assert "Viele gehen mit 63" in scenario.text


def test_a_figure_without_judgement_is_refused_in_words(judged: Any) -> None:
    page = reverse("workshops:judgement", args=[hosting.key(judged.workshop, hosting.MODERATE, "m")])
    assert "noch keine Einschätzung" in Client().get(page, {"zahl": "gap-cumulated"}).text


def test_nobody_else_sees_the_page(judged: Any) -> None:
    forged = hosting.key(judged.workshop, hosting.PROJECT, "s")
    assert Client().get(reverse("workshops:judgement", args=[forged])).status_code == 404


def test_asking_for_a_scenario_without_a_figure_says_what_to_do(judged: Any) -> None:
    page = reverse("workshops:judgement", args=[hosting.key(judged.workshop, hosting.MODERATE, "m")])
    assert "checked" in Client().get(page).text
    answer = Client().get(page, {"weiter": "1"})
    assert answer.status_code == 200 and "keine Zahl ausgewählt" in answer.text
