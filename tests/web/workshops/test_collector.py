"""A warm server is not stopped by the collector, and the hall is told row by row."""

from __future__ import annotations

import asyncio
import gc
from collections import Counter
from collections.abc import Iterator
from uuid import uuid4

import pytest
from tests.plugins import loops

from fachkraftwerk.web.workshops.live import collector
from fachkraftwerk.web.workshops.live import hub as hubs
from fachkraftwerk.web.workshops.live.hub import Hub


@pytest.fixture
def collecting() -> Iterator[None]:
    """Leave the collector as it was."""
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


@pytest.mark.usefixtures("collecting")
def test_what_exists_at_the_start_is_set_aside() -> None:
    gc.unfreeze()
    collector.calm()
    assert gc.get_freeze_count() > 10_000
    assert gc.get_threshold() == (collector.YOUNG, collector.MIDDLE, collector.OLD)
    assert len(gc.get_objects(generation=2)) < gc.get_freeze_count()


def _rows(listeners: int, front: int) -> Counter[int]:
    async def listen() -> Counter[int]:
        here, workshop = Hub(), uuid4()
        return Counter(here._listen(workshop, number < front) for number in range(listeners))

    return loops.run(listen())


def test_a_table_is_one_row_and_a_hall_is_many() -> None:
    assert _rows(8, 0) == {0: 8}
    hall = _rows(1000, 0)
    assert len(hall) == hubs.ROWS
    assert max(hall.values()) < 1000 / 4, "no row holds the whole hall"


def test_screens_and_moderation_are_told_first() -> None:
    assert _rows(3, 3) == {0: 3}


@pytest.mark.django_db
def test_every_row_is_woken() -> None:
    async def wait() -> list[bool]:
        here, workshop = Hub(), uuid4()
        waiting = [asyncio.create_task(here._wait(workshop, row)) for row in range(hubs.ROWS)]
        await asyncio.sleep(0)
        here._wake(workshop)
        async with asyncio.timeout(2):
            return await asyncio.gather(*waiting)

    assert loops.run(wait()) == [True] * hubs.ROWS
