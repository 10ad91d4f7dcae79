"""Lists of figures: one by one or all at once, kept or streamed, they are the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.core.figure import Figure
from fachkraftwerk.runs import figures, listing, many, stream
from fachkraftwerk.runs.desk import Desk, open_desk

BY = ("total", "qualification", "level", "occupation")


@pytest.fixture(scope="module")
def desk(musterland_path: Path) -> Desk:
    return open_desk(str(musterland_path))


def test_many_figures_are_what_one_is(desk: Desk) -> None:
    forecast = desk.forecast("99001+99002", 30)
    asked = list(listing.Asked(desk.edition.name, 2030, BY, "academic").figures("99001+99002"))
    assert len(asked) == len(set(asked)) == 5 * 13 + (4 + 36 + 144) * 4
    found = many.answers(asked, forecast)
    for answer in found[:: max(len(found) // 60, 1)]:
        alone = figures.resolve(answer.figure, forecast).as_dict()
        together = answer.value.as_dict()
        assert together.pop("unit") == alone.pop("unit")
        for key, value in alone.items():
            assert together[key] == pytest.approx(value, rel=1e-9, abs=1e-6), (answer.figure, key)
        assert answer.withheld == figures.withheld(answer.figure, forecast)


def test_streamed_rows_are_the_kept_ones(desk: Desk) -> None:
    asked = listing.Asked(desk.edition.name, 2030, BY)
    keys = ["99001", "99003+99004", "99001"]
    kept = listing.document(desk, keys, asked, 25)
    streamed = listing.document(desk, keys, asked, 25, stream.each)
    assert [row["figure"] for row in kept["figures"]] == [row["figure"] for row in streamed["figures"]]
    assert {row["region"] for row in kept["figures"]} == {"99001", "99003+99004"}
    for one, other in zip(kept["figures"], streamed["figures"], strict=True):
        assert one["estimated_share"] == pytest.approx(other["estimated_share"])
        assert ("withheld" in one) == ("withheld" in other)
        for key in ("value", "central", "p10", "p90", "p_shortage"):
            assert one[key] == (None if other[key] is None else pytest.approx(other[key], rel=1e-9, abs=1e-6))


def test_the_base_year_can_be_asked_for(desk: Desk) -> None:
    asked = listing.Asked(desk.edition.name, 2023)
    rows = listing.document(desk, ["99001"], asked, 5, stream.each)["figures"]
    assert next(row["value"] for row in rows if row["indicator"] == "gap_cumulated") == pytest.approx(0.0)


def test_small_cells_come_without_a_value(desk: Desk) -> None:
    asked = listing.Asked(desk.edition.name, 2030, ("level", "occupation"))
    rows = listing.document(desk, ["99001"], asked, 5)["figures"]
    hidden = [row for row in rows if "withheld" in row]
    assert hidden
    assert all(row["value"] is None and row["p10"] is None and row["unit"] == "persons" for row in hidden)


def test_a_year_that_is_not_computed_is_refused(desk: Desk) -> None:
    figure = Figure(desk.edition.name, "99001", 2041)
    with pytest.raises(Refusal):
        many.answers([figure], desk.forecast("99001", 2))


@pytest.mark.parametrize("draws", [0, -3, 10**9])
def test_impossible_numbers_of_draws_are_refused(draws: int) -> None:
    with pytest.raises(Refusal):
        listing.check_draws(draws)
