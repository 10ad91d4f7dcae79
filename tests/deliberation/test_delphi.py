"""Delphi, pairwise comparison, effort and impact."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fachkraftwerk.core.streams import stream
from fachkraftwerk.deliberation.delphi import (
    concordance,
    concordance_by_bench,
    disagreement,
    divided,
    kendall_w,
    opinion,
    stability,
    weighted_kappa,
    wilcoxon,
)
from fachkraftwerk.deliberation.effort_impact import discussion_order, points
from fachkraftwerk.deliberation.pairwise import bradley_terry, count_wins, strengths


def test_opinion_by_hand() -> None:
    found = opinion([2, 4, 6])
    assert (found.n, found.median, found.q1, found.q3, found.iqr) == (3, 4, 3, 5, 2)
    assert found.consensus and not found.disagreement
    assert opinion([3, 3, 4, 5], (1, 5)).iqr == 1.25
    assert not opinion([3, 3, 4, 5], (1, 5)).consensus
    assert math.isnan(opinion([]).median)


def test_rand_disagreement() -> None:
    # P30 = 1, P70 = 9: spread 8 > 2.35 + 1.5 * 0. On 5..9: P30 = 6.2, P70 = 7.8, spread 1.6 < 2.35 + 1.5 * 2.
    assert disagreement([1, 1, 1, 9, 9, 9])
    assert not disagreement([5, 6, 7, 8, 9])
    # Spread 3.5 around the centre 6: below 2.35 + 1.5.
    assert not disagreement([4.25, 4.25, 4.25, 7.75, 7.75, 7.75])
    assert disagreement([1, 1, 1, 5, 5, 5], (1, 5))


def test_kendall_by_hand() -> None:
    alike = kendall_w(np.array([[1.0, 2.0, 3.0], [10.0, 20.0, 30.0]]))
    assert (alike.w, alike.chi2) == (1.0, 4.0)
    assert alike.p == pytest.approx(math.exp(-2))
    assert kendall_w(np.array([[1.0, 2.0, 3.0], [3.0, 2.0, 1.0]])).w == 0.0
    # Ranks (1.5, 1.5, 3) and (1, 2, 3): S = 6.5, W = 78 / (96 - 12).
    assert kendall_w(np.array([[1.0, 1.0, 3.0], [1.0, 2.0, 3.0]])).w == pytest.approx(12 * 6.5 / (4 * 24 - 2 * 6))
    assert math.isnan(kendall_w(np.ones((4, 3))).w)


@given(st.integers(2, 9), st.integers(2, 7), st.integers(0, 10_000))
def test_kendall_agrees_with_friedman(raters: int, items: int, seed: int) -> None:
    from scipy.stats import friedmanchisquare

    table = stream("ratings", seed).integers(1, 6, size=(raters, items)).astype(np.float64)
    found = kendall_w(table)
    if not math.isnan(found.w):
        assert 0.0 <= found.w <= 1.0
        assert kendall_w(table[::-1]).w == pytest.approx(found.w)
    if items > 2 and not math.isnan(found.w):
        chi2, p = friedmanchisquare(*table.T)
        assert (found.chi2, found.p) == pytest.approx((chi2, p))


def test_benches_that_agree_inside_and_not_with_each_other() -> None:
    one, other = {"a": 1.0, "b": 2.0, "c": 3.0}, {"a": 3.0, "b": 2.0, "c": 1.0}
    ratings = {f"w{i}": one for i in range(5)} | {f"b{i}": other for i in range(5)} | {"gap": {"a": 1.0}}
    seats = {person: "Wirtschaft" if person.startswith("w") else "Bildung" for person in ratings}
    assert concordance(ratings).raters == 10
    assert concordance(ratings).w == 0.0
    found = concordance_by_bench(ratings, seats)
    assert divided(concordance(ratings), found)
    assert not divided(concordance(ratings), {"Bildung": found["Bildung"]})
    assert {bench: row.w for bench, row in found.items()} == {"Wirtschaft": 1.0, "Bildung": 1.0}
    assert concordance_by_bench({"w0": one, "b0": other}, seats) == {}


def test_wilcoxon_agrees_with_scipy() -> None:
    from scipy.stats import wilcoxon as oracle

    moved = stream("rounds").integers(-3, 5, size=40).astype(np.float64)
    theirs = oracle(moved, zero_method="wilcox", correction=False, method="asymptotic")
    z, p = wilcoxon(moved)
    assert (abs(z), p) == pytest.approx((abs(theirs.zstatistic), theirs.pvalue))
    assert z > 0
    assert wilcoxon(np.zeros(3)) == (0.0, 1.0)


def test_kappa_agrees_with_scikit_learn() -> None:
    from sklearn.metrics import cohen_kappa_score

    pair = stream("kappa").integers(1, 6, size=(2, 50)).astype(np.float64)
    ours = weighted_kappa(pair[0], pair[1], [1, 2, 3, 4, 5])
    assert ours == pytest.approx(cohen_kappa_score(pair[0], pair[1], weights="linear", labels=[1, 2, 3, 4, 5]))


def test_stop_when_few_change() -> None:
    before = {f"p{i}": 1.0 + i % 5 for i in range(20)}
    found = stability(before, before | {"p0": 5.0, "p1": 5.0, "late": 3.0}, [1, 2, 3, 4, 5])
    assert (found.n, found.changed, found.stop) == (20, 0.1, True)
    assert 0.5 < found.kappa < 1
    assert not stability(before, before | {f"p{i}": 5.0 for i in range(3)}, [1, 2, 3, 4, 5]).stop
    assert not stability({}, {}, [1, 2]).stop


def test_bradley_terry_by_hand() -> None:
    # Without the dummy three wins against one are strengths 3 : 1; scaled to a geometric mean of 1.
    found = bradley_terry(np.array([[0.0, 3.0], [1.0, 0.0]]), virtual=1e-9)
    assert found[0] / found[1] == pytest.approx(3, rel=1e-3)
    assert found[0] * found[1] == pytest.approx(1)


def test_unbeaten_and_never_met_stay_finite() -> None:
    rows = strengths(["a", "b", "c"], [("a", "b")] * 5)
    assert [row.item for row in rows] == ["a", "c", "b"]
    assert all(0 < row.strength < 1e6 for row in rows)
    assert [row.met for row in rows] == [5, 0, 5]
    with pytest.raises(KeyError):
        strengths(["a"], [("a", "z")])


def test_bradley_terry_agrees_with_choix() -> None:
    choix = pytest.importorskip("choix")
    chance = stream("duels")
    wins = chance.integers(0, 4, size=(6, 6)).astype(np.float64)
    np.fill_diagonal(wins, 0)
    # The dummy with a tenth of a win is the same as ten times the duels and one win each way.
    data = [(i, j) for i in range(6) for j in range(6) for _ in range(int(wins[i, j]) * 10)]
    data += [duel for i in range(6) for duel in ((i, 6), (6, i))]
    theirs = np.exp(choix.ilsr_pairwise(7, data))[:6]
    assert bradley_terry(wins) == pytest.approx(theirs / np.exp(np.log(theirs).mean()), rel=1e-6)


@given(
    st.lists(st.sampled_from([(a, b) for a in "abcd" for b in "abcd" if a != b]), max_size=30), st.permutations("abcd")
)
def test_order_of_duels_and_items_does_not_matter(duels: list[tuple[str, str]], items: list[str]) -> None:
    first, second = strengths("abcd", duels), strengths(items, duels[::-1])
    assert [row.item for row in first] == [row.item for row in second]
    assert [row.strength for row in first] == pytest.approx([row.strength for row in second])
    assert count_wins(["a", "b"], [("a", "b")]).tolist() == [[0.0, 1.0], [0.0, 0.0]]


def test_effort_and_impact_by_hand() -> None:
    ratings = {
        "sure": {f"p{i}": (1.0, 5.0) for i in range(12)},
        "split": {f"p{i}": (1.0, 5.0) if i % 2 else (5.0, 1.0) for i in range(12)},
        "none": {},
    }
    split, sure = points(ratings)
    assert (sure.effort, sure.impact, sure.quadrant, sure.certainty, sure.uncertain) == (1, 5, "quick", 1, False)
    assert split.uncertain and split.spread == 8
    assert [point.measure for point in discussion_order([sure, split])] == ["split", "sure"]


def test_other_measures_do_not_move_a_point() -> None:
    own = {f"p{i}": (float(i % 5 + 1), float(i % 4 + 1)) for i in range(17)}
    assert points({"a": own})[0] == points({"b": own, "a": own})[0]
    assert points({"a": {"x": (5.0, 5.0)}})[0].quadrant == "big"
    assert points({"a": {"x": (3.0, 3.0)}})[0].quadrant == "fill"
    assert points({"a": {"x": (4.0, 3.0)}})[0].quadrant == "leave"
