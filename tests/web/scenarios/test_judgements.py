"""A workshop's judgement in a scenario: seen with its source, counted in the gap, kept byte for byte, taken out again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from fachkraftwerk.runs import scenario as documents
from fachkraftwerk.runs.desk import Desk
from fachkraftwerk.runs.judgements import Judgement
from fachkraftwerk.runs.scenario import Scenario
from fachkraftwerk.web.scenarios.domain import answer as answers
from fachkraftwerk.web.scenarios.domain import draft as drafts

pytestmark = pytest.mark.django_db
ROOM = Judgement("replacement", 2030, 123456.5, 120000.0, 130000.0, 42, "Zukunftswerkstatt | Kassel", "2026-11-22",
                 ("Wer kann, geht mit 63.",))  # fmt: skip


def test_the_document_keeps_it_byte_for_byte() -> None:
    made = Scenario("Probe", "99001", judgements=(ROOM,))
    written = documents.dump(made)
    assert documents.parse(written) == made
    assert documents.dump(documents.parse(written)) == written


def test_a_document_without_judgements_has_no_such_field() -> None:
    assert "judgements" not in documents.dump(Scenario("Probe", "99001"))


def test_the_address_keeps_it() -> None:
    plain = replace(ROOM, origin="Zukunftswerkstatt Kassel")
    made = drafts.of(Scenario("Probe", "99001", judgements=(plain,)))
    assert drafts.scenario(made, "99001").judgements == (plain,)


def test_the_page_names_the_source_and_lets_it_be_taken_out(scenario_desk: Desk, ags: str) -> None:
    address = drafts.of(Scenario("Probe", ags, judgements=(ROOM,))).query()
    page = Client().get(f"/massnahmen/rechnen/?{address}")
    assert page.status_code == 200
    assert "Einschätzung der Werkstatt (n = 42, Median 120.000" in page.text
    assert "Wer kann, geht mit 63." in page.text
    assert (
        "Einschätzung der Werkstatt (" not in Client().get(f"/massnahmen/rechnen/?{address}&ohne=1", follow=True).text
    )


def test_the_gap_moves_by_the_difference(scenario_desk: Desk, ags: str) -> None:
    plain = answers.answer(scenario_desk, Scenario("Probe", ags), "de")
    judged = answers.answer(scenario_desk, Scenario("Probe", ags, judgements=(ROOM,)), "de")
    replacement = plain.simulation.response.base.select("replacement")[0, plain.simulation.at]
    assert judged.without.central - plain.without.central == pytest.approx(123456.5 - replacement)
    assert judged.closing == plain.closing
