import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.runs.backtest.gaps import Land, compare, pairs
from fachkraftwerk.runs.backtest.published import PublishedGap, parse

HEAD = "region ags,horizon,base year,category,value,source,url\n"


def test_both_known_headings_are_read() -> None:
    ours, _ = parse(HEAD + "06633,2030,2023,skilled,8700,WFG,https://example.org\n", "a.csv")
    theirs, left = parse(
        "region;ags;horizon_year;base_year;category;value;source_title;source_url\n"
        "Landkreis Kassel;06633;2030;2023;skilled;8700;WFG;https://example.org\n"
        "Hessen;06;2030;2023;gap_share_pct;9;dpa;\n",
        "b.csv",
    )
    assert ours == theirs
    assert left == ["gap_share_pct"]


def test_every_fault_is_named_with_its_line() -> None:
    with pytest.raises(Refusal) as refusal:
        parse(HEAD + "0663,2030,2023,skilled,8700,x,\n06633,bald,2023,skilled,viele,x,\n", "gaps.csv")
    message = refusal.value.message("de")
    assert len(refusal.value.faults) == 3
    assert "gaps.csv:2, ags" in message
    assert "gaps.csv:3, value" in message


def test_missing_columns_are_all_named() -> None:
    with pytest.raises(Refusal) as refusal:
        parse("ags,value\n06633,1\n", "gaps.csv")
    assert len(refusal.value.faults) == 3  # source and address are welcome, not needed


def test_a_model_that_says_the_same_agrees_fully_and_a_land_is_not_counted_in_the_cross_section() -> None:
    gaps = [PublishedGap(f"0663{i}", 2030, 2023, "skilled", 100.0 * i * i, "s", "") for i in range(1, 6)]
    gaps.append(PublishedGap("06", 2030, 2023, "skilled", 99_999.0, "s", ""))
    found = pairs(gaps, lambda g: {"echo": g.value}, lambda ags, years: Land(1000, 200, 150, 100))
    lines = {line.model: line for line in compare(found)}
    assert lines["echo"].correlation == pytest.approx(1.0)
    assert lines["echo"].level_error == 0
    assert lines["residential cohort deficit"].correlation is None  # all Kreise alike: it cannot tell them apart


def test_two_values_for_one_figure_count_with_their_mean_and_nothing_published_gives_no_level() -> None:
    gaps = [PublishedGap("06633", 2030, 2023, "skilled", value, "s", "") for value in (80.0, 120.0)]
    found = pairs(gaps, lambda g: {"ours": 100.0}, lambda ags, years: Land(1000, 200, 150, 100))
    ours = compare(found)[0]
    assert (ours.n, ours.level_error) == (1, 0.0)
    nothing = pairs(
        [PublishedGap("06633", 2030, 2023, "total", 0.0, "s", "")],
        lambda g: {"ours": 5.0},
        lambda ags, years: Land(1000, 200, 150, 100),
    )
    assert compare(nothing)[0].level_error is None
