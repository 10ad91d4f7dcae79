"""Sentences read aloud: singular, plural, zero, surplus, huge and tiny ranges, both languages."""

import pytest

from fachkraftwerk.core.regions import Region
from fachkraftwerk.core.text import Text
from fachkraftwerk.runs import reasons, wording
from fachkraftwerk.runs.figures import FigureValue

HERE = Text("im Landkreis Kassel", "in Landkreis Kassel")


def value(median: float, low: float | None = None, high: float | None = None, p: float = 1.0) -> FigureValue:
    low, high = median if low is None else low, median if high is None else high
    return FigureValue(median, median, low, (low + median) / 2, (high + median) / 2, high, p)


def test_a_shortage_names_amount_condition_and_range() -> None:
    text = wording.headline(HERE, value(8927, 7412, 10321), 2030)
    assert text.de == (
        "Bis 2030 fehlen im Landkreis Kassel voraussichtlich rund 8.900 Fachkräfte, wenn alles weitergeht wie bisher "
        "– wahrscheinlich zwischen 7.400 und 10.300."
    )
    assert text.en == (
        "By 2030, about 8,900 skilled workers are expected to be missing in Landkreis Kassel if things go on as they "
        "have – probably between 7,400 and 10,300."
    )


def test_without_draws_no_range_is_claimed() -> None:
    assert "zwischen" not in wording.headline(HERE, value(8927), 2030).de


def test_a_surplus_is_said_as_one_and_its_range_rises() -> None:
    text = wording.headline(HERE, value(-1230, -1800, -700, 0.0), 2030, "unskilled")
    assert "rund 1.200 Arbeitskräfte ohne Berufsabschluss mehr, als gebraucht werden" in text.de
    assert "zwischen 700 und 1.800" in text.de
    assert "fehlen" not in text.de
    assert "1,200 workers without vocational qualification more than needed" in text.en


def test_around_zero_nothing_is_missing() -> None:
    text = wording.headline(HERE, value(12, -30, 41, 0.7), 2030)
    assert "ungefähr so viele Fachkräfte, wie gebraucht werden" in text.de


def test_a_range_across_zero_names_both_sides() -> None:
    text = wording.headline(HERE, value(300, -500, 1100, 0.7), 2030)
    assert "wahrscheinlich zwischen 500 zu viel und 1.100 zu wenig" in text.de
    assert "probably between 500 too many and 1,100 too few" in text.en


def test_a_huge_range_rounds_the_amount_to_what_it_carries() -> None:
    text = wording.headline(HERE, value(1234, -10500, 13400, 0.67), 2035)
    assert "rund 1.000 Fachkräfte" in text.de
    assert "zwischen 11.000 zu viel und 13.000 zu wenig" in text.de


def test_an_open_sign_claims_no_shortage() -> None:
    text = wording.headline(HERE, value(210, -4200, 5000, 0.54), 2030)
    assert text.de == (
        "Ob bis 2030 im Landkreis Kassel Fachkräfte fehlen, wenn alles weitergeht wie bisher, ist offen: Die Mitte aller "
        "Rechnungen liegt bei rund 200 zu wenig, wahrscheinlich zwischen 4.200 zu viel und 5.000 zu wenig."
    )
    assert text.en.startswith("Whether skilled workers will be missing in Landkreis Kassel by 2030 if things go on")
    assert "nahe null" in wording.headline(HERE, value(10, -400, 500, 0.5), 2030, ranged=False).de


def test_a_wide_range_on_one_side_is_called_wide() -> None:
    assert "die Spanne ist groß" in wording.headline(HERE, value(800, 200, 1900), 2030).de


def test_a_tiny_range_is_words_only() -> None:
    text = wording.headline(HERE, value(8927, 8925, 8930), 2030)
    assert text.de.endswith("– die Rechnungen liegen eng beieinander.")
    assert "zwischen" not in text.de


@pytest.mark.parametrize(
    ("count", "de", "en"),
    [
        (0, "keine Fachkräfte", "no skilled workers"),
        (1, "eine Fachkraft", "one skilled worker"),
        (2, "2 Fachkräfte", "2 skilled workers"),
        (8900, "8.900 Fachkräfte", "8,900 skilled workers"),
    ],
)
def test_people_in_singular_plural_and_none(count: int, de: str, en: str) -> None:
    assert wording.people(count) == Text(de, en)


@pytest.mark.parametrize(
    ("p", "de", "en"),
    [
        (1.0, "so gut wie sicher", "almost certain"),
        (0.99, "so gut wie sicher", "almost certain"),
        (0.95, "sehr wahrscheinlich", "very likely"),
        (0.90, "sehr wahrscheinlich", "very likely"),
        (0.66, "wahrscheinlich", "likely"),
        (0.5, "offen", "open"),
        (0.35, "offen", "open"),
        (0.34, "unwahrscheinlich", "unlikely"),
        (0.10, "sehr unwahrscheinlich", "very unlikely"),
        (0.01, "so gut wie ausgeschlossen", "almost ruled out"),
        (0.0, "so gut wie ausgeschlossen", "almost ruled out"),
    ],
)
def test_certainty_words_are_fixed_and_mirrored(p: float, de: str, en: str) -> None:
    assert wording.certainty(p) == Text(de, en)


def test_the_chance_is_never_rounded_to_all_or_none() -> None:
    assert wording.runs_of(0.996, 1000).de == "in mehr als 99 von 100 Rechnungen"
    assert wording.runs_of(0.004, 1000).de == "in weniger als 1 von 100 Rechnungen"
    assert wording.runs_of(0.985, 1000).de == "in 98 von 100 Rechnungen"
    assert wording.runs_of(0.335, 1000).de == "in 34 von 100 Rechnungen"
    assert wording.runs_of(1.0, 200).de == "in allen 200 Rechnungen"
    assert wording.runs_of(0.0, 200).en == "in none of 200 calculations"


def test_an_open_question_is_asked_with_ob() -> None:
    assert wording.chance(value(10, -90, 110, 0.5), 200).de == (
        "Ob überhaupt Fachkräfte fehlen, ist offen (in 50 von 100 Rechnungen fehlen sie)."
    )
    assert wording.chance(value(900, 500, 1300, 0.95), 200).de == (
        "Dass überhaupt Fachkräfte fehlen, ist sehr wahrscheinlich (in 95 von 100 Rechnungen)."
    )


@pytest.mark.parametrize(
    ("median", "base", "de"),
    [
        (8900, 74000, "Das sind rund 12 von 100 Fachkräften, die 2023 dort beschäftigt waren."),
        (740, 74000, "Das ist rund eine von 100 Fachkräften, die 2023 dort beschäftigt waren."),
        (60, 74000, "Das ist weniger als eine von 100 Personen, die 2023 dort beschäftigt waren."),
        (60, 10, ""),
    ],
)
def test_a_share_comes_with_its_base(median: float, base: float, de: str) -> None:
    assert wording.of_hundred(value(median), base, 2023).de == de


@pytest.mark.parametrize(
    ("name", "kind", "de"),
    [
        ("Landkreis Kassel", "Landkreis", "im Landkreis Kassel"),
        ("Märkischer Kreis", "Kreis", "im Märkischen Kreis"),
        ("Rheinisch-Bergischer Kreis", "Kreis", "im Rheinisch-Bergischen Kreis"),
        ("Wetteraukreis", "Landkreis", "im Wetteraukreis"),
        ("Rhein-Kreis Neuss", "Kreis", "im Rhein-Kreis Neuss"),
        ("Region Hannover", "Landkreis", "in der Region Hannover"),
        ("Städteregion Aachen", "Kreis", "in der Städteregion Aachen"),
        ("Regionalverband Saarbrücken", "Landkreis", "im Regionalverband Saarbrücken"),
        ("Nordfriesland", "Kreis", "im Kreis Nordfriesland"),
        ("Hamburg", "Kreisfreie Stadt", "in Hamburg"),
    ],
)
def test_places_are_declined(name: str, kind: str, de: str) -> None:
    assert wording.place(Region("06633", name, kind)).de == de


def test_a_city_with_a_namesake_is_called_city() -> None:
    city = Region("06611", "Kassel", "Kreisfreie Stadt")
    assert wording.place(city, namesakes=True) == Text("in der Stadt Kassel", "in the city of Kassel")
    zone = wording.joined([wording.place(city, True), HERE])
    assert zone.de == "in der Stadt Kassel und im Landkreis Kassel zusammen"


def test_laender_take_their_article() -> None:
    assert wording.land_place("Saarland").de == "im Saarland"
    assert wording.land_place("Hessen").de == "in Hessen"


def test_the_main_reason_compares_leaving_with_following() -> None:
    text = reasons.main_reason({"replacement": 13080, "entrants": -9790, "structural_change": 2300}, 2023)
    assert text.de == (
        "Der wichtigste Grund: Rund 13.100 Beschäftigte erreichen das Rentenalter; "
        "nur rund 9.800 junge Menschen rücken nach."
    )
    assert "only about 9,800 young people follow" in text.en


def test_those_who_leave_are_no_reason_where_more_follow() -> None:
    text = reasons.main_reason({"replacement": 83100, "entrants": -86700, "structural_change": 32000}, 2023)
    assert text.de == "Der wichtigste Grund: Die Betriebe brauchen rund 32.000 Menschen mehr als 2023."


def test_all_who_leave_are_named_where_enough_follow_the_retired() -> None:
    text = reasons.main_reason({"replacement": 8300, "disability": 900, "deaths": 400, "entrants": -8500}, 2023)
    assert text.de == (
        "Der wichtigste Grund: Rund 9.600 Beschäftigte gehen in Rente, werden erwerbsgemindert oder sterben; "
        "nur rund 8.500 junge Menschen rücken nach."
    )
    assert text.en.endswith("leave for health reasons or die; only about 8,500 young people follow.")


def test_a_surplus_is_explained_by_what_narrows_the_gap() -> None:
    text = reasons.main_reason({"replacement": 3000, "entrants": -4000, "structural_change": -5200}, 2023, surplus=True)
    assert text.de == "Der wichtigste Grund: Die Betriebe brauchen rund 5.200 Menschen weniger als 2023."


def test_followers_explain_a_surplus_only_beyond_those_who_leave() -> None:
    text = reasons.main_reason({"replacement": 6000, "entrants": -6400, "migration": -1800}, 2023, surplus=True)
    assert text.de == "Der wichtigste Grund: Es ziehen rund 1.800 Menschen im Erwerbsalter mehr zu als fort."
    text = reasons.main_reason({"replacement": 3000, "entrants": -6400, "migration": -1800}, 2023, surplus=True)
    assert "nur rund 3.000 Beschäftigte erreichen das Rentenalter" in text.de


def test_occupation_and_level_are_named_in_the_sentence() -> None:
    where = wording.scoped(HERE, "81", "experte")
    assert where.de == "im Landkreis Kassel im Beruf „Medizin und Pflege“ auf dem Niveau „Experte“"
    assert wording.scoped(HERE) == HERE


def test_no_reason_stands_out_when_all_are_small() -> None:
    assert "Keiner der Gründe" in reasons.main_reason({"replacement": 20, "entrants": -10}, 2023).de


def test_a_published_figure_is_set_beside_ours() -> None:
    text = wording.comparison(value(8927, 7412, 10321), 8700, "WFG Region Kassel", 2023)
    assert "Veröffentlicht sind 8.700 (Ausgangsjahr 2023; WFG Region Kassel)." in text.de
    assert "Unsere Zahl ist rund 200 höher; die veröffentlichte liegt in der wahrscheinlichen Spanne." in text.de
    far = wording.comparison(value(3000, 2000, 4000), 8700, "WFG", 2023)
    assert "niedriger" in far.de
    assert "außerhalb" in far.de


def test_half_is_rounded_as_by_hand() -> None:
    assert wording.rounded(45, 10) == 50
    assert wording.rounded(-45, 10) == -50


def test_no_sentence_shouts() -> None:
    for text in (wording.meaning(), wording.headline(HERE, value(1), 2030), wording.strongest([])):
        assert "!" not in text.de + text.en


def test_a_range_that_touches_zero_says_so_in_a_word() -> None:
    assert (
        wording.span_words(value(5900, 20, 12340)).de == "die Spanne ist groß, wahrscheinlich zwischen null und 12.300"
    )
    assert wording.span_words(value(5900, 20, 12340)).en.endswith("between zero and 12,300")


def test_a_balance_names_the_side_of_its_range() -> None:
    assert wording.headline(HERE, value(38, 31, 49), 2030).de.endswith("wahrscheinlich zwischen 30 und 50 zu wenig.")
    assert wording.headline(HERE, value(-38, -49, -31, 0.0), 2030).en.endswith("between 30 and 50 too many.")


def test_millions_are_words() -> None:
    assert wording.people(2_100_000) == Text("2,1\u00a0Millionen Fachkräfte", "2.1\u00a0million skilled workers")
    assert wording.people(1_000_000).de == "1\u00a0Million Fachkräfte"
    assert "zwischen 300.000 und 4\u00a0Millionen" in wording.span_words(value(2_100_000, 300_000, 4_000_000)).de


def test_a_share_of_everybody_does_not_repeat_itself() -> None:
    assert wording.of_hundred(value(8900), 74000, 2023, "total").de.endswith(
        "12 von 100 Menschen, die 2023 dort beschäftigt waren."
    )


def test_both_ends_of_the_table_are_named() -> None:
    one, two = Text("Verkauf", "Sales"), Text("Reinigung", "Cleaning")
    assert wording.both_ends([one], [two]).de == (
        "Am stärksten fehlen sie in „Verkauf“. Am weitesten übersteigt das Angebot den Bedarf in „Reinigung“."
    )
    assert wording.both_ends([], [one, two]).en == "Supply exceeds demand most in “Sales” and “Cleaning”."
    assert "keinem Beruf" in wording.both_ends([], []).de
