"""The library: 71 records, both languages, sources, levers, search."""

from __future__ import annotations

import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.model.measures.registry import kinds
from fachkraftwerk.runs.library import records


def test_all_records_ship_with_source_and_both_languages() -> None:
    found = records.records()
    assert [one.id for one in found] == [f"M{i:03d}" for i in range(1, 72)]
    for one in found:
        assert one.source.startswith("http")
        assert all(
            text.de and text.en for text in (one.title, one.summary, one.target, one.owner, one.region, one.year)
        )
        assert all(bool(text.de) == bool(text.en) for text in (one.figure, one.note))
        assert one.summary.de != one.summary.en
        assert one.lever in {"", *kinds()}


def test_every_field_has_records_and_most_pull_a_lever() -> None:
    found = records.records()
    assert {one.field for one in found} == set(records.FIELDS)
    assert sum(bool(one.lever) for one in found) > 50


@pytest.mark.parametrize(
    ("words", "ident"),
    [
        ("Wendland", "M054"),
        ("ruckkehr agentur", ""),
        ("Rückkehr-Agentur", "M057"),
        ("apprentices fulda", "M008"),
        ("m045", "M045"),
    ],
)
def test_search_finds_words_of_both_languages(words: str, ident: str) -> None:
    found = [one.id for one in records.search(words)]
    assert (ident in found) if ident else not found


def test_filters_narrow_the_search() -> None:
    found = records.search(field="quereinstieg", status="umgesetzt")
    assert found and all(one.field == "quereinstieg" and one.status == "umgesetzt" for one in found)
    assert {one.id for one in records.search(lever="welcome_centre")} == {"M053", "M059", "M060"}
    assert "M049" in {one.id for one in records.search(ags="06633")}


def test_a_measure_without_lever_is_refused_with_a_way_out() -> None:
    with pytest.raises(Refusal, match="roadmap"):
        records.lever_of("M006")
    with pytest.raises(Refusal, match="not in the library"):
        records.record("M999")


def test_faulty_records_are_refused_all_at_once() -> None:
    row = records.records()[0].as_dict()
    with pytest.raises(Refusal) as refused:
        records.parse([row | {"field": "x", "lever": "y"}, row | {"status": "z"}])
    assert len(refused.value.faults) == 3


@pytest.mark.parametrize("name", ["field", "target", "owner", "region", "status", "source", "lever"])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_record_is_found_by_what_it_says(name: str, lang: str) -> None:
    said = {
        "field": records.FIELDS,
        "status": records.STATUS,
        "lever": {key: kind.name for key, kind in kinds().items()},
    }
    for one in records.records():
        value = getattr(one, name)
        words = (
            said[name][value].in_(lang)
            if value and name in said
            else value
            if isinstance(value, str)
            else value.in_(lang)
        )
        assert not words or one in records.search(words)
