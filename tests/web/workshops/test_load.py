"""A short version of the load proof: bad network, a killed server, two moderators; on SQLite and on PostgreSQL."""

from __future__ import annotations

import pytest
from load.house import House
from load.room import Report, Weather, play
from tests.plugins import loops

pytestmark = pytest.mark.load


def _run(house: House, weather: Weather) -> Report:
    with house:
        return loops.run(play(house, weather))


def test_no_acknowledged_act_is_lost_when_the_server_is_killed() -> None:
    report = _run(House(40), Weather(people=40, seconds=16, pause=2.0, outage=5))
    assert report.faults == []
    assert report.acts > 150


@pytest.mark.postgres
def test_two_processes_on_postgresql_number_without_gap_and_agree(postgres: str) -> None:
    report = _run(House(40, postgres, 2), Weather(people=40, seconds=12, pause=2.0, outage=3))
    assert report.faults == []
    assert report.acts > 150
