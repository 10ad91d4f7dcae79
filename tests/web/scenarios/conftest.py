"""The pages on Musterland, so that every test runs in milliseconds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fachkraftwerk.runs import desk as desks
from fachkraftwerk.runs.desk import Desk


@pytest.fixture(scope="session")
def scenario_desk(musterland_path: Path) -> Desk:
    """The desk of Musterland with few draws."""
    from fachkraftwerk.edition import open_edition

    return Desk(open_edition(musterland_path), draws=20)


@pytest.fixture
def ags(scenario_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Key of the first Kreis; every page opens Musterland."""
    monkeypatch.setitem(desks._OPEN, "", scenario_desk)
    monkeypatch.delenv("FACHKRAFTWERK_EDITION", raising=False)
    yield scenario_desk.edition.regions.regions[0].ags
