"""The sentence of a scenario: nothing chosen, nobody missing, a group's own judgement; both languages."""

import pytest

from fachkraftwerk.runs.figures import FigureValue
from fachkraftwerk.web.scenarios.domain import sentences


def value(median: float) -> FigureValue:
    return FigureValue(median, median, median, median, median, median, 0.5, "persons", 0.0)


@pytest.mark.parametrize(
    ("gap", "judged", "de", "en"),
    [
        (6630, False, "Bis 2030 fehlen hier voraussichtlich rund 6.600 Personen.", "By 2030 about 6,600 persons are likely to be missing here."),
        (6630, True, "Mit der Einschätzung Ihrer Gruppe fehlen hier bis 2030 rund 6.600 Personen.", "With the judgement of your group about 6,600"),
        (-2030, False, "Bis 2030 fehlt hier voraussichtlich niemand: Rund 2.000 Personen mehr sind da", "about 2,000 persons more are there"),
        (-2030, True, "Mit der Einschätzung Ihrer Gruppe fehlt hier bis 2030 niemand: Rund 2.000", "nobody is missing here by 2030"),
        (0.2, False, "2030 sind Angebot und Bedarf hier gleich.", "In 2030 supply and demand are level here."),
        (0.2, True, "Mit der Einschätzung Ihrer Gruppe sind Angebot und Bedarf hier 2030 gleich.", "level here in 2030."),
    ],
)  # fmt: skip
def test_without_measures_the_gap_is_said_and_no_effect(gap: float, judged: bool, de: str, en: str) -> None:
    said = sentences.sentence(value(0), value(gap), 2030, 0, judged)
    assert said.de.startswith(de) and said.de.endswith("Noch ist keine Maßnahme gewählt.")
    assert en in said.en and said.en.endswith("No measure is chosen yet.")
    assert "rund 0 " not in said.de and "about 0 " not in said.en and "−" not in said.de + said.en


def test_where_nobody_is_missing_a_measure_without_effect_brings_less_than_one() -> None:
    said = sentences.sentence(value(0.1), value(-500), 2030, 1, False)
    assert said.de == "2030 fehlt hier niemand; die Maßnahmen bringen weniger als eine Person zusätzlich."
    assert "rund 120 Personen zusätzlich" in sentences.sentence(value(120), value(-500), 2030, 1, False).de


def test_few_words_beside_the_sliders_name_no_negative_gap() -> None:
    assert sentences.short(value(0), value(6600), 0).de == "noch keine Maßnahme gewählt"
    assert sentences.short(value(0.2), value(6600), 1).de == "zusammen weniger als eine Person"
    assert sentences.short(value(37), value(6600), 1).de == "zusammen rund 37 von 6.600"
    assert sentences.short(value(37), value(-2000), 1).en == "together about 37 persons more"
