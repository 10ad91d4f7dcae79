"""Scenario documents: byte-equal round trip, foreign and broken files refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.model.measures.measure import plan
from fachkraftwerk.model.measures.registry import kinds
from fachkraftwerk.runs import scenario as documents
from fachkraftwerk.runs.frames import FRAMES
from fachkraftwerk.runs.scenario import Scenario

TEXT = st.text(st.characters(blacklist_categories=("Cs",)), max_size=40)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    made = Scenario(
        draw(TEXT), "06633", draw(st.integers(2024, 2040)), frame=draw(st.sampled_from(sorted(FRAMES))), note=draw(TEXT)
    )
    for key in draw(st.lists(st.sampled_from(sorted(kinds())), max_size=5)):
        dose = draw(st.floats(0, kinds()[key].dose.limit))
        ranges = {p.key: sorted(draw(st.tuples(*[st.floats(0, 100)] * 3))) for p in kinds()[key].parameters[:1]}
        own = tuple((name, *values) for name, values in ranges.items()) if draw(st.booleans()) else ()
        start = draw(st.integers(2024, 2040))
        made = made.adding(plan(key, dose, start=start, reason="weil", title=draw(TEXT), assumptions=own))
    return made


@given(scenarios())
def test_reading_and_writing_gives_the_same_bytes(made: Scenario) -> None:
    written = documents.dump(made)
    assert documents.dump(documents.parse(written)) == written
    assert documents.parse(written.encode()) == made


def document(**changes: object) -> str:
    plain = documents.as_dict(Scenario("Test", "06633", measures=(plan("childcare"),)))
    return json.dumps(plain | changes)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"format": "geojson"}', "\x00", '"' * 10, "[" * 100_000, " " * 300_000]
)
def test_foreign_files_are_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        documents.parse(text)
    assert refused.value.faults[0].remedy.de


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(Refusal) as refused:
        documents.parse(document(year="soon", weather=1, name=None))
    assert {fault.where for fault in refused.value.faults} == {"year", "weather", "name"}


def test_faults_in_measures_name_their_place() -> None:
    rows = [{"id": "a", "kind": "magic", "dose": 1}, {"id": "b", "kind": "childcare", "dose": 39}]
    with pytest.raises(Refusal) as refused:
        documents.parse(document(measures=rows))
    places = [fault.where for fault in refused.value.faults]
    assert any("measures[0]" in place for place in places)
    with pytest.raises(Refusal, match="reason"):
        documents.parse(document(measures=rows[1:]))


@pytest.mark.parametrize("change", [{"indicator": "demand"}, {"frame": "comet"}, {"measures": [1]}, {"year": True}])
def test_unknown_words_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(Refusal):
        documents.parse(document(**change))


def test_double_ids_are_refused() -> None:
    row = {"id": "a", "kind": "childcare", "dose": 5}
    with pytest.raises(Refusal, match="twice"):
        documents.parse(document(measures=[row, row]))


def test_adding_keeps_ids_apart() -> None:
    made = Scenario("Test", "06633").adding(plan("childcare")).adding(plan("childcare"))
    assert [m.id for m in made.measures] == ["childcare", "childcare-2"]
    assert made.without("childcare").measures[0].id == "childcare-2"


def test_unknown_fields_and_unknown_measures_are_told_together() -> None:
    plain = documents.as_dict(Scenario("Test", "06633", measures=(plan("childcare"), plan("retention"))))
    plain["measures"][0]["group"], plain["measures"][1]["kind"] = "aliens", "magic"
    with pytest.raises(Refusal) as refused:
        documents.parse(json.dumps(plain))
    assert [fault.where for fault in refused.value.faults] == ["measures[0].group", "measures[1].kind"]


def test_ten_megabytes_are_refused_with_the_size_allowed() -> None:
    with pytest.raises(Refusal, match="256 KB"):
        documents.parse(b"[" + b"1," * 5_000_000 + b"1]")


def test_levels_survive_and_older_documents_stay_as_they_are() -> None:
    old = documents.dump(Scenario("Test", "06633", measures=(plan("retention"),)))
    assert '"levels"' not in old and documents.dump(documents.parse(old)) == old
    new = documents.dump(Scenario("Test", "06633", measures=(plan("retention", levels=("experte",)),)))
    assert documents.parse(new).measures[0].levels == ("experte",) and documents.dump(documents.parse(new)) == new
