"""The question in the address: read, written back, refused with all faults at once."""

import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.web.regions.domain import asked


def test_nothing_asked_is_the_default_question() -> None:
    question = asked.read({}, "2026-1")
    assert question == asked.Asked()
    assert question.query() == ""


def test_a_question_survives_the_way_through_the_address() -> None:
    question = asked.read({"jahr": "2035", "lesart": "pendeln", "beruf": "81", "qualifikation": "total"}, "2026-1")
    pairs = dict(part.split("=") for part in question.query().removeprefix("?").split("&"))
    assert asked.read(pairs, "2026-1") == question
    assert question.indicator == "gap_commuting_closed"


def test_a_permanent_address_names_edition_and_draws() -> None:
    words = asked.Asked(year=2031).permanent("2026-1")
    assert "ausgabe=2026-1" in words
    assert "rechnungen=200" in words
    assert "jahr=2031" in words


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(Refusal) as refusal:
        asked.read({"jahr": "2051", "beruf": "99", "lesart": "x", "ausgabe": "2020-1"}, "2026-1")
    text = refusal.value.message("de")
    assert len(refusal.value.faults) == 4
    assert "2024 bis 2040" in text
    assert "2026-1" in text


@pytest.mark.parametrize("given", ["²", "-3", "1e9", "99999999999999999999", ""])
def test_strange_numbers_of_draws_are_refused_or_ignored(given: str) -> None:
    if not given:
        assert asked.read({"rechnungen": given}, "e").draws == asked.DRAWS
        return
    with pytest.raises(Refusal):
        asked.read({"rechnungen": given}, "e")
