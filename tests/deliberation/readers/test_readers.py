"""Readers of open formats: real files, and every fault of a bad file at once."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.deliberation.ballots import Approval, Dots, Ranking
from fachkraftwerk.deliberation.readers import pabulib, polis

PB = """META
key;value
budget;100,5
vote_type;cumulative
num_votes;2
PROJECTS
project_id;cost;name;selected
a;40;"Eins; zwei";1
b;60;Drei;0
VOTES
voter_id;vote;points
x;a,b;3,1
y;b;4
"""
VOTES = "participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,0,1\n1,,0,0,2,1,1,1,-1\n2,,,0,1,0,0,0,\n"
COMMENTS = 'timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n1,x,0,5,1,0,1,"Mehr, bitte"\n1,x,1,5,1,0,-1,Nein\n'


def test_pabulib_by_hand() -> None:
    election = pabulib.parse(PB.encode())
    assert election.budget == Fraction(201, 2)
    assert [(m.id, m.cost, m.name) for m in election.measures] == [("a", 40, "Eins; zwei"), ("b", 60, "Drei")]
    assert election.ballots == (Dots("x", {"a": 3, "b": 1}), Dots("y", {"b": 4}))
    assert election.selected == {"a"}
    ranked = pabulib.parse(PB.replace("cumulative", "ordinal").encode())
    assert ranked.ballots[0] == Ranking("x", ("a", "b"))
    assert pabulib.parse(PB.replace("cumulative", "approval").encode()).ballots[1] == Approval("y", frozenset("b"))


def test_pabulib_names_every_fault_with_its_line() -> None:
    bad = PB.replace("100,5", "viel").replace("b;60", "a;-1").replace("x;a,b;3,1", "x;a,q;3").replace("y;b", "x;b")
    with pytest.raises(Refusal) as refused:
        pabulib.parse(bad.encode(), "wahl.pb")
    places = [fault.where for fault in refused.value.faults]
    assert places[0] == "wahl.pb: budget"
    assert {"wahl.pb: line 9", "wahl.pb: line 12", "wahl.pb: line 13"} <= set(places)
    assert len(places) == 7


@pytest.mark.parametrize(
    "data", [b"", b"META\nkey;value\n", b"\xff\xfe\x00", PB.replace("cumulative", "oral").encode()]
)
def test_pabulib_refuses_other_files(data: bytes) -> None:
    with pytest.raises(Refusal):
        pabulib.parse(data)


def test_every_stored_election_is_read(raw_dir: Path) -> None:
    files = sorted((raw_dir / "pabulib").glob("*.pb"))
    assert len(files) == 18
    for path in files:
        election = pabulib.read(path)
        assert len(election.ballots) == int(election.meta["num_votes"])
        assert len(election.measures) == int(election.meta["num_projects"])


def test_an_election_survives_writing_and_reading(raw_dir: Path) -> None:
    for path in sorted((raw_dir / "pabulib").glob("*Zurich*.pb")):
        election = pabulib.read(path)
        assert pabulib.parse(pabulib.write(election)) == election
        assert pabulib.write(pabulib.parse(pabulib.write(election))) == pabulib.write(election)


def test_polis_by_hand() -> None:
    found = polis.parse(VOTES.encode(), COMMENTS.encode())
    assert found.agreement.persons == ("1", "2")
    assert np.array_equal(found.agreement.votes, [[1, -1], [0, np.nan]], equal_nan=True)
    assert np.array_equal(found.agreement.counted(), [[1, 0], [0, 0]])
    assert found.agreement.accepted.tolist() == [True, False]
    assert found.groups == ("0", "")
    assert found.texts["0"] == "Mehr, bitte"


def test_polis_survives_writing_and_reading() -> None:
    found = polis.parse(VOTES.encode(), COMMENTS.encode())
    again = polis.parse(polis.write_votes(found), COMMENTS.encode())
    assert polis.write_votes(again) == polis.write_votes(found) == VOTES.replace("1,,0,0,2", "1,,0,0,2").encode()


def test_polis_names_every_fault() -> None:
    bad = VOTES.replace("0,\n", "7,\n") + "2,,,0,1,0,0,0\n"
    with pytest.raises(Refusal) as refused:
        polis.parse(bad.encode())
    assert [fault.where[-6:] for fault in refused.value.faults] == ["line 3", "line 4", "line 4"]
    for data in (b"", b"a,b\n1,2\n", b"\xff\xff"):
        with pytest.raises(Refusal):
            polis.parse(data)
    with pytest.raises(Refusal):
        polis.parse(VOTES.encode(), b"a,b\n")
