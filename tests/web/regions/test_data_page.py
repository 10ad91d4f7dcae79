"""The page on data: every source with its files, the rows each gave, and its checksum."""

from __future__ import annotations

import pytest
from django.test import Client

from fachkraftwerk.core.text import number
from fachkraftwerk.runs.desk import Desk
from fachkraftwerk.web.regions.domain.origins import origins


def test_rows_of_the_files_add_up_to_those_of_the_source(muster_desk: Desk) -> None:
    found = {origin.source.id: origin for origin in origins(muster_desk.edition)}
    sectors = found["musterland-sectors"]
    assert sectors.tables == ("sectors",) and len(sectors.files) == 6
    assert sum(rows for _, rows in sectors.files) == sectors.rows == len(muster_desk.edition.facts("sectors"))


def test_calculations_come_last_and_name_all_files(muster_desk: Desk) -> None:
    found = origins(muster_desk.edition)
    assert [origin.source.computed for origin in found] == sorted(origin.source.computed for origin in found)
    workforce = next(origin for origin in found if origin.source.id == "fachkraftwerk-workforce")
    assert len(workforce.files) > 3


@pytest.mark.django_db
def test_every_file_is_shown_with_its_checksum(client: Client, muster_desk: Desk) -> None:
    page = client.get("/daten/").content.decode()
    for origin in origins(muster_desk.edition):
        for file, rows in origin.files:
            assert file.name in page and file.sha256 in page
            assert origin.source.computed or number(rows) in page
    assert 'href="/guete/laeufe/"' in page
