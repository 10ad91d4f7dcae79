"""Paper cards come onto the wall once, with their codes; mistakes are named all at once and change nothing."""

from __future__ import annotations

import io
from uuid import uuid4

import pytest
from django.test import Client
from tests.web.afterwards import made

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.web.afterwards.domain import paper
from fachkraftwerk.web.workshops.domain.codes import ALPHABET
from fachkraftwerk.web.workshops.domain.perform import open_book
from fachkraftwerk.web.workshops.live import rooms
from fachkraftwerk.web.workshops.models import Event, Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(client: Client) -> Workshop:
    client.force_login(made.host())
    workshop = made.workshop()
    made.Stage(workshop).go("ordnen")
    rooms.forget(workshop.id)
    workshop.refresh_from_db()
    return workshop


def _enter(client: Client, workshop: Workshop, text: str) -> tuple[int, str]:
    answer = client.post(f"/werkstatt/{workshop.id}/papier/", {"lines": text}, follow=True)
    return answer.status_code, answer.content.decode()


def _wall(workshop: Workshop) -> dict[str, tuple[str, str, int]]:
    state = open_book(workshop).state
    return {card.paper: (card.text, card.field, card.table) for card in state.cards.values()}


def test_typed_lines_hang_where_they_belong(client: Client, running: Workshop) -> None:
    one, two, three = (paper.code(running.id, n) for n in (1, 2, 3))
    status, page = _enter(
        client, running, f"{one}; Werksbus ; Tisch 2\n\n{two};Patin;bindung\n{three.lower()};Mehr Lohn"
    )
    assert status == 200 and "3 Karten hängen an der Wand" in page
    assert _wall(running) == {one: ("Werksbus", "p2", 2), two: ("Patin", "p1", 0), three: ("Mehr Lohn", "", 0)}
    assert {card.phase for card in open_book(running).state.cards.values()} == {"karten"}


def test_the_same_card_again_adds_nothing(client: Client, running: Workshop) -> None:
    line = f"{paper.code(running.id, 7)}; Werksbus"
    _enter(client, running, line)
    before = Event.objects.count()
    _, page = _enter(client, running, f"{line}\n{line.replace('Werksbus', 'werksbus ')}")
    assert "2 waren schon da" in page and Event.objects.count() == before


def test_one_code_with_two_texts_is_refused_and_nothing_is_entered(client: Client, running: Workshop) -> None:
    one, two = paper.code(running.id, 1), paper.code(running.id, 2)
    status, page = _enter(client, running, f"{two};Neu\n{one};Werksbus\n{one};Kita")
    assert status == 400 and "Zeile 3" in page and "gehört schon zu" in page and _wall(running) == {}
    assert f"{two};Neu" in page, "what was typed is still there"


def test_all_mistakes_are_named_at_once(client: Client, running: Workshop) -> None:
    good = paper.code(running.id, 5)
    wrong = good[:-1] + next(sign for sign in ALPHABET if sign != good[-1])
    status, page = _enter(
        client, running, f"{wrong};Text\nabc9;Text\n{good};\n{good};Text;Tisch 77\n{good};{'x' * 241}"
    )
    assert status == 400
    for line in range(1, 6):
        assert f"Zeile {line}:" in page, line


def test_a_csv_file_in_the_encoding_of_old_spreadsheets(client: Client, running: Workshop) -> None:
    one = paper.code(running.id, 1)
    data = f"Code;Text;Tisch\r\n{one};Brücke für Übergänge;1\r\n".encode("cp1252")
    client.post(f"/werkstatt/{running.id}/papier/", {"file": io.BytesIO(data)})
    assert _wall(running) == {one: ("Brücke für Übergänge", "p1", 1)}


def test_codes_notice_other_workshops_and_typing_mistakes() -> None:
    here, there = uuid4(), uuid4()
    same = sum(paper.code(here, n) == paper.code(there, n) for n in range(1, 501))
    assert same < 50, "a card of another workshop passes in about 1 of 28 cases"
    assert len({paper.code(here, n)[-1] for n in range(1, 501)}) == len(ALPHABET)


def test_more_than_a_hall_can_write_is_refused() -> None:
    workshop = made.workshop()
    rows = [[paper.code(workshop.id, n % 999 + 1), f"Text {n % 999}"] for n in range(paper.MOST + 1)]
    with pytest.raises(Refusal, match="601 cards"):
        paper.sort(rows, open_book(workshop).state, workshop.id)
