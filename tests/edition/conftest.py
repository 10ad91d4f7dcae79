"""Editions for these tests: Musterland, opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from fachkraftwerk.edition import Edition, open_edition


@pytest.fixture(scope="session")
def musterland_edition(musterland_path: Path) -> Edition:
    """The built Musterland, open."""
    return open_edition(musterland_path)
