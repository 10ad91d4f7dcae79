"""Dots, ballots, ranks, benches and the comparison of two results."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.core.streams import stream
from fachkraftwerk.deliberation import benches
from fachkraftwerk.deliberation.ballots import Approval, Ballot, Dots, Limits, Measure, Ranking, natural
from fachkraftwerk.deliberation.differences import compare, coverage
from fachkraftwerk.deliberation.dots import concentration, tally
from fachkraftwerk.deliberation.equal_shares import equal_shares
from fachkraftwerk.deliberation.greedy import greedy
from fachkraftwerk.deliberation.ranks import mean_ranks, rank_intervals, resample_counts
from fachkraftwerk.deliberation.readers.pabulib import read

ROOM = [Measure("a"), Measure("b"), Measure("c")]


def test_scores_supporters_and_concentration() -> None:
    ballots: list[Ballot] = [Dots("x", {"a": 3, "b": 1}), Dots("y", {"a": 1, "b": 3})]
    first, second, third = tally(ROOM, ballots)
    assert (first.measure, first.score, first.supporters, first.concentration) == ("a", 4, 2, Fraction(5, 8))
    assert (first.place, second.place, third.place) == (1, 1, 3)
    assert (third.score, third.concentration) == (0, 0)
    assert concentration([2, 2]) == Fraction(1, 2)


def test_limits_are_refused_all_at_once() -> None:
    ballots: list[Ballot] = [Dots("x", {"a": 6}), Dots("x", {"q": 1, "b": -1})]
    with pytest.raises(Refusal) as refused:
        tally(ROOM, ballots, Limits(dots=5, cap=3))
    assert len(refused.value.faults) == 5
    with pytest.raises(Refusal):
        tally(ROOM, [Approval("x", frozenset("abc"))], Limits(choices=2))
    with pytest.raises(Refusal):
        tally(ROOM, [Approval("x", frozenset("abc"))], Limits(budget=Fraction(2)))
    with pytest.raises(Refusal):
        tally(ROOM, [Ranking("x", ("a", "a"))])


def test_ranking_gives_borda_points() -> None:
    assert Ranking("x", ("b", "a"), places=3).weights() == {"b": 3, "a": 2}
    assert sorted(["M10", "M9", "x"], key=natural) == ["M9", "M10", "x"]


@pytest.mark.parametrize("name", ["Poland_Gdansk_2020_Aniolki", "Switzerland_Zurich_S5D10"])
def test_scores_equal_the_published_ones(raw_dir: Path, name: str) -> None:
    path = raw_dir / "pabulib" / f"{name}.pb"
    election = read(path)
    rows = path.read_text("utf-8").split("PROJECTS\n")[1].split("VOTES\n")[0].splitlines()[1:]
    published = {cells[0]: int(cells[3]) for cells in (row.split(";") for row in rows)}
    assert {row.measure: row.score for row in tally(election.measures, election.ballots)} == published


def test_mean_ranks_share_places() -> None:
    assert mean_ranks(np.array([[5.0, 2.0, 5.0]])).tolist() == [[1.5, 3.0, 1.5]]


def test_rank_intervals_are_seeded_and_show_ties_as_ties() -> None:
    ballots: list[Ballot] = [Dots(f"v{i}", {"a" if i % 2 else "b": 1}) for i in range(40)]
    rows = rank_intervals(ROOM, ballots)
    assert [row.measure for row in rows] == ["a", "b", "c"]
    assert (rows[0].low, rows[0].high) == (rows[1].low, rows[1].high) == (1.0, 2.0)
    assert (rows[2].low, rows[2].high) == (3.0, 3.0)
    assert rank_intervals(ROOM, ballots[::-1]) == rows
    assert resample_counts(4, 3).sum(axis=1).tolist() == [4, 4, 4]


def test_one_vote_more_is_no_certain_lead() -> None:
    ballots: list[Ballot] = [Dots(f"v{i}", {"a" if i < 21 else "b": 1}) for i in range(41)]
    first = rank_intervals(ROOM, ballots)[0]
    assert (first.measure, first.high) == ("a", 2.0)


def test_greedy_skips_what_does_not_fit() -> None:
    room = [Measure("a", Fraction(5)), Measure("b", Fraction(9)), Measure("c", Fraction(4))]
    ballots: list[Ballot] = [Dots("x", {"a": 3, "b": 2, "c": 1})]
    assert greedy(room, ballots, 10).selected == ("a", "c")


def test_equal_points_go_to_more_supporters_before_lower_cost() -> None:
    ballots: list[Ballot] = [Dots("x", {"a": 2}), Dots("y", {"b": 1}), Dots("z", {"b": 1})]
    assert greedy([Measure("a"), Measure("b", Fraction(2))], ballots, 2).selected == ("b",)


def test_small_benches_are_pooled_without_a_way_back() -> None:
    seats = {f"w{i}": "Wirtschaft" for i in range(7)} | {f"b{i}": "Bildung" for i in range(5)} | {"s": "Soziales"}
    shown = benches.pooled(seats)
    # One person alone would follow from the total: the smallest open bench joins the pool.
    assert benches.sizes(shown) == {"Wirtschaft": 7, benches.POOL: 6}
    assert benches.count(["w0", "s"], shown) == {"Wirtschaft": 1, benches.POOL: 1}
    assert benches.pooled({"a": "x", "b": "y"}) == {}


def test_only_differences_are_shown_with_whom_they_serve() -> None:
    room = [Measure(name) for name in "abcd"]
    ballots: list[Ballot] = [Approval(f"w{i}", frozenset("abc"), "Wirtschaft") for i in range(10)]
    ballots += [Approval(f"b{i}", frozenset("d"), "Bildung") for i in range(5)]
    found = compare(room, ballots, 3)
    assert found.by_points.selected == ("a", "b", "c")
    assert found.both == ("a", "b")
    assert [row.measure for row in found.only_points] == ["c"]
    assert found.only_balanced[0].by_bench == {"Bildung": (5, 5), "Wirtschaft": (0, 10)}
    assert (found.coverage_points.one, found.coverage_balanced.one) == (Fraction(2, 3), 1)
    assert not found.same


def test_coverage_by_hand() -> None:
    ballots: list[Ballot] = [Dots("x", {"a": 3, "b": 1}), Dots("y", {"c": 1})]
    found = coverage(ballots, {"a", "b"})
    assert (found.one, found.two, found.served) == (Fraction(1, 2), Fraction(1, 2), Fraction(1, 2))


# Yang et al. 2024, 180 persons, 24 measures; published means over 60 rooms of 60 persons, k measures of equal cost:
# covered once (points / balanced), covered twice (points / balanced), own points served (points / balanced).
ZURICH = {
    4: [0.919, 0.933, 0.582, 0.605, 0.372, 0.358],
    6: [0.963, 0.968, 0.814, 0.834, 0.511, 0.499],
    8: [0.982, 0.986, 0.920, 0.933, 0.635, 0.624],
}


@pytest.mark.parametrize("k", [4, 6, 8])
def test_zurich_rooms_of_sixty(raw_dir: Path, k: int) -> None:
    # The five chosen measures stand in the ranking of the same persons; some of them got no point.
    dots = read(raw_dir / "pabulib" / "Switzerland_Zurich_S5D10.pb").ballots
    ranked = {
        ballot.voter: ballot.weights() for ballot in read(raw_dir / "pabulib" / "Switzerland_Zurich_S5R.pb").ballots
    }
    room, chance, rows, swapped = [Measure(str(i)) for i in range(1, 25)], stream("rooms of sixty", 1), [], []
    for _ in range(60):
        drawn = [dots[i] for i in chance.choice(180, 60, replace=False)]
        chosen: list[Ballot] = [Approval(ballot.voter, frozenset(ranked[ballot.voter])) for ballot in drawn]
        points, balanced = greedy(room, drawn, k), equal_shares(room, chosen, k, "cost", "add1u", Fraction(1, 60))
        by_points, by_shares = (coverage(chosen, result.selected) for result in (points, balanced))
        served = (coverage(drawn, result.selected).served for result in (points, balanced))
        rows.append([float(x) for x in (by_points.one, by_shares.one, by_points.two, by_shares.two, *served)])
        swapped.append(len(set(balanced.selected) - set(points.selected)))
    assert np.mean(rows, axis=0) == pytest.approx(ZURICH[k], abs=0.015)
    assert np.mean(swapped) == pytest.approx(0.83, abs=0.35)
