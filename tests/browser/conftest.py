"""A prepared workshop for each test in the browser."""

from __future__ import annotations

import pytest
from tests.browser.stage import Stage, make
from tests.plugins.chromium import Server


@pytest.fixture
def stage(server: Server) -> Stage:
    """A prepared one-day workshop on the running server."""
    return make(server)
