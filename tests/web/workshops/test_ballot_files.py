"""Votes leave a closed workshop in the formats of Polis and Pabulib, and read back they give the same result."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from fachkraftwerk.deliberation.ballots import Approval, Dots, Ranking
from fachkraftwerk.deliberation.readers import pabulib, polis
from fachkraftwerk.web.workshops.domain import closing
from fachkraftwerk.web.workshops.domain.ballot_files import ballot_files
from fachkraftwerk.web.workshops.domain.perform import open_book
from fachkraftwerk.web.workshops.models import Workshop

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def files(hall: Any) -> dict[str, bytes]:
    """What a day with every kind of vote leaves."""
    people = [hall.join().actor for _ in range(6)]
    hall.go("felder")
    for who in people:
        hall.act(who, "rank_fields", order=["p2", "p1", "p3"])
    hall.go("karten")
    cards = [hall.act(people[0], "write_card", text=text).body["seq"] for text in ("=1+1", "Busse, auch nachts; spät")]
    hall.steer("reveal", phase="karten")
    hall.go("galerie")
    for number, who in enumerate(people):
        hall.act(who, "take_stance", item=cards[0], stance=("agree", "disagree", "pass")[number % 3])
    hall.act(people[1], "take_stance", item=cards[1], stance="agree")
    hall.go("blaetter")
    sheets = [hall.act(people[0], "open_sheet", title=f"Maßnahme; {n}").body["seq"] for n in range(2)]
    hall.act(people[0], "fill_sheet", sheet=sheets[0], slot="cost", value="30")
    hall.go("punkte")
    for who in people:
        hall.act(who, "give_dots", dots={sheets[0]: 3, sheets[1]: 2})
    hall.go("budget")
    hall.steer("set_budget", budget=40)
    for who in people[:4]:
        hall.act(who, "cast_ballot", sheets=[sheets[0]])
    assert ballot_files(hall.state) == {}, "nothing while people can still be told apart"
    hall.steer("close")
    closing.close(hall.workshop)
    return ballot_files(open_book(Workshop.objects.get()).state)


def test_agreement_can_be_read_by_who_reads_polis(files: dict[str, bytes]) -> None:
    found = polis.parse(files["polis/galerie/participants-votes.csv"], files["polis/galerie/comments.csv"])
    assert found.agreement.votes.shape == (6, 2)
    assert sorted(found.agreement.votes[:, 0].tolist()) == [-1, -1, 0, 0, 1, 1]
    assert set(found.texts.values()) == {"'=1+1", "Busse, auch nachts; spät"}
    assert set(found.groups) == {""}, "six people have no camps"


def test_ballots_can_be_read_by_who_reads_pabulib(files: dict[str, bytes]) -> None:
    ranks, dots, ballot = (pabulib.parse(files[f"pabulib/{name}.pb"]) for name in ("felder", "punkte", "budget"))
    assert {type(each) for each in ranks.ballots} == {Ranking} and ranks.ballots[0].weights() == {
        "p2": 3,
        "p1": 2,
        "p3": 1,
    }
    assert {type(each) for each in dots.ballots} == {Dots} and sum(dots.ballots[0].weights().values()) == 5
    assert {type(each) for each in ballot.ballots} == {Approval} and len(ballot.ballots) == 4
    assert ballot.budget == Fraction(40) and {each.cost for each in ballot.measures} == {30, 20}
    assert ballot.selected == ballot.ballots[0].weights().keys()
    assert {each.name for each in ballot.measures} == {"Maßnahme; 0", "Maßnahme; 1"}


def test_nothing_links_the_votes_of_a_person(files: dict[str, bytes]) -> None:
    assert all(b"voter-" in content for name, content in files.items() if not name.endswith("comments.csv"))
