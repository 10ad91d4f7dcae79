"""The sheet shows the effect that page and command line show; what is not known is refused in words."""

from __future__ import annotations

import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.core.text import number, significant
from fachkraftwerk.model.measures.measure import plan
from fachkraftwerk.runs.desk import open_desk
from fachkraftwerk.runs.simulate import Question, response_of, simulate
from fachkraftwerk.web.workshops.domain.effect import effect, parse_dose
from fachkraftwerk.web.workshops.views import wordings


def test_the_sentence_holds_the_figure_of_the_simulation() -> None:
    made = simulate(response_of(open_desk(), "06633"), [plan("later_retirement")], Question(year=2030))
    told = effect("06633", "later_retirement", None)
    assert f"rund {number(significant(made.value(made.closing).value))} Personen" in told.de
    assert f"about {number(significant(made.value(made.closing).value), 'en')} people" in told.en


def test_more_strength_more_effect_and_a_warning_beyond_evidence() -> None:
    usual, far = effect("06633", "training_places", 10.0), effect("06633", "training_places", 500.0)
    assert "außerhalb" not in usual.de
    assert "außerhalb dessen, was belegt ist" in far.de


@pytest.mark.parametrize("dose", [0.01, 0.0])
def test_less_than_experience_is_said_and_nobody_is_said_to_move(dose: float) -> None:
    told = effect("06633", "childcare", dose)
    assert "weniger als eine Person" in told.de and "less than one person" in told.en and "wechseln" not in told.de
    assert "außerhalb dessen, was belegt ist" in told.de


def test_commuters_are_told_as_people_from_elsewhere() -> None:
    told = effect("06633", "commuters", None)
    assert "anderswo wohnen" in told.de
    assert "rund 0 Personen" not in told.de


def test_a_change_of_occupation_moves_the_gap_and_does_not_close_it() -> None:
    told = effect("06633", "career_change", None)
    assert "wechseln rund" in told.de
    assert "Die Lücke insgesamt bleibt gleich" in told.de
    assert "rund 0 Personen" not in told.de


@pytest.mark.parametrize(("region", "lever"), [("06633", "zauberei"), ("99999", "childcare")])
def test_unknown_levers_and_regions_are_refused(region: str, lever: str) -> None:
    with pytest.raises(Refusal):
        effect(region, lever, None)


@pytest.mark.parametrize(("words", "dose"), [("", None), (" 12,5 ", 12.5), ("3", 3.0)])
def test_numbers_as_people_type_them(words: str, dose: float | None) -> None:
    assert parse_dose(words) == dose


def test_words_instead_of_a_number_are_refused() -> None:
    with pytest.raises(Refusal, match="not a number"):
        parse_dose("viele")


def test_every_lever_of_the_sheet_is_one_of_the_model_in_both_languages() -> None:
    from django.utils import translation

    for key, name in wordings.LEVERS:
        with translation.override("en"):
            english = str(name)
        assert plan(key).kind.name.en == english


def test_what_is_usual_depends_on_the_kreis() -> None:
    small, large = (effect(region, "immigration_recruitment", 100.0) for region in ("16069", "09162"))
    assert "außerhalb" in small.de and "außerhalb" not in large.de
    assert effect("09162", "immigration_recruitment", None).de.startswith("350 Anwerbungen")
