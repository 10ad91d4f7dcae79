"""Fixtures for all tests: real files where they lie, Musterland, Chromium, a PostgreSQL server of our own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

STRICT = os.environ.get("FACHKRAFTWERK_STRICT") == "1"
ROOT = Path(__file__).parents[1]
# A first import may take seconds; tests here are judged by results, not by the clock.
settings.register_profile("fachkraftwerk", deadline=None, derandomize=True)
settings.load_profile("fachkraftwerk")

pytest_plugins = ["tests.plugins.musterland", "tests.plugins.chromium", "tests.plugins.postgres"]


def absent(reason: str) -> None:
    """Skip with the reason; fail in strict mode, where everything must run."""
    if STRICT:
        pytest.fail(f"strict: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def raw_dir() -> Path:
    """The folder with the publishers' original files; skips where they are not at hand."""
    given = os.environ.get("FACHKRAFTWERK_RAW")
    folder = Path(given) if given else ROOT.parent / "shared" / "data" / "raw"
    if not folder.is_dir():
        pytest.skip("original files of the publishers are not at hand (set FACHKRAFTWERK_RAW)")
    return folder


#: Fixtures that read large files or start processes: such tests belong to the full run, not to the quick check.
HEAVY = {"raw_dir", "server", "postgres", "chromium", "watched"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests that use a heavy fixture as slow; nobody has to remember it."""
    for item in items:
        if HEAVY & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)
