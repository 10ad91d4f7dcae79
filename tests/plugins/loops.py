"""Coroutines beside the browser: Playwright's sync interface keeps a loop running in the main thread of a session."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def run(task: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine to its end in a loop and thread of its own."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, task).result()
