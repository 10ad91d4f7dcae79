"""The table of publications."""

from __future__ import annotations

from fachkraftwerk.edition import Edition
from fachkraftwerk.edition.table import _span, estimated_share, markdown


def test_every_publication_has_a_line_with_licence(musterland_edition: Edition) -> None:
    lines = markdown(musterland_edition).splitlines()
    assert len(lines) == 2 + len(musterland_edition.sources)
    assert all("CC0-1.0" in line for line in lines[2:])
    assert any("2015–2020, 2025" in line for line in lines)


def test_estimated_share_counts_people_not_cells(musterland_edition: Edition) -> None:
    share = estimated_share(musterland_edition, "fachkraftwerk-workforce")
    facts = musterland_edition.facts("workforce")
    assert share == facts["value"][facts["estimated"]].sum() / facts["value"].sum()
    assert share < facts["estimated"].mean()
    assert estimated_share(musterland_edition, "musterland-map") == 0


def test_years_are_written_as_spans() -> None:
    assert _span({2015, 2016, 2017, 2023}) == "2015–2017, 2023"
    assert _span(set()) == "–"
