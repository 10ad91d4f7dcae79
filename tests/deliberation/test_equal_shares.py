"""Equal Shares: hand cases, real elections with their official result, an oracle, and what must always hold."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.deliberation.ballots import Approval, Ballot, Dots, Measure
from fachkraftwerk.deliberation.equal_shares import equal_shares, satisfactions, with_comparison
from fachkraftwerk.deliberation.greedy import greedy
from fachkraftwerk.deliberation.outcome import Comparison, Satisfaction
from fachkraftwerk.deliberation.readers.pabulib import Election, read


def approvals(*sets: str) -> list[Ballot]:
    return [Approval(f"v{i}", frozenset(chosen)) for i, chosen in enumerate(sets)]


def measures(**costs: int) -> list[Measure]:
    return [Measure(name, Fraction(cost)) for name, cost in costs.items()]


@pytest.fixture(scope="module")
def assen(raw_dir: Path) -> Election:
    return read(raw_dir / "pabulib" / "Netherlands_Assen_2024.pb")


def test_majority_of_two_thirds_gets_two_thirds() -> None:
    # Six persons for a, b, c and three for d, e, f; three places: points give all to the majority.
    ballots = approvals(*["abc"] * 6, *["def"] * 3)
    room = measures(a=1, b=1, c=1, d=1, e=1, f=1)
    assert greedy(room, ballots, 3).selected == ("a", "b", "c")
    assert equal_shares(room, ballots, 3).selected == ("a", "b", "d")


def test_payments_by_hand() -> None:
    # Share 3 each. a: 4 persons pay 1, then b (5) from v0 and v1 with 2 left each is too dear by 1: one raise of 1/2.
    ballots = approvals("ab", "ab", "a", "a")
    outcome = equal_shares(measures(a=4, b=5), ballots, 12, step=Fraction(1, 2))
    assert outcome.selected == ("a", "b")
    assert (outcome.raises, outcome.share) == (1, Fraction(7, 2))
    assert outcome.purchases[0].payments == {f"v{i}": Fraction(1) for i in range(4)}
    assert outcome.purchases[1].payments == {"v0": Fraction(5, 2), "v1": Fraction(5, 2)}
    assert outcome.purchases[1].rho == Fraction(1, 2)


def test_dots_decide_how_much_each_pays() -> None:
    ballots: list[Ballot] = [Dots("x", {"a": 3}), Dots("y", {"a": 1})]
    outcome = equal_shares(measures(a=4), ballots, 8, "points", "none")
    assert outcome.purchases[0].payments == {"x": Fraction(3), "y": Fraction(1)}
    assert outcome.purchases[0].rho == 1


def test_a_short_purse_pays_everything_and_the_others_the_rest() -> None:
    ballots: list[Ballot] = [Dots("x", {"a": 9}), Dots("y", {"a": 1})]
    outcome = equal_shares(measures(a=5), ballots, 6, "points", "none")
    assert outcome.purchases[0].payments == {"x": Fraction(3), "y": Fraction(2)}


def test_ties_go_to_more_supporters_then_lower_cost_then_natural_name() -> None:
    # Satisfaction by cost: rho = 1/supporters for each; M9 and M10 are equal in everything.
    outcome = equal_shares(
        [Measure("M10"), Measure("M9"), Measure("B", Fraction(2))],
        [Approval("v", frozenset({"M10", "M9", "B"}))],
        2,
        completion="none",
    )
    assert outcome.selected == ("M9", "M10")


def test_completion_by_votes_fills_what_is_left() -> None:
    # At a share of 6 a and c become payable together and break the budget, so the share stays below 6.
    ballots, room = approvals("a", "b", "c"), measures(a=6, b=1, c=6)
    assert equal_shares(room, ballots, 9, completion="add1").selected == ("b",)
    filled = equal_shares(room, ballots, 9, completion="add1u")
    assert (filled.selected, filled.filled) == (("b", "a"), ("a",))


def test_record_names_rule_step_and_share() -> None:
    record = equal_shares(measures(a=4, b=5), approvals("ab", "ab", "a", "a"), 12, step=Fraction(1, 2)).record()
    assert (record["rule"], record["completion"], record["step"], record["share"]) == (
        "equal_shares",
        "add1",
        "1/2",
        "7/2",
    )


def test_comparison_step_takes_the_result_more_persons_prefer() -> None:
    room = measures(a=3, b=3, c=3, d=3)
    ballots = approvals("ab", "ab", "ab", "abc", "cd", "cd")
    equal = equal_shares(room, ballots, 6, completion="none")
    compared = with_comparison(equal, room, ballots)
    assert compared.comparison is not None
    prefers = {
        voter: satisfactions(room, ballots, equal.selected, "cost")[voter]
        - satisfactions(room, ballots, greedy(room, ballots, 6).selected, "cost")[voter]
        for voter in (ballot.voter for ballot in ballots)
    }
    assert compared.comparison.prefer_greedy == sum(value < 0 for value in prefers.values())
    assert (compared.rule == "greedy") == (compared.comparison.prefer_greedy > compared.comparison.prefer_equal_shares)


def test_comparison_step_needs_a_real_majority() -> None:
    room = measures(a=1, b=1, c=1, d=1)
    majority = approvals(*["abc"] * 6, *["d"] * 3)
    assert with_comparison(equal_shares(room, majority, 3), room, majority).selected == ("a", "b", "c")
    tied = approvals("ab", "ab", "c", "c")
    compared = with_comparison(equal_shares(room, tied, 2), room, tied)
    assert compared.comparison == Comparison(2, 2, 0)
    assert (compared.rule, compared.selected) == ("equal_shares", ("a", "c"))


def test_refuses_everything_at_once() -> None:
    with pytest.raises(Refusal) as refused:
        equal_shares(measures(a=0), [*approvals("z"), *approvals("a")], 5)
    assert len(refused.value.faults) == 3


def test_refuses_a_step_that_never_ends() -> None:
    with pytest.raises(Refusal, match="step"):
        equal_shares(measures(a=1, b=9), approvals("a", "b"), 10, step=Fraction(0))


def test_nobody_voted() -> None:
    assert equal_shares(measures(a=1), [], 5).selected == ()


def test_assen_official_result(assen: Election) -> None:
    outcome = equal_shares(assen.measures, assen.ballots, assen.budget)
    assert (len(outcome.selected), len(assen.measures)) == (9, 14)
    assert frozenset(outcome.selected) == assen.selected
    by_one = equal_shares(assen.measures, assen.ballots, assen.budget, "cardinality")
    assert frozenset(by_one.selected) != assen.selected


@pytest.mark.slow
def test_swiecie_official_result(raw_dir: Path) -> None:
    election = read(raw_dir / "pabulib" / "Poland_Swiecie_2023.pb")
    outcome = equal_shares(election.measures, election.ballots, election.budget)
    assert (len(outcome.selected), len(election.measures)) == (17, 22)
    assert frozenset(outcome.selected) == election.selected


@pytest.mark.slow
def test_wieliczka_differs_from_the_official_result_as_documented(raw_dir: Path) -> None:
    # Official rule "add1-comparison" with an unknown step: the reason why step and rule are stored with each result.
    election = read(raw_dir / "pabulib" / "Poland_Wieliczka_2023_Green_Budget.pb")
    outcome = equal_shares(election.measures, election.ballots, election.budget)
    assert (len(outcome.selected), len(election.selected)) == (31, 30)
    assert election.selected - set(outcome.selected) == {"46"}
    assert set(outcome.selected) - election.selected == {"66", "67"}


@st.composite
def rooms(draw: st.DrawFn) -> tuple[list[Measure], list[Ballot], int]:
    names = [f"m{i}" for i in range(draw(st.integers(1, 6)))]
    room = [Measure(name, Fraction(draw(st.integers(1, 20)))) for name in names]
    dots = st.dictionaries(st.sampled_from(names), st.integers(1, 4), max_size=4)
    ballots: list[Ballot] = [Dots(f"v{i}", draw(dots)) for i in range(draw(st.integers(1, 8)))]
    return room, ballots, draw(st.integers(1, 40))


@given(rooms(), st.sampled_from(["cost", "cardinality", "points"]), st.sampled_from(["none", "add1", "add1u"]))
def test_within_budget_and_priceable(room: tuple[list[Measure], list[Ballot], int], by: Satisfaction, how: str) -> None:
    listed, ballots, budget = room
    outcome = equal_shares(listed, ballots, budget, by, how)  # type: ignore[arg-type]
    costs = {measure.id: measure.cost for measure in listed}
    assert outcome.cost == sum(costs[name] for name in outcome.selected) <= budget
    spent: dict[str, Fraction] = {}
    for purchase in outcome.purchases:
        assert sum(purchase.payments.values()) == costs[purchase.measure]
        for voter, payment in purchase.payments.items():
            assert payment >= 0
            spent[voter] = spent.get(voter, Fraction(0)) + payment
    assert all(paid <= outcome.share for paid in spent.values())


@given(rooms(), st.randoms(use_true_random=False))
def test_order_of_persons_and_measures_does_not_matter(
    room: tuple[list[Measure], list[Ballot], int],
    chance: st.Random,  # type: ignore[name-defined]
) -> None:
    listed, ballots, budget = room
    first = equal_shares(listed, ballots, budget, "points")
    mixed, turned = list(listed), list(ballots)
    chance.shuffle(mixed)
    chance.shuffle(turned)
    assert equal_shares(mixed, turned, budget, "points") == first


@given(st.lists(st.frozensets(st.sampled_from("abcdef"), min_size=1), min_size=1, max_size=9), st.integers(1, 5))
def test_no_large_enough_group_is_left_with_nothing(sets: list[frozenset[str]], places: int) -> None:
    # Justified representation: n/k persons who share a measure cannot all go away empty-handed.
    ballots: list[Ballot] = [Approval(f"v{i}", chosen) for i, chosen in enumerate(sets)]
    selected = set(equal_shares([Measure(name) for name in "abcdef"], ballots, places, completion="none").selected)
    unserved = [chosen for chosen in sets if not chosen & selected]
    for name in "abcdef":
        assert sum(name in chosen for chosen in unserved) * places < len(sets)


@settings(max_examples=40)
@given(rooms(), st.sampled_from(["cost", "cardinality"]))
def test_agrees_with_pabutools(room: tuple[list[Measure], list[Ballot], int], by: Satisfaction) -> None:
    pytest.importorskip("pabutools")
    from pabutools import election as pb
    from pabutools.rules import method_of_equal_shares

    listed, ballots, budget = room
    projects = {measure.id: pb.Project(measure.id, int(measure.cost)) for measure in listed}
    profile = pb.ApprovalProfile([pb.ApprovalBallot([projects[m] for m in b.weights()]) for b in ballots])
    instance = pb.Instance(projects.values(), budget_limit=budget)
    satisfaction = pb.Cost_Sat if by == "cost" else pb.Cardinality_Sat
    ours = equal_shares(listed, ballots, budget, by, "none")
    theirs = method_of_equal_shares(instance, profile, sat_class=satisfaction, resoluteness=False)
    assert sorted(ours.selected) in [sorted(project.name for project in outcome) for outcome in theirs]
