"""How far room and benches are of one mind about the forecast: on the desk, in the record, never for a few people."""

from __future__ import annotations

from typing import Any

import pytest
from tests.web.workshops.conftest import FIGURE

from fachkraftwerk.web.workshops.domain import closing, delphi
from fachkraftwerk.web.workshops.domain.perform import open_book
from fachkraftwerk.web.workshops.live import rooms
from fachkraftwerk.web.workshops.models import Workshop
from fachkraftwerk.web.workshops.views import presenting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def split(hall: Any) -> Any:
    """Two benches of five that see two figures the other way round."""
    figures = [FIGURE, FIGURE | {"id": "entrants"}, FIGURE | {"id": "leavers"}]
    Workshop.objects.filter(pk=hall.workshop.pk).update(setup=hall.workshop.setup | {"figures": figures})
    rooms.on_thread(rooms.forget, hall.workshop.id)
    people = [hall.join(bench).actor for bench in ("wirtschaft", "bildung") for _ in range(5)]
    hall.go("prognose")
    for who in people:
        said = ("too_low", "agree", "too_high")
        for figure, judgement in zip(figures, said if who.bench == "wirtschaft" else said[::-1], strict=True):
            assert hall.act(who, "judge_figure", figure=figure["id"], judgement=judgement).status == 200
    return hall


def test_benches_that_see_it_the_other_way_round(split: Any) -> None:
    found = delphi.concordance(split.state)
    assert (found["w"], found["strength"], found["raters"], found["items"]) == (0.0, "weak", 10, 3)
    assert found["benches"] == {
        bench: {"w": 1.0, "strength": "strong", "raters": 5} for bench in ("bildung", "wirtschaft")
    }
    assert found["divided"]


def test_the_desk_shows_it_after_revealing_only(split: Any) -> None:
    assert "concordance" not in split.seen(rooms.DESK)
    split.steer("reveal", phase="prognose")
    assert "concordance" not in split.seen()
    step = presenting.parts("desk", "de", split.workshop.code, split.seen(rooms.DESK))["step"]
    assert (
        "Alle zusammen: kaum einig" in step
        and "Wirtschaft: sehr einig" in step
        and "Kendalls W 0,00, 10 Personen" in step
    )
    assert "Jeder Bereich für sich ist einiger" in step


def test_a_few_people_and_one_voice_have_no_concordance(hall: Any) -> None:
    hall.go("prognose")
    assert delphi.concordance(hall.state) == {}
    for _ in range(6):
        hall.act(hall.join().actor, "judge_figure", figure="gap", judgement="agree")
    assert delphi.concordance(hall.state) == {}, "one figure orders nothing"


def test_it_is_the_same_after_the_pseudonyms_are_gone(split: Any) -> None:
    before = delphi.concordance(split.state)
    split.steer("close")
    closing.close(split.workshop)
    assert delphi.concordance(open_book(Workshop.objects.get()).state) == before
