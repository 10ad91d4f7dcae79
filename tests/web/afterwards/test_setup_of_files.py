"""What a host prepared may come from a file somebody changed by hand: it is refused with its place before anything is made."""

from __future__ import annotations

from typing import Any

import pytest
from tests.web.afterwards import made
from tests.web.afterwards.test_transfer import _gone, _signed

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.web.afterwards.domain import intake
from fachkraftwerk.web.workshops.models import Event, Workshop

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("tables", 1_000_000_000), ("tables", -1), ("tables", "8"), ("figures", "viele"), ("figures", [{"id": "x"}]),
        ("figures", [{"id": "x", "label": {"de": "x"}, "text": {"de": ""}, "value": "1e9"}]), ("fields", [1]),
        ("fields", [{"id": "a" * 99, "name": "x"}]), ("existing", [{"owner": "x"}]), ("existing", [{"title": "x"}] * 5001),
        ("table_fields", {"../1": "p1"}), ("budget", "unbegrenzt"), ("budget", -5), ("unit", "Gold"),
    ],
)  # fmt: skip
def test_a_changed_setup_is_refused(name: str, value: Any) -> None:
    data = _signed(lambda raw: raw["workshop"]["setup"].__setitem__(name, value))
    _gone()
    with pytest.raises(Refusal) as caught:
        intake.take(data, made.host("anderswo"))
    assert f"setup.{name}" in caught.value.faults[0].where
    assert caught.value.message("en")
    assert not Workshop.objects.exists() and not Event.objects.exists()
