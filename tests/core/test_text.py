import pytest

from fachkraftwerk.core.text import Text, both, number, significant


@pytest.mark.parametrize(
    ("value", "lang", "decimals", "written"),
    [
        (8700, "de", 0, "8.700"), (8700, "en", 0, "8,700"), (-0.4, "de", 0, "0"), (-17500, "de", 0, "−17.500"),
        (1234.56, "de", 1, "1.234,6"), (1234.56, "en", 1, "1,234.6"), (float("nan"), "de", 0, "–"),
    ],
)  # fmt: skip
def test_number_as_the_language_writes_it(value: float, lang: str, decimals: int, written: str) -> None:
    assert number(value, lang, decimals) == written


@pytest.mark.parametrize(("value", "rounded"), [(8721, 8700), (-8751, -8800), (94.6, 95), (0, 0), (0.0123, 0.012)])
def test_two_significant_digits(value: float, rounded: float) -> None:
    assert significant(value) == pytest.approx(rounded)


def test_text_falls_back_to_german() -> None:
    assert Text("ja", "yes").in_("fr") == "ja"
    assert Text("ja", "yes").in_("en-gb") == "yes"


def test_a_text_of_a_file_is_a_pair_or_the_same_twice() -> None:
    assert both({"de": "Anteil", "en": "share"}) == Text("Anteil", "share")
    assert both("§ 235 SGB VI") == Text("§ 235 SGB VI", "§ 235 SGB VI")
    assert not all(both({"de": "Anteil"}))
