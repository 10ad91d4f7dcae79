"""Every kind that ships: evidence, shapes, direction; and a new kind is a file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.model.measures.conftest import hand_place

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.model.measures import adjust, groups
from fachkraftwerk.model.measures.combine import effects
from fachkraftwerk.model.measures.evidence import GRADES
from fachkraftwerk.model.measures.measure import plan
from fachkraftwerk.model.measures.place import Place
from fachkraftwerk.model.measures.registry import kinds, load

ALL = sorted(kinds())
NAMED = {
    "childcare", "parttime_hours", "later_retirement", "work_65plus", "disability_prevention", "retraining",
    "part_qualification", "training_dissolution", "training_places", "takeover", "career_change", "career_change_levels",
    "academics", "retention", "immigration_recruitment", "immigration_recognition", "immigration_stay",
    "international_graduates", "welcome_centre", "commuters", "return_migration", "automation", "health_age",
}  # fmt: skip


def test_every_lever_of_the_method_is_there() -> None:
    assert set(ALL) >= NAMED


@pytest.mark.parametrize("key", ALL)
def test_a_kind_states_its_evidence_in_both_languages(key: str) -> None:
    kind = kinds()[key]
    assert kind.name.de and kind.name.en and kind.does.de and kind.does.en
    for parameter in kind.parameters:
        assert parameter.grade in GRADES
        assert parameter.grade == "C" or parameter.source
        assert parameter.low <= parameter.central <= parameter.high
    assert 0 <= kind.judged <= 1
    assert kind.group in groups.NAMES


@pytest.mark.parametrize("key", ALL)
def test_more_of_a_measure_never_does_less(key: str, place: Place) -> None:
    limit = kinds()[key].dose.limit
    totals = [effects(place, [plan(key, limit * s, reason="test")], 5)[0].stock.sum() for s in (0.0, 0.1, 0.5, 1.0)]
    assert totals[0] == 0
    assert totals == sorted(totals)


@pytest.mark.parametrize("key", ALL)
def test_nothing_happens_before_the_start(key: str, place: Place) -> None:
    effect = effects(place, [plan(key, start=2030)], 5)[0]
    assert np.abs(effect.stock[:, :7]).max() == 0


TRANSFERS = [k for k in ALL if kinds()[k].channel == "transfer"]


@pytest.mark.parametrize("key", [k for k in ALL if kinds()[k].channel not in (*adjust.PEOPLE, *adjust.KNOWN, "demand")])
def test_one_person_is_spread_over_cells_without_loss(key: str, place: Place) -> None:
    assert adjust.cells(place, effects(place, [plan(key)])[0]).sum() == pytest.approx(1.0)


@pytest.mark.parametrize("key", [k for k in ALL if kinds()[k].channel == "qualified"])
def test_who_enters_with_a_qualification_is_skilled(key: str, place: Place) -> None:
    entered = adjust.known(place, effects(place, [plan(key)])[0])
    assert entered.sum() == pytest.approx(1.0) and entered[0].sum() == 0


@pytest.mark.parametrize("key", TRANSFERS)
def test_who_moves_leaves_one_place_and_comes_to_another(key: str, place: Place) -> None:
    moved = adjust.known(place, effects(place, [plan(key)])[0])
    assert moved.sum() == pytest.approx(0.0, abs=1e-12)
    assert np.abs(moved).sum() == pytest.approx(2.0)


def test_retraining_takes_from_the_unskilled_and_gives_to_the_skilled(place: Place) -> None:
    moved = adjust.known(place, effects(place, [plan("retraining")])[0])
    assert moved.sum((1, 2)) == pytest.approx([-1.0, 1.0, 0.0])


def test_where_nobody_can_come_nobody_leaves(place: Place) -> None:
    empty = hand_place(young=np.zeros((36, 4)))
    assert not adjust.known(empty, effects(empty, [plan("retraining")])[0]).any()


def test_half_of_the_draws_lie_below_the_central_value() -> None:
    parameter = next(p for p in kinds()["work_65plus"].parameters if p.key == "reached")
    drawn = parameter.draw("work_65plus", 4001)[1:]
    assert np.median(drawn) == pytest.approx(parameter.central, abs=0.01)
    assert parameter.low <= drawn.min() and drawn.max() <= parameter.high


def test_participation_adds_exactly_the_persons_won(place: Place) -> None:
    effect = effects(place, [plan("later_retirement", 2)])[0]
    added = adjust.participation(place, effect)[0] * place.people
    assert added.sum((0, 1)) == pytest.approx(effect.gain[0])


def test_fewer_disabilities_are_a_factor_below_one(place: Place) -> None:
    changed = adjust.adjustments(place, effects(place, [plan("disability_prevention", 50)]))
    assert changed.disability is not None
    assert changed.disability[0, -5] == pytest.approx(1 - 0.5 * 0.10)


def test_occupations_can_be_chosen(place: Place) -> None:
    effect = effects(place, [plan("immigration_recruitment", occupations=("81",))])[0]
    cells = adjust.cells(place, effect)
    assert (cells.sum(1) > 0).sum() == 1


YAML = """
name: {de: Musterhebel, en: sample lever}
does: {de: Wirkt., en: Works.}
field: quereinstieg
channel: hours
group: hours_reserve
mode: stock
where: {profile: workforce}
timing: {start: 2026, ramp: 1, duration: 10, fade: 0}
dose: {low: 1, central: 2, high: 3, limit: 9, step: 1, unit: {de: Stück, en: pieces}}
cost: {euro_fixed: 0, euro_unit: 1, days_fixed: 0, days_unit: 1, low: 0.5, high: 2, grade: C, note: {de: "", en: ""}}
parameters:
  each: {low: 1, central: 2, high: 3, grade: C, unit: {de: Personen, en: persons}, name: {de: je Stück, en: each}}
"""
CODE = "def persons(place, dose, values):\n    return dose * values['each']\n"


def test_a_new_kind_is_two_files(tmp_path: Path, place: Place) -> None:
    (tmp_path / "sample.py").write_text(CODE)
    (tmp_path / "sample.yaml").write_text(YAML)
    kind = load(tmp_path)["sample"]
    assert kind.lever(place, 2.0, kind.values(1))[0] == 4.0


def test_a_new_kind_may_count_its_cost_in_the_kreis(tmp_path: Path, place: Place) -> None:
    (tmp_path / "sample.py").write_text(CODE)
    counted = YAML.replace("euro_unit: 1,", "euro_unit: 3, per: children, portion: 0.01,").replace(
        "mode: stock", "mode: stock\nchoice: where"
    )
    (tmp_path / "sample.yaml").write_text(counted)
    kind = load(tmp_path)["sample"]
    assert kind.choice == "where" and kind.cost.units(place, 2.0)[0] == pytest.approx(2 * 6)  # 600 children under three


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("euro_unit: 1,", "euro_unit: 1, per: moon,"), ("mode: stock", "mode: stock\nchoice: what"), ("high: 2, grade: C", "high: 2, grade: B")],
)  # fmt: skip
def test_a_cost_without_basis_or_source_is_refused(tmp_path: Path, right: str, wrong: str) -> None:
    (tmp_path / "sample.py").write_text(CODE)
    assert right in YAML
    (tmp_path / "sample.yaml").write_text(YAML.replace(right, wrong))
    with pytest.raises(Refusal):
        load(tmp_path)


def test_a_faulty_kind_is_refused_with_every_fault(tmp_path: Path) -> None:
    (tmp_path / "sample.py").write_text(CODE)
    wrong = YAML.replace("channel: hours", "channel: weather").replace(
        "low: 1, central: 2, high: 3, grade: C, unit", "low: 5, central: 2, high: 3, grade: A, unit"
    )
    (tmp_path / "sample.yaml").write_text(wrong.replace("euro_unit: 1", "euro_unit: -1"))
    with pytest.raises(Refusal) as refused:
        load(tmp_path)
    assert len(refused.value.faults) == 4


def test_strength_words_and_numbers() -> None:
    kind = kinds()["childcare"]
    assert [kind.strength(word) for word in ("low", "central", "high", "7.5", 3)] == [2, 5, 10, 7.5, 3]


@pytest.mark.parametrize("given", ["much", "-1", "1000", "nan", float("inf")])
def test_impossible_strengths_are_refused(given: str | float) -> None:
    with pytest.raises(Refusal, match="low, central, high"):
        kinds()["childcare"].strength(given)


@pytest.mark.parametrize("dose", [20, 1.99, 0.01, 0])
def test_outside_experience_a_reason_is_needed(dose: float) -> None:
    with pytest.raises(Refusal, match="reason"):
        plan("childcare", dose)
    assert plan("childcare", dose, reason="new law").dose == dose


@pytest.mark.parametrize("key", ALL)
def test_both_ends_of_experience_need_no_reason(key: str) -> None:
    for word in ("low", "central", "high"):
        assert plan(key, word).kind.usual(kinds()[key].strength(word))


def test_a_strength_of_zero_is_said_to_be_no_measure() -> None:
    with pytest.raises(Refusal) as refused:
        plan("childcare", 0)
    assert "findet nicht statt" in refused.value.faults[0].message("de")
    assert "does not take place" in refused.value.faults[0].message("en")


def test_negative_costs_and_impossible_times_are_refused_at_once() -> None:
    with pytest.raises(Refusal) as refused:
        plan("childcare", 5, euro=-1.0, days=-2.0, start=1999)
    assert len(refused.value.faults) == 3


def test_nobody_is_left_to_win_where_all_take_part() -> None:
    full = hand_place(force=np.full((2, 76, 18), 100.0))
    assert effects(full, [plan("later_retirement", 3)])[0].stock.max() == 0


def test_no_surplus_of_academics_means_no_effect() -> None:
    none = hand_place(surplus=np.zeros(18))
    assert effects(none, [plan("academics", 100, reason="all")])[0].stock.max() == 0


@pytest.mark.parametrize(
    ("more", "words"),
    [({"capacity": -1.0}, "Kapazität"), ({"ramp": 10**9}, "Anlauf"), ({"duration": 99}, "Dauer"), ({"fade": -1}, "Auslauf"),
     ({"occupations": ("99",)}, "KldB"), ({"requires": ("retention",)}, "eigene Voraussetzung"), ({"days": -1.0}, "Personaltage")],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_remedy(more: dict[str, object], words: str) -> None:
    with pytest.raises(Refusal) as refused:
        plan("retention", **more)  # type: ignore[arg-type]
    assert words in refused.value.faults[0].message("de")


def test_levels_a_measure_never_reaches_are_refused() -> None:
    with pytest.raises(Refusal, match="does not reach"):
        plan("immigration_recruitment", levels=("helfer",))
    assert plan("immigration_recruitment", levels=("experte",)).levels == ("experte",)


def test_more_graduates_than_leave_cannot_be_kept(place: Place) -> None:
    kept = effects(place, [plan("international_graduates", 40, reason="test", assumptions=(("gap", 45, 55, 60),))])[0]
    assert kept.share[0].max() <= 0.45 + 1e-9
