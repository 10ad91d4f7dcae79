from datetime import date

import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.core.regions import Region, RegionIndex

INDEX = RegionIndex(
    (
        Region("06433", "Kreis Groß-Gerau", "Landkreis"), Region("06440", "Wetteraukreis", "Landkreis"),
        Region("06611", "Kassel", "Kreisfreie Stadt"), Region("06633", "Landkreis Kassel", "Landkreis"),
        Region("09162", "München", "Kreisfreie Stadt"), Region("09184", "Landkreis München", "Landkreis"),
        Region("03241", "Region Hannover", "Landkreis", nuts3="DE929"),
        Region("06413", "Offenbach am Main", "Kreisfreie Stadt"), Region("06438", "Landkreis Offenbach", "Landkreis"),
        Region("15002", "Halle (Saale)", "Kreisfreie Stadt"), Region("16063", "Wartburgkreis", "Landkreis"),
        Region("06435", "Main-Kinzig-Kreis", "Landkreis", successors=("06415", "06435")),
    ),
    (
        Region("16056", "Eisenach", "Kreisfreie Stadt", valid_to=date(2021, 6, 30), successors=("16063",)),
        Region("06415", "Hanau", "Kreisfreie Stadt", valid_from=date(2026, 1, 1)),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("06633", "06633"), ("LK Kassel", "06633"), ("Kassel, Landkreis", "06633"), ("landkreis kassel", "06633"),
        ("Kassel", "06611"), ("Stadt Kassel", "06611"), ("Kassel, Stadt", "06611"), ("kreisfreie Stadt Kassel", "06611"),
        ("Gross-Gerau", "06433"), ("Muenchen", "09162"), ("Wetterau", "06440"), ("Hannover", "03241"),
        ("06611+06633", "06611+06633"), ("Kassel-Land", "06633"), ("Kreis Kassel", "06633"), ("de929", "03241"), ("Halle", "15002"), ("LK Offenbach", "06438"), ("Munich", "09162"), ("LK Kassel + Stadt Kassel", "06611+06633"),
    ],
)  # fmt: skip
def test_people_call_a_kreis_by_many_names(words: str, key: str) -> None:
    assert INDEX.resolve(words).key == key


def test_a_lost_leading_zero_is_recognised() -> None:
    with pytest.raises(Refusal) as refusal:
        INDEX.resolve("6633")
    assert "vermutlich fehlt die führende Null (06633" in refusal.value.message("de")


def test_all_unknown_parts_are_named_at_once() -> None:
    with pytest.raises(Refusal) as refusal:
        INDEX.resolve("Atlantis+06633+Utopia")
    assert len(refusal.value.faults) == 2


def test_search_puts_the_exact_name_first() -> None:
    assert [r.ags for r in INDEX.search("Kassel")][:2] == ["06611", "06633"]


@pytest.mark.parametrize(("words", "key"), [("Kasel", "06611"), ("Wetterraukreis", "06440"), ("Hannver", "03241")])
def test_a_mistyped_name_is_offered_not_taken(words: str, key: str) -> None:
    assert key in [region.ags for region in INDEX.search(words)]
    with pytest.raises(Refusal) as refusal:
        INDEX.resolve(words)
    assert key in refusal.value.message("de")


def test_a_land_is_the_zone_of_all_its_kreise() -> None:
    hessen = INDEX.resolve("Hessen")
    assert hessen.key == "06413+06433+06435+06438+06440+06611+06633" == INDEX.resolve("06").key
    assert INDEX.is_land(hessen)
    assert not INDEX.is_land(INDEX.resolve("06611+06633"))
    assert not INDEX.is_land(INDEX.resolve("Hannover"))


@pytest.mark.parametrize("words", ["06", "Hessen", "hesse", "Land Hessen"])
def test_a_land_is_found_by_key_and_by_both_names(words: str) -> None:
    assert {region.ags[:2] for region in INDEX.land(words)} == {"06"}
    assert INDEX.resolve(words).key.startswith("06413+")


def test_a_land_offers_its_kreise_not_names_that_sound_alike() -> None:
    assert [region.ags for region in INDEX.search("Bavaria")] == ["09162", "09184"]


@pytest.mark.parametrize("words", ["Deutschland", "Germany", "BRD"])
def test_the_country_is_no_zone_and_the_refusal_says_where_it_is(words: str) -> None:
    with pytest.raises(Refusal, match="start page"):
        INDEX.resolve(words)


def test_a_refusal_repeats_only_the_beginning_of_what_is_long() -> None:
    with pytest.raises(Refusal) as refusal:
        INDEX.resolve("x" * 5000)
    assert len(refusal.value.message()) < 400


def test_a_city_with_its_river_left_out_is_not_taken_for_its_namesake() -> None:
    assert [r.ags for r in INDEX.search("Offenbach")][:2] == ["06413", "06438"]
    with pytest.raises(Refusal):
        INDEX.resolve("Offenbach")


def test_a_postcode_is_no_key() -> None:
    with pytest.raises(Refusal) as refusal:
        INDEX.resolve("34117")
    assert "Postleitzahlen" in refusal.value.message("de")


@pytest.mark.parametrize(
    ("words", "said", "key"),
    [
        ("Eisenach", "seit dem 1. Juli 2021 kein eigener Kreis mehr", "16063"),
        ("16056", "Wartburgkreis (16063)", "16063"),
        ("Hanau", "erst seit dem 1. Januar 2026 ein eigener Kreis", "06435"),
    ],
)
def test_former_and_later_kreise_lead_to_where_they_are_counted(words: str, said: str, key: str) -> None:
    assert [region.ags for region in INDEX.search(words)] == [key]
    with pytest.raises(Refusal) as refusal:
        INDEX.resolve(words)
    assert said in refusal.value.message("de")


@pytest.mark.parametrize(
    ("words", "said"), [("KS", "Autokennzeichen"), ("Baunatal", "Gehört der Ort zu einem Kreis"), ("LK KS", "Kreis")]
)
def test_what_cannot_be_found_gets_advice_and_no_stranger(words: str, said: str) -> None:
    with pytest.raises(Refusal) as refusal:
        INDEX.resolve(words)
    assert said in refusal.value.message("de")
    assert "Gemeint vielleicht" not in refusal.value.message("de")


def test_a_lost_leading_zero_is_offered() -> None:
    assert [region.ags for region in INDEX.search("6633")] == ["06633"]
