"""Opinion groups: published groups of real conversations, shuffled votes, small rooms, what a group stands for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from fachkraftwerk.core.streams import stream
from fachkraftwerk.deliberation.agreement import Agreement, table
from fachkraftwerk.deliberation.clusters import k_means, pair_distances, silhouettes
from fachkraftwerk.deliberation.opinion_groups import (
    CHANCE,
    NO_DATA,
    TOO_SMALL,
    camps,
    cluster,
    null_silhouettes,
    shuffle,
)
from fachkraftwerk.deliberation.projection import components, included, project
from fachkraftwerk.deliberation.readers.polis import Conversation, read
from fachkraftwerk.deliberation.representativeness import (
    group_consensus,
    plain_agreement,
    proportion_z,
    representative,
    two_proportions_z,
)
from fachkraftwerk.deliberation.routing import even_weights, extremity, order, weights

PRODUCTION, HOUSING = "austria-climate.5twd2jsnkf.2022-08-08", "austria-climate.7z7ejpbmv5.2022-08-08"


def conversation(raw_dir: Path, name: str) -> Conversation:
    return read(raw_dir / "polis-opendata" / name)


def room(votes: object) -> Agreement:
    matrix = np.asarray(votes, dtype=np.float64)
    return table([f"p{i}" for i in range(matrix.shape[0])], [f"s{i}" for i in range(matrix.shape[1])], matrix)


def two_camps(sizes: tuple[int, int], statements: int = 20, noise: float = 0.1) -> Agreement:
    chance = stream("two camps")
    sides = np.repeat([1.0, -1.0], sizes)[:, None] * np.where(np.arange(statements) % 2, 1.0, -1.0)
    flips = chance.random((sum(sizes), statements)) < noise
    return room(np.where(flips, -sides, sides))


@pytest.mark.parametrize(("name", "persons", "least"), [(PRODUCTION, 900, 0.95), (HOUSING, 1261, 0.83)])
def test_published_groups_are_found(raw_dir: Path, name: str, persons: int, least: float) -> None:
    from sklearn.metrics import adjusted_rand_score

    found = conversation(raw_dir, name)
    ours = cluster(found.agreement)
    published = np.array([group != "" for group in found.groups])
    assert ((ours.labels >= 0) == published).all()
    assert (published.sum(), ours.k) == (persons, 2)
    assert adjusted_rand_score(np.array(found.groups)[published], ours.labels[published]) >= least


@pytest.mark.parametrize(
    "name", ["austria-climate.2vkxcncppn.2022-07-07", "15-per-hour-seattle", "london.youth.policing"]
)
def test_who_counts_is_published(raw_dir: Path, name: str) -> None:
    found = conversation(raw_dir, name)
    inside = included(np.asarray(found.agreement.seen(), dtype=float), len(found.agreement.statements))
    assert (inside == np.array([group != "" for group in found.groups])).all()


def test_small_rooms_fill_up_to_fifteen() -> None:
    assert included(np.array([9.0, 3.0, 0.0]), 20).tolist() == [True, True, False]
    assert included(np.array([7.0] * 15 + [6.0]), 20).tolist() == [True] * 15 + [False]
    assert included(np.array([3.0] * 15 + [2.0]), 3).tolist() == [True] * 15 + [False]


def test_projection_by_hand() -> None:
    # One axis only: v = (1, -1)/sqrt 2. The first person saw one of two statements: factor sqrt(2/1).
    points = project(np.array([[1.0, np.nan], [1.0, -1.0], [-1.0, 1.0], [-1.0, 1.0]]))
    # Column means 0 and 1/3.
    assert np.abs(points[0, 0]) > 0
    assert points[2].tolist() == points[3].tolist()


def test_components_agree_with_scipy() -> None:
    from scipy.linalg import svd

    for shape in ((30, 8), (8, 30)):
        centred = stream("table").standard_normal(shape)
        ours, theirs = components(centred), svd(centred, full_matrices=False)[2][:2].T
        assert np.abs(ours) == pytest.approx(np.abs(theirs))
        assert (np.take_along_axis(ours, np.abs(ours).argmax(axis=0)[None], axis=0) > 0).all()


def test_silhouette_agrees_with_scikit_learn() -> None:
    from sklearn.metrics import silhouette_score

    points = stream("points").standard_normal((3, 40, 2))
    for k in (2, 4):
        labels = k_means(points, k)
        ours = silhouettes(points, labels, k)
        theirs = [silhouette_score(one, own) for one, own in zip(points, labels, strict=True)]
        assert ours == pytest.approx(theirs)
        assert ours == pytest.approx(silhouettes(points, labels, k, pair_distances(points)))


def test_two_far_points_and_one() -> None:
    points = np.array([[[0.0, 0.0], [0.0, 1.0], [9.0, 0.0]]])
    labels = k_means(points, 2)
    assert labels.tolist() == [[0, 0, 1]]
    far = np.hypot(9, 1)
    assert silhouettes(points, labels, 2)[0] == pytest.approx(((9 - 1) / 9 + (far - 1) / far + 0) / 3)


def test_camps_are_found_where_they_are() -> None:
    agreement = two_camps((22, 13))
    found = camps(agreement)
    assert found.found and found.reason is None
    assert [len(group) for group in found.groups] == [22, 13]
    assert found.groups[1] == tuple(f"p{i}" for i in range(22, 35))
    assert found.silhouette > found.line > 0
    assert found.p == pytest.approx(1 / 201)
    assert found.labels(agreement).tolist() == [0] * 22 + [1] * 13


def test_order_of_persons_does_not_matter() -> None:
    agreement = two_camps((22, 13))
    turned = Agreement(agreement.persons[::-1], agreement.statements, agreement.votes[::-1], agreement.accepted)
    first, second = camps(agreement), camps(turned)
    assert [sorted(group) for group in first.groups] == [sorted(group) for group in second.groups]
    assert first.silhouette == pytest.approx(second.silhouette)


def test_no_camps_below_twenty_five_persons_or_fifteen_votes() -> None:
    assert camps(two_camps((12, 12))).reason == NO_DATA
    assert camps(two_camps((30, 30), statements=14)).reason == NO_DATA


def test_no_group_below_five() -> None:
    found = camps(two_camps((40, 3), noise=0.0))
    assert not found.found
    assert found.reason in (TOO_SMALL, CHANCE)
    assert camps(room(np.ones((30, 20)))).found is False


def test_noise_is_called_no_camps() -> None:
    votes = stream("noise", 3).integers(-1, 2, size=(60, 30)).astype(np.float64)
    found = camps(room(votes))
    assert (found.groups, found.reason) == ((), CHANCE)
    assert 0.3 < found.silhouette <= found.line


@pytest.mark.slow
def test_chance_alone_gives_no_camps_but_high_silhouettes() -> None:
    verdicts = []
    for trial in range(30):
        votes = stream("noise", trial).integers(-1, 2, size=(60, 30)).astype(np.float64)
        found = camps(room(votes), seed=trial)
        verdicts.append(found.found)
        assert 0.3 < found.silhouette < 0.55
    # Five of a hundred are allowed; 6 or more of 30 has a probability of 0.3 %.
    assert sum(verdicts) <= 5


@pytest.mark.slow
@pytest.mark.parametrize(("persons", "median", "line"), [(30, 0.415, 0.475), (60, 0.395, 0.44), (120, 0.38, 0.415)])
def test_published_level_of_chance(raw_dir: Path, persons: int, median: float, line: float) -> None:
    agreement = conversation(raw_dir, PRODUCTION).agreement
    most = np.argsort(-(~np.isnan(agreement.votes)).sum(axis=0), kind="stable")[:60]
    votes = agreement.votes[:, most]
    votes = votes[(~np.isnan(votes)).sum(axis=1) >= 30]
    drawn = votes[stream("draw").choice(len(votes), persons, replace=False)]
    null = null_silhouettes(drawn, 200, smallest=1)
    assert (np.median(null), np.percentile(null, 95)) == pytest.approx((median, line), abs=0.025)
    if persons >= 60:  # of 30 persons the smaller camp may count fewer than five
        assert camps(room(drawn)).found


def test_shuffling_keeps_each_statement_and_each_gap() -> None:
    votes = np.array([[1.0, np.nan], [-1.0, 1.0], [0.0, 0.0], [1.0, -1.0]])
    tables = shuffle(votes, 50)
    assert np.isnan(tables[:, 0, 1]).all() and not np.isnan(tables[:, 1:, 1]).any()
    assert (np.sort(tables[:, :, 0], axis=1) == np.sort(votes[:, 0])).all()
    assert len({tuple(one) for one in tables[:, :, 0].tolist()}) > 5


def test_representative_by_hand() -> None:
    # Group 0: 4 of 4 agree to s0, group 1: 0 of 4.
    votes = np.array([[1.0, 1.0]] * 4 + [[-1.0, 1.0]] * 4)
    labels = np.array([0] * 4 + [1] * 4)
    agreement = room(votes)
    first = representative(agreement, labels, 0)[0]
    assert (first.statement, first.side) == ("s0", "agree")
    assert first.share == pytest.approx(5 / 6)
    assert first.ratio == pytest.approx((5 / 6) / (1 / 6))
    assert first.z_share == pytest.approx(2 * np.sqrt(5) * (5 / 5 - 0.5))
    assert first.z_ratio == pytest.approx((1 - 1 / 5) / np.sqrt(0.6 * 0.4 * 2 / 5))
    assert representative(agreement, labels, 1)[0].side == "disagree"


def test_agreement_comes_before_disagreement_and_one_always() -> None:
    votes = np.array([[1.0, -1.0, 1.0]] * 9 + [[-1.0, 1.0, 1.0]] * 9)
    labels = np.repeat([0, 1], 9)
    assert [row.side for row in representative(room(votes), labels, 0)] == ["agree", "disagree"]
    nothing = representative(room(np.zeros((6, 2))), np.repeat([0, 1], 3), 0)
    assert len(nothing) == 1 and not nothing[0].significant


def test_group_informed_consensus_by_hand() -> None:
    votes = np.array([[1.0, 1.0]] * 4 + [[-1.0, 1.0]] * 2)
    rows = group_consensus(room(votes), np.array([0] * 4 + [1] * 2))
    assert [row.statement for row in rows] == ["s1", "s0"]
    assert rows[0].across_groups == pytest.approx((5 / 6) * (3 / 4))
    assert rows[1].across_groups == pytest.approx((5 / 6) * (1 / 4))
    assert [row.statement for row in plain_agreement(room(votes))] == ["s1"]
    assert plain_agreement(room(-votes), "disagree")[0].share == pytest.approx(7 / 8)


def test_at_most_five_statements_stand_for_a_group() -> None:
    votes = np.repeat([[1.0] * 8, [-1.0] * 8], 9, axis=0)
    assert len(representative(room(votes), np.repeat([0, 1], 9), 0)) == 5


def test_statements_that_are_passed_over_come_later() -> None:
    votes = np.tile([[1.0, 1.0], [-1.0, 0.0]], (4, 1))
    found = weights(room(votes)) / (1 + extremity(room(votes))) ** 2
    assert found[0] / found[1] == pytest.approx(((1 - 1 / 10) / (1 - 5 / 10)) ** 2)


def test_z_values() -> None:
    assert proportion_z(3, 8) == pytest.approx(2 * 3 * (4 / 9 - 0.5))
    assert two_proportions_z(0, 0, 0, 0) == 0.0


def test_new_statements_come_first_and_rejected_never() -> None:
    votes = np.full((6, 3), 1.0)
    votes[:, 1], votes[2, 2] = np.nan, np.nan
    agreement = table([f"p{i}" for i in range(6)], ["old", "new", "gone"], votes, {"gone"})
    found = weights(agreement)
    assert found[1] > found[0] > found[2] == 0
    assert even_weights(agreement)[0] == pytest.approx(found[0] / 49)
    chances = dict(zip(agreement.statements, found.tolist(), strict=True))
    first = [order(["old", "new", "gone"], chances, f"p{i}") for i in range(200)]
    assert all(each[-1] == "gone" for each in first)
    wanted = found[1] / (found[0] + found[1])
    assert sum(each[0] == "new" for each in first) / 200 == pytest.approx(wanted, abs=0.08)
    assert order(["old", "new"], chances, "p7") == order(["new", "old"], chances, "p7")
    assert extremity(two_camps((9, 9), noise=0.0)).min() > 0.5
