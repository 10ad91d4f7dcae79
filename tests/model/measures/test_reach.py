"""A choice of occupations and levels: whom a measure reaches, where people go, and never more than are there."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.measures.conftest import hand_place

from fachkraftwerk.core.classifications import LEVELS, OCCUPATIONS
from fachkraftwerk.model.measures import adjust, groups, reach
from fachkraftwerk.model.measures.combine import effects
from fachkraftwerk.model.measures.constants import constant, constants
from fachkraftwerk.model.measures.measure import plan
from fachkraftwerk.model.measures.place import Place
from fachkraftwerk.model.measures.registry import kinds

ALL = sorted(kinds())
WHO = [key for key in ALL if kinds()[key].choice == "who"]
NINE = tuple(OCCUPATIONS)[:9]  # a quarter of the hand-made Kreis


@pytest.mark.parametrize("key", WHO)
def test_a_quarter_of_the_occupations_is_a_quarter_of_the_group(key: str, place: Place) -> None:
    whole, part = (plan(key, occupations=chosen) for chosen in ((), NINE))
    assert reach.size(place, part) == pytest.approx(reach.size(place, whole) / 4)


@pytest.mark.parametrize("key", [k for k in WHO if kinds()[k].cost.per])
def test_where_strength_is_a_share_effect_and_cost_shrink_with_the_group(key: str, place: Place) -> None:
    whole, part = (plan(key, occupations=chosen) for chosen in ((), NINE))
    won = [effects(place, [m], 3)[0].gain.sum() for m in (whole, part)]
    assert won[1] == pytest.approx(won[0] / 4)
    fixed = whole.kind.cost.euro_fixed * whole.timing.running(place.years).sum()
    euros = [m.euro_years(place).sum() - fixed for m in (whole, part)]
    assert euros[1] == pytest.approx(euros[0] / 4)


@pytest.mark.parametrize("key", sorted(set(ALL) - set(WHO)))
def test_people_without_an_occupation_here_are_won_for_the_chosen_ones(key: str, place: Place) -> None:
    whole, part = (effects(place, [plan(key, occupations=chosen)])[0] for chosen in ((), ("81",)))
    assert part.gain == pytest.approx(whole.gain)


@pytest.mark.parametrize("key", ALL)
def test_what_is_narrowed_adds_to_the_chosen_occupations_only(key: str, place: Place) -> None:
    effect = effects(place, [plan(key, occupations=("81",))])[0]
    changed = adjust.adjustments(place, [effect])
    here, elsewhere = list(OCCUPATIONS).index("81"), list(OCCUPATIONS).index("25")
    for name in ("hours", "commuting", "entrants", "qualified"):
        table = getattr(changed, name)
        if table is not None:
            rows = table.sum(tuple(i for i in range(table.ndim) if i != table.ndim - 3))
            assert rows[elsewhere] == 0 and rows[here] >= -1e-9
    if changed.demand is not None:
        assert (changed.demand[:, elsewhere] == 1).all() and (changed.demand[:, here, :, -1] < 1).all()
    assert changed.participation is None and changed.retirement is None and changed.migration is None


def test_a_rise_with_experience_stays_in_the_occupation(place: Place) -> None:
    moved = adjust.known(place, effects(place, [plan("career_change_levels")])[0])
    assert moved.sum((0, 2)) == pytest.approx(np.zeros(len(OCCUPATIONS)))
    assert moved[0].sum() == pytest.approx(-1) and moved[1, :, 1].sum() == pytest.approx(1)


def test_levels_can_be_chosen(place: Place) -> None:
    effect = effects(place, [plan("retention", levels=("experte",))])[0]
    spread = adjust.cells(place, effect)
    assert spread[:, list(LEVELS).index("experte")].sum() == pytest.approx(1)
    assert effect.part == pytest.approx(0.25)


def test_all_levels_are_no_choice(place: Place) -> None:
    assert reach.part(place, plan("retention", levels=tuple(LEVELS))) == 1.0


CHOICE = st.lists(
    st.tuples(st.sampled_from(WHO), st.floats(0, 1), st.sets(st.sampled_from(sorted(OCCUPATIONS)), max_size=20)),
    min_size=1, max_size=6,
)  # fmt: skip


@given(CHOICE)
def test_effects_never_exceed_the_people_reached(chosen: list[tuple[str, float, set[str]]]) -> None:
    place = hand_place()
    measures = [
        plan(key, share * kinds()[key].dose.limit, f"m{i}", reason="test", occupations=tuple(sorted(some)))
        for i, (key, share, some) in enumerate(chosen)
    ]
    found = effects(place, measures, draws=3)
    for effect in found:
        assert (effect.gain <= reach.size(place, effect.measure) + 1e-6).all() and (effect.gain >= -1e-9).all()
    for name in {m.kind.group for m in measures}:
        won = np.sum([e.gain for e in found if e.measure.kind.group == name], axis=0)
        assert (won <= groups.size(name, place) + 1e-6).all()


def test_two_for_the_same_occupations_share_what_is_there(place: Place) -> None:
    twice = [plan("later_retirement", 10, f"m{i}", reason="test", occupations=NINE) for i in range(2)]
    together, alone = effects(place, twice), effects(place, twice[:1])[0]
    share = alone.gain[0, 10] / alone.group[10]
    assert sum(e.gain[0, 10] for e in together) == pytest.approx(alone.group[10] * (1 - (1 - share) ** 2))


def test_two_for_different_occupations_take_nothing_from_each_other(place: Place) -> None:
    pair = [plan("later_retirement", occupations=some) for some in (("81",), ("25",))]
    alone = [effects(place, [m])[0].gain for m in pair]
    assert np.array([e.gain for e in effects(place, pair)]) == pytest.approx(np.array(alone))


@pytest.mark.parametrize("name", sorted(groups.NAMES))
def test_groups_scaled_from_national_figures_are_marked(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = groups.size(name, hand_place())
    read: list[str] = []
    monkeypatch.setattr(groups, "constant", lambda key: read.append(key) or constant(key) * 0.9)
    groups.size(name, hand_place())
    assert set(groups.ESTIMATED.get(name, ())) == set(read)
    assert all(key in constants() for key in read) and (before >= 0).all()
