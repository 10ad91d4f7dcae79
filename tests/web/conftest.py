"""What all tests of the pages share."""

import pytest

from fachkraftwerk.web.workshops.live import rooms


@pytest.fixture(autouse=True)
def _no_loop_of_other_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workshops are told to the event loops that listen; a client of other tests may have left one running."""
    monkeypatch.setattr(rooms, "_watchers", [])
