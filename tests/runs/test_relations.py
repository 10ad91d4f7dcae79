"""Prerequisites and exclusions: what can never be is refused, what should not be is said."""

from __future__ import annotations

from dataclasses import replace

from fachkraftwerk.model.measures.measure import plan
from fachkraftwerk.runs import relations

CARE, STAY = plan("childcare"), plan("retention")


def test_rings_name_the_measures() -> None:
    ring = [replace(CARE, requires=("retention",)), replace(STAY, requires=("childcare",))]
    words = relations.faults(ring)[0]
    assert words.what.de.count("→") == 2 and "Mehr Betreuungsplätze" in words.what.de and "places" in words.what.en


def test_absent_prerequisites_and_double_ids_are_named_at_once() -> None:
    found = relations.faults([replace(CARE, requires=("welcome",)), CARE])
    assert len(found) == 2


def test_two_of_an_exclusive_group_are_counted_but_said() -> None:
    pair = [replace(CARE, excludes="Neubau"), replace(STAY, excludes="Neubau")]
    assert relations.faults(pair) == []
    assert "nur eine" in relations.conflicts(pair)[0].de and "only one" in relations.conflicts(pair)[0].en
    assert relations.conflicts([replace(CARE, excludes="a"), replace(STAY, excludes="b")]) == []


def test_a_prerequisite_that_comes_later_is_said() -> None:
    late = [replace(CARE.starting(2028), requires=("retention",)), STAY.starting(2030)]
    assert "2028" in relations.conflicts(late)[0].de and "2030" in relations.conflicts(late)[0].en
    assert relations.conflicts([late[0], STAY.starting(2027)]) == []


def test_own_titles_come_before_those_of_record_and_lever() -> None:
    assert relations.name(CARE).en.startswith("More childcare")
    assert relations.name(plan("retraining", record="M045")).de != relations.name(plan("retraining")).de
    assert relations.name(replace(CARE, title="Unsere Kita")).en == "Unsere Kita"
