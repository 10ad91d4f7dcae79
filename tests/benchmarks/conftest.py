"""Inputs of the two editions, loaded once."""

from __future__ import annotations

from pathlib import Path

import pytest

from fachkraftwerk import edition
from fachkraftwerk.runs.inputs import Inputs, load


@pytest.fixture(scope="session")
def muster(musterland_path: Path) -> Inputs:
    """Inputs of Musterland: twelve Kreise."""
    return load(edition.open(musterland_path))


@pytest.fixture(scope="session")
def germany() -> Inputs:
    """Inputs of the shipped edition: 400 Kreise."""
    return load(edition.open(None))
