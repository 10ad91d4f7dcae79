"""What the tests say all together: winners and broken promises in words, nothing hidden."""

import pytest
from tests.web.quality.scores import document, line

from fachkraftwerk.web.quality.domain import gaps, proofs, verdict


def test_a_rival_that_is_better_is_named_with_both_errors() -> None:
    found = proofs.read(document([line("fachkraftwerk", "7 years", 8.0), line("no change", "7 years", 6.5)]))
    assert [row.best for row in found[0].groups[0].rows] == [False, True]
    (spot,) = verdict.weak_spots(found)
    assert (spot.kind, spot.page) == ("beaten", "t")
    assert "„keine Veränderung“ war besser (Fehler 6,5 % statt 8,0 %)" in spot.words.de
    assert '"no change" was better (error 6.5 % instead of 8.0 %)' in spot.words.en
    assert verdict.tally(found) == (0, 1)


def test_a_difference_nobody_can_see_is_called_level() -> None:
    found = proofs.read(document([line("fachkraftwerk", "all", 1.01), line("last trend", "all", 1.0)]))
    assert "praktisch gleichauf" in verdict.weak_spots(found)[0].words.de
    assert verdict.tally(found) == (1, 1)


@pytest.mark.parametrize(
    ("c50", "c80", "said"),
    [(50, 80, None), (57, 73, None), (57.1, 80, "breiter"), (42.9, 60, "zu schmal"), (40, 90, "nicht richtig geformt")],
)
def test_a_range_may_miss_its_promise_by_seven_points(c50: float, c80: float, said: str | None) -> None:
    found = proofs.read(document([line("fachkraftwerk", "all", 1.0, c50, c80)]))
    spots = verdict.weak_spots(found)
    assert (said is None and not spots) or (said is not None and said in spots[0].words.de)


def test_ranges_that_another_table_judges_are_counted_apart() -> None:
    bracketed = line("fachkraftwerk", "10 years", 1.0, 38, 85) | {"judged": False}
    found = proofs.read(document([bracketed, line("fachkraftwerk", "7 years", 1.0, 45, 81)]))
    held = verdict.ranges(found)
    assert (held.kept, held.judged, held.near, held.apart) == (2, 2, 1, 2)
    assert held.seen == {"50": (45, 45), "80": (81, 81)}
    assert verdict.weak_spots(found) == []
    assert [group.ours.open for group in found[0].groups] == [True, False]


def test_what_a_table_in_brackets_shows_over_all_years_is_named_among_the_weak_spots() -> None:
    found = proofs.read(document([line("fachkraftwerk", "all", 1.0, 61, 90) | {"judged": False}]))
    assert verdict.ranges(found).judged == 0
    (spot,) = verdict.weak_spots(found)
    assert "breiter als nötig (von 100 Ergebnissen lagen 61 im 50-%-Bereich und 90 im 80-%-Bereich)" in spot.words.de
    assert spot.words.en.endswith("This range is not judged here.")


def test_the_gravest_comes_first_and_an_overview_names_every_page_once() -> None:
    lines = [line("fachkraftwerk", "1 years", 1.01), line("no change", "1 years", 1.0),
             line("fachkraftwerk", "7 years", 9.0, 10, 20), line("no change", "7 years", 6.5)]  # fmt: skip
    spots = verdict.weak_spots(proofs.read(document(lines)))
    assert [spot.kind for spot in spots] == ["beaten", "broken", "level"]
    assert [spot.kind for spot in verdict.brief(spots)] == ["beaten"]


def test_being_hardly_ahead_is_said_and_a_clear_lead_is_not() -> None:
    lines = [line("fachkraftwerk", "1 years", 0.98), line("last trend", "1 years", 1.0),
             line("fachkraftwerk", "7 years", 6.0), line("last trend", "7 years", 9.0)]  # fmt: skip
    (spot,) = verdict.close_calls(proofs.read(document(lines)))
    assert "1 Jahr voraus: Fehler 0,98 %, „letzter Trend geht weiter“ 1,00 %." in spot.words.de


def test_the_answer_of_a_test_names_the_best_rival_and_no_change_once() -> None:
    lines = [line("fachkraftwerk", "7 years", 6.0), line("no change", "7 years", 13.5), line("last trend", "7 years", 6.6)]  # fmt: skip
    (found,) = proofs.read(document(lines))
    assert verdict.answer(found).de == (
        "Unsere Regel verfehlte das Ergebnis im Mittel um 6,0 % (7 Jahre voraus), "
        "„letzter Trend geht weiter“ um 6,6 % und „keine Veränderung“ um 13,5 %."
    )
    (alone,) = proofs.read(document(lines[:2]))
    assert verdict.answer(alone).en.count('"no change"') == 1


def agreement(model: str, off: float, category: str = "skilled") -> dict[str, object]:
    return {"model": model, "vintage": "2023→2030", "category": category, "n": 3, "correlation": None,
            "rank_correlation": None, "level_error": off, "bias": -off}  # fmt: skip


def test_a_naive_measure_closer_to_a_published_gap_is_named() -> None:
    ours, rival = agreement(gaps.INITIATIVE, 39.0), agreement("share of 55–64", 6.0)
    (spot,) = gaps.weak_spots({"comparison": [ours, rival]})
    assert "39 % niedriger" in spot.words.de and "liegt näher daran (Abweichung 6 %)" in spot.words.de
    (spot,) = gaps.weak_spots({"comparison": [ours, agreement("share of 55–64", 60.0)]})
    assert "näher" not in spot.words.de
    assert gaps.weak_spots({"comparison": [agreement(gaps.INITIATIVE, 10.0)]}) == []
