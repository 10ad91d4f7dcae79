"""The page on quality: winners by word, broken promises named, both languages, fast."""

import pytest
from django.test import Client

from fachkraftwerk.core.text import Text
from fachkraftwerk.runs.backtest import stored
from fachkraftwerk.web.quality.domain import pictures, proofs


def line(model: str, group: str, wape: float, c50: float | None = None, c80: float | None = None) -> dict[str, object]:
    return {"model": model, "group": group, "n": 10, "wape": wape, "bias": -1.0, "direction": None, "crps": None,
            "coverage_50": c50, "coverage_80": c80}  # fmt: skip


def document(scores: list[dict[str, object]]) -> dict[str, object]:
    title = {"de": "Beschäftigte", "en": "Employees"}
    return {"tests": [{"test": "t", "title": title, "method": title, "notes": [], "scores": scores, "errors": {}}]}


def test_a_rival_that_is_better_is_named_with_both_errors() -> None:
    found = proofs.read(document([line("fachkraftwerk", "7 years", 8.0), line("no change", "7 years", 6.5)]))
    assert [row.best for row in found[0].groups[0].rows] == [False, True]
    spots = proofs.weak_spots(found)
    assert len(spots) == 1
    assert "„keine Veränderung“ war besser (Fehler 6,5 % statt 8,0 %)" in spots[0].de
    assert '"no change" was better (error 6.5 % instead of 8.0 %)' in spots[0].en
    assert proofs.tally(found) == (0, 1)


def test_a_difference_nobody_can_see_is_called_level() -> None:
    found = proofs.read(document([line("fachkraftwerk", "all", 1.01), line("last trend", "all", 1.0)]))
    assert "praktisch gleichauf" in proofs.weak_spots(found)[0].de
    assert proofs.tally(found) == (1, 1)


@pytest.mark.parametrize(
    ("c50", "c80", "said"), [(50, 80, None), (57, 73, None), (57.1, 80, "breiter"), (42.9, 60, "zu schmal")]
)
def test_a_range_may_miss_its_promise_by_seven_points(c50: float, c80: float, said: str | None) -> None:
    found = proofs.read(document([line("fachkraftwerk", "all", 1.0, c50, c80)]))
    spots = proofs.weak_spots(found)
    assert (said is None and not spots) or (said is not None and said in spots[0].de)


def test_ranges_that_another_table_judges_count_neither_as_kept_nor_as_broken() -> None:
    apart = line("fachkraftwerk", "10 years", 1.0, 38, 92) | {"judged": False}
    found = proofs.read(document([apart, line("fachkraftwerk", "7 years", 1.0, 50, 80)]))
    assert proofs.kept_promises(found) == (2, 2)
    assert proofs.weak_spots(found) == []
    assert [group.ours.open for group in found[0].groups] == [True, False]
    assert "10 years" not in pictures.held(found[0], "en", "h").replace("7 years ahead", "")


def test_what_a_table_in_brackets_shows_over_all_years_is_named_among_the_weak_spots() -> None:
    found = proofs.read(document([line("fachkraftwerk", "all", 1.0, 61, 90) | {"judged": False}]))
    assert proofs.kept_promises(found) == (0, 0)
    (spot,) = proofs.weak_spots(found)
    assert "breiter als nötig (von 100 Ergebnissen lagen 61 im 50-%-Bereich und 90 im 80-%-Bereich)" in spot.de
    assert spot.en.endswith("Ranges are judged at all origins.")


def test_without_ranges_there_is_no_promise_and_no_picture() -> None:
    found = proofs.read(document([line("fachkraftwerk", "1 years", 1.0), line("no change", "1 years", 2.0)]))
    assert proofs.kept_promises(found) == (0, 0)
    assert pictures.held(found[0], "de", "h") == ""
    assert pictures.by_horizon(found[0], "de", "h") == ""  # one horizon is no path


def test_labels_at_the_end_of_lines_do_not_cover_each_other() -> None:
    scores = [
        line(m, f"{h} years", w)
        for h in (1, 7)
        for m, w in (("fachkraftwerk", 5.0), ("no change", 5.1), ("last trend", 5.2))
    ]
    svg = pictures.by_horizon(proofs.read(document(scores))[0], "de", "h")
    import re

    ends = [float(y) for y, words in re.findall(r'y="([\d.]+)"[^>]*>(Fachkraftwerk|keine Ver|letzter)', svg)]
    assert len(ends) == 3
    assert min(b - a for a, b in zip(sorted(ends), sorted(ends)[1:], strict=False)) >= 17.9


@pytest.mark.django_db
def test_the_page_answers_in_both_languages_with_winners_by_word() -> None:
    client = Client()
    client.get("/guete/")  # the desk opens
    german = client.get("/guete/").content.decode()
    assert "Wo sind wir schwach?" in german
    assert "✓" not in german and "kleinster Fehler" in german
    english = client.get("/guete/?lang=en", follow=True).content.decode()
    assert "Where are we weak?" in english
    assert "Wo sind wir schwach?" not in english
    assert 'style="' not in german + english


@pytest.mark.django_db
def test_the_map_can_show_the_other_test_and_an_unknown_word_shows_the_first() -> None:
    client = Client()
    shown = client.get("/guete/?karte=population").content.decode()
    assert 'karte=population#karte" aria-current="true"' in shown
    assert client.get("/guete/?karte=nirgends").status_code == 200
    assert shown.count('class="e-') >= 400


def test_the_shipped_result_belongs_to_the_shipped_edition() -> None:
    from fachkraftwerk.edition import open_edition

    edition = open_edition(None)
    kept = stored.shipped()
    assert kept is not None
    assert kept["edition"] == edition.name
    assert kept["edition_print"] == stored.edition_print(edition), "run: fachkraftwerk backtest --save"
    assert isinstance(Text(**kept["tests"][0]["title"]), Text)
