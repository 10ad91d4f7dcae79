"""Moving up changes what people can do, not how many there are: checked on random sets in the full run."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fachkraftwerk.core.classifications import LEVELS, OCCUPATIONS, QUALIFICATIONS
from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.model.adjustments import Adjustments
from fachkraftwerk.model.measures import adjust
from fachkraftwerk.model.measures.measure import Measure, plan
from fachkraftwerk.model.measures.registry import kinds
from fachkraftwerk.runs import ensemble
from fachkraftwerk.runs.inputs import Inputs
from fachkraftwerk.runs.response import CLOSED, Asked, Response

KEY, DRAWS = "99001+99002", 4
UPWARD = ("retraining", "part_qualification", "career_change_levels", "training_places", "training_dissolution",
          "immigration_recognition")  # fmt: skip
SIDEWAYS = ("career_change", "academics")
QUALIFICATIONS_ASKED = ("unskilled", "vocational", "academic")


@pytest.fixture(scope="module")
def response(muster: Inputs) -> Response:
    """Two Kreise of Musterland as one zone, with a few draws."""
    return Response(muster, KEY, ensemble.forecast(muster, [KEY], DRAWS)[KEY], students=900.0)


CHOICE = st.lists(
    st.tuples(
        st.sampled_from(UPWARD + SIDEWAYS), st.floats(0.05, 1.0), st.integers(2024, 2032),
        st.lists(st.sampled_from(sorted(OCCUPATIONS)), max_size=3, unique=True),
    ), min_size=1, max_size=5,
)  # fmt: skip


def planned(chosen: Sequence[tuple[str, float, int, list[str]]]) -> tuple[Measure, ...]:
    return tuple(
        plan(key, share * kinds()[key].dose.limit, f"m{i}", start, "test", occupations=tuple(where))
        for i, (key, share, start, where) in enumerate(chosen)
    )


@given(CHOICE)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nobody_appears_or_vanishes_and_everything_adds_up(
    response: Response, chosen: list[tuple[str, float, int, list[str]]]
) -> None:
    measures = planned(chosen)
    changed = adjust.adjustments(response.place, response.effects(measures))
    after = ensemble.forecast(response.inputs, [KEY], DRAWS, adjustments=changed)[KEY]
    for indicator in ("gap_cumulated", CLOSED, "entrants"):
        closed = {part: response.base.select(indicator, part) - after.select(indicator, part)
                  for part in (*QUALIFICATIONS_ASKED, "skilled", "total")}  # fmt: skip
        assert closed["total"] == pytest.approx(np.zeros_like(closed["total"]), abs=1e-7)
        assert closed["skilled"] == pytest.approx(-closed["unskilled"], abs=1e-7)
        assert closed["skilled"] == pytest.approx(closed["vocational"] + closed["academic"], abs=1e-7)
        by_level = sum(
            response.base.select(indicator, "total", one) - after.select(indicator, "total", one) for one in LEVELS
        )
        assert by_level == pytest.approx(np.zeros_like(by_level), abs=1e-7)


@given(CHOICE)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_quick_answer_moves_the_same_people(
    response: Response, chosen: list[tuple[str, float, int, list[str]]]
) -> None:
    measures = planned(chosen)
    changed = adjust.adjustments(response.place, response.effects(measures))
    after = ensemble.forecast(response.inputs, [KEY], DRAWS, adjustments=changed)[KEY]
    answer = response.answer(measures)
    for asked in (Asked(), Asked("unskilled", "helfer"), Asked("vocational", "fachkraft", "81"), Asked("total")):
        part = (asked.qualification, asked.level, asked.occupation)
        expected = response.base.select("gap_cumulated", *part) - after.select("gap_cumulated", *part)
        assert response.closing(answer, "gap_cumulated", *part) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("key", UPWARD)
def test_moving_up_makes_skilled_people(response: Response, key: str) -> None:
    answer = response.answer((plan(key),))
    assert response.closing(answer)[0, 7] > 0
    assert response.closing(answer, qualification="unskilled")[0, 7] < 0


def test_every_cell_of_the_table_adds_up_too(response: Response) -> None:
    changed = adjust.adjustments(response.place, response.effects((plan("retraining"), plan("career_change"))))
    one = {given: ensemble.forecast(response.inputs, ["99001"], DRAWS, adjustments=given and changed)["99001"].members[0]
           for given in (None, True)}  # fmt: skip

    def moved(*parts: str) -> np.ndarray:
        before, after = (one[given].cells("gap_cumulated", parts, [7]) for given in (None, True))
        return np.asarray(before - after)

    assert sum(moved(part) for part in QUALIFICATIONS) == pytest.approx(moved(*QUALIFICATIONS), abs=1e-7)
    assert moved(*QUALIFICATIONS).sum() == pytest.approx(0.0, abs=1e-7)
    assert np.abs(moved("vocational")).sum() > 1.0


def test_a_transfer_that_creates_people_is_refused() -> None:
    made = np.zeros((3, 36, 4, 18))
    made[1, 0, 1, 5] = 2.0
    with pytest.raises(Refusal, match="cancel"):
        Adjustments(transfer=made)
    with pytest.raises(Refusal, match="does not fit"):
        Adjustments(transfer=np.zeros((36, 4, 18)))


@pytest.mark.parametrize("key", ["international_graduates", "immigration_recruitment", "takeover", "welcome_centre"])
def test_who_enters_with_a_known_qualification_keeps_it(response: Response, key: str) -> None:
    measures = (plan(key),)
    changed = adjust.adjustments(response.place, response.effects(measures))
    after = ensemble.forecast(response.inputs, [KEY], DRAWS, adjustments=changed)[KEY]
    closed = {part: (response.base.select("gap_cumulated", part) - after.select("gap_cumulated", part))[:, 7]
              for part in ("skilled", "unskilled", "academic", "total")}  # fmt: skip
    assert closed["total"][0] > 0
    assert closed["skilled"] == pytest.approx(closed["total"], abs=1e-7)
    assert closed["unskilled"] == pytest.approx(0.0, abs=1e-7)
    if key == "international_graduates":
        assert closed["academic"] == pytest.approx(closed["total"], abs=1e-7)
    assert response.closing(response.answer(measures))[:, 7] == pytest.approx(closed["skilled"], abs=1e-6)
