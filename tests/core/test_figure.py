import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.core.figure import Figure


def test_address_survives_writing_and_reading() -> None:
    figure = Figure("2026-1", "06611+06633", 2030, "gap_commuting_closed", "academic", "experte", "43")
    assert Figure.parse(str(figure)) == figure


def test_every_unknown_part_is_named_at_once() -> None:
    with pytest.raises(Refusal) as refusal:
        Figure.parse("2026-1.06633.zwei.luecke.skilled.all.99")
    message = refusal.value.message("de")
    assert all(part in message for part in ("„zwei“", "„luecke“", "„99“"))
    assert len(refusal.value.faults) == 3


@pytest.mark.parametrize("address", ["", "06633", "2026-1.06633.2030", "a.b.c.d.e.f.g.h", "../../etc/passwd"])
def test_what_is_no_address_is_refused_with_an_example(address: str) -> None:
    with pytest.raises(Refusal, match="Addresses look like this"):
        Figure.parse(address)
