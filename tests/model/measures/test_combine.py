"""Measures together: on the remaining potential, never more than the target group."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.measures.conftest import hand_place

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.model.measures import groups
from fachkraftwerk.model.measures.combine import effects, together
from fachkraftwerk.model.measures.measure import plan
from fachkraftwerk.model.measures.place import Place
from fachkraftwerk.model.measures.registry import kinds


def test_shares_combine_on_what_is_left() -> None:
    credited = together([np.array([[0.5]]), np.array([[0.5]])])
    assert sum(credited)[0, 0] == pytest.approx(0.75)
    assert credited[0][0, 0] == credited[1][0, 0]


def test_childcare_wins_the_mothers_the_study_says(place: Place) -> None:
    # 600 children, 540 mothers; 5 points of places × 0.2 = 1 % of them.
    effect = effects(place, [plan("childcare", 5)])[0]
    assert effect.gain[0, 10] == pytest.approx(5.4)


def test_two_points_of_those_aged_60_to_64(place: Place) -> None:
    effect = effects(place, [plan("later_retirement", 2)])[0]
    assert effect.gain[0, 10] == pytest.approx(0.02 * 1000)


def test_a_measure_says_the_same_alone_and_beside_strangers(place: Place) -> None:
    alone = effects(place, [plan("childcare")], draws=20)[0]
    beside = effects(place, [plan("automation"), plan("childcare"), plan("retention")], draws=20)[1]
    assert np.array_equal(alone.stock, beside.stock)


def test_more_draws_leave_the_first_ones_alone(place: Place) -> None:
    few, many = (effects(place, [plan("retention")], draws=n)[0].stock for n in (10, 30))
    assert np.array_equal(few, many[:10])


def test_a_capacity_limits_the_effect(place: Place) -> None:
    effect = effects(place, [plan("later_retirement", 3, capacity=7.0)])[0]
    assert effect.gain.max() == pytest.approx(7.0)


CHOICE = st.lists(
    st.tuples(st.sampled_from(sorted(kinds())), st.floats(0, 1), st.integers(2024, 2035)), min_size=1, max_size=8
)


@given(CHOICE, st.floats(0.0, 3.0))
def test_effects_never_exceed_the_target_group(chosen: list[tuple[str, float, int]], scale: float) -> None:
    place = hand_place(people=np.full((2, 76, 18), 100.0 * scale), unemployed=200 * scale)
    measures = [
        plan(key, share * kinds()[key].dose.limit, f"m{i}", start, "test") for i, (key, share, start) in enumerate(chosen)
    ]  # fmt: skip
    found = effects(place, measures, draws=5)
    for name in {m.kind.group for m in measures}:
        won = np.sum([e.gain for e in found if e.measure.kind.group == name], axis=0)
        assert (won <= groups.size(name, place) + 1e-6).all()
        assert (won >= -1e-9).all()


def test_own_ranges_replace_the_evidence_and_count_as_judgement(place: Place) -> None:
    own = plan("childcare", 5, assumptions=(("effect", 0.2, 0.25, 0.3),))
    assert effects(place, [own])[0].gain[0, 10] == pytest.approx(540 * 0.05 * 0.25)
    assert (own.grade, plan("childcare", 5).grade) == ("C", "A")


@pytest.mark.parametrize("own", [("effect", 0.3, 0.2, 0.1), ("magic", 1, 2, 3), ("effect", 0.1, 0.2, float("nan"))])
def test_impossible_ranges_are_refused(own: tuple[str, float, float, float]) -> None:
    with pytest.raises(Refusal, match="in order"):
        plan("childcare", 5, assumptions=(own,))


def test_ranges_beyond_the_evidence_need_a_reason() -> None:
    wide = (("effect", 0.1, 0.5, 0.9),)
    with pytest.raises(Refusal, match="outside the evidence"):
        plan("childcare", 5, assumptions=wide)
    assert plan("childcare", 5, reason="own survey", assumptions=wide).grade == "C"
