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
#: Files whose tests build editions, open many pages or run the whole model: seconds each, so full run only.
LONG = (
    "cli/test_edition", "cli/test_forecast", "cli/test_frame", "cli/test_measures", "cli/test_runs", "cli/test_start", "cli/test_spreads", "edition/test_build",
    "edition/test_check", "edition/test_musterland", "edition/test_recover", "edition/test_shipped", "edition/test_store", "edition/test_table", "runs/backtest", "runs/test_baseline",
    "runs/test_desk", "runs/test_inputs", "runs/test_measures_table", "runs/test_portfolio", "runs/test_scaleout", "runs/test_shelf", "runs/test_simulate", "runs/test_spreads",
    "runs/test_stream", "sources/test_broken_twins", "sources/test_eurostat_sources", "sources/test_hostile_tables",
    "sources/test_publication", "sources/test_swapped_files", "web/afterwards", "web/api", "web/quality/test_certainty", "web/quality/test_runs_page", "web/regions/test_data_page", "web/regions/test_pages",
    "web/scenarios/test_choices", "web/scenarios/test_pages", "web/test_demo", "web/workshops/test_acts", "web/workshops/test_effect", "web/workshops/test_entrances", "web/workshops/test_erased",
    "web/workshops/test_hostile", "web/workshops/test_pages", "web/workshops/test_revoked",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what takes long as slow; nobody has to remember it in the test itself."""
    for item in items:
        heavy = HEAVY & set(getattr(item, "fixturenames", ()))
        if heavy or any(f"tests/{part}" in item.path.as_posix() for part in LONG):
            item.add_marker(pytest.mark.slow)
