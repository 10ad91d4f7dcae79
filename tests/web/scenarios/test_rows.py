"""The form holds everything a scenario says: typed, read, written, and nothing is lost on the way."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from fachkraftwerk.core.classifications import OCCUPATIONS
from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.model.measures.measure import Measure, plan
from fachkraftwerk.model.measures.reach import touched
from fachkraftwerk.model.measures.registry import kinds
from fachkraftwerk.runs import scenario as documents
from fachkraftwerk.runs.scenario import Scenario
from fachkraftwerk.web.scenarios.domain import amounts
from fachkraftwerk.web.scenarios.domain import draft as drafts

WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=30).map(str.strip)
AMOUNT = st.none() | st.floats(0, 1e9, allow_nan=False) | st.integers(0, 10**9).map(float)


@st.composite
def measures(draw: Any) -> tuple[Measure, ...]:
    """Some measures of any kind, every field filled or not, each requiring at most one before it."""
    found: list[Measure] = []
    for i, key in enumerate(draw(st.lists(st.sampled_from(sorted(kinds())), max_size=5))):
        kind = kinds()[key]
        narrow = st.lists(st.sampled_from(sorted(OCCUPATIONS)), unique=True, max_size=4).map(tuple)
        p = kind.parameters[0]
        own = draw(st.sampled_from([(), ((p.key, p.low, p.central, p.high * 2 + 1),)]))
        found.append(plan(
            key, draw(st.floats(0, kind.dose.limit)), f"{key}-{i}", draw(st.integers(2024, 2040)), "Grund", draw(AMOUNT), draw(AMOUNT),
            ramp=draw(st.integers(1, 20)), duration=draw(st.integers(1, 40)), fade=draw(st.integers(0, 20)), capacity=draw(AMOUNT),
            title=draw(WORDS), excludes=draw(WORDS), requires=draw(st.sampled_from([(), *[(m.id,) for m in found]])),
            occupations=draw(narrow), levels=draw(st.lists(st.sampled_from(touched(kind)), unique=True).map(tuple)), assumptions=own,
        ))  # fmt: skip
    return tuple(found)


@given(
    measures(), WORDS.filter(bool), st.sampled_from(["gap_cumulated", "gap_commuting_closed"]), st.integers(2024, 2040)
)
def test_a_scenario_survives_form_and_file(chosen: tuple[Measure, ...], name: str, indicator: str, year: int) -> None:
    made = Scenario(name, "99001", year, indicator, "migration_low", chosen)
    typed = drafts.read(QueryDict(drafts.of(made).query()))
    assert drafts.scenario(typed, "99001") == made
    assert documents.dump(documents.parse(documents.dump(made))) == documents.dump(made)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("250.000", 250_000), ("250,000", 250_000), ("1.234.567,89", 1_234_567.89), ("1 500 €", 1500), ("2,5", 2.5), ("2.5", 2.5),
     ("12.5", 12.5), ("0.125", 0.125), ("1.2340", 1.234), ("1.50", 1.5), ("0", 0), ("1e3", 1000)],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(typed: str, value: float) -> None:
    assert amounts.amount(typed) == value


@pytest.mark.parametrize("typed", ["viel", "1,2,3", "12a", "--5", ""])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match="not a number"):
        amounts.amount(typed)


def test_every_fault_of_every_row_is_named_at_once() -> None:
    query = "jahr=2030&k=childcare&k=retention&d=99&d=5&s=bald&s=2026&n=0&n=2&e=-1&e=viel&b2=zz&w=&w="
    with pytest.raises(Refusal) as refused:
        drafts.scenario(drafts.read(QueryDict(query)), "99001")
    said = refused.value.message("de")
    assert len(refused.value.faults) >= 5
    assert "1. Mehr Betreuungsplätze" in said and "2. Beschäftigte binden" in said


def test_rings_are_refused_and_removing_a_row_frees_what_required_it() -> None:
    query = "jahr=2030&i=a&i=b&k=childcare&k=retention&d=5&d=10&r1=b&r2=a"
    draft = drafts.read(QueryDict(query))
    with pytest.raises(Refusal, match="circle"):
        drafts.scenario(draft, "99001")
    left = draft.removing(2)
    assert [row.kind for row in left.rows] == ["childcare"] and left.rows[0].requires == ()
    assert len(drafts.scenario(left, "99001").measures) == 1


@pytest.mark.parametrize("value", [1.234, 0.125, 999.001, 12_345.678, 1e-7, 250_000.0, 1234.5])
def test_what_is_written_is_read_unchanged(value: float) -> None:
    assert amounts.amount(amounts.written(value)) == value
