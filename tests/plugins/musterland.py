"""Musterland, the synthetic land: built once a session by the same path as the real edition."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def musterland_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the built Musterland edition."""
    from fachkraftwerk.edition.musterland import musterland

    out = tmp_path_factory.mktemp("musterland") / "edition"
    musterland(out, seed=1)
    return out
