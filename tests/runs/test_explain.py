"""The way back to the sources holds to code, parameters and edition; its parts add up to the figure."""

from __future__ import annotations

import pytest

from fachkraftwerk.core.classifications import INDICATORS
from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.core.figure import Figure
from fachkraftwerk.edition import open_edition
from fachkraftwerk.model.parameters import parameters
from fachkraftwerk.runs.desk import Desk, open_desk
from fachkraftwerk.runs.explain import Node, _function, as_document, as_lines, explain, graph


@pytest.fixture(scope="module")
def desk() -> Desk:
    return open_desk()


@pytest.fixture(scope="module")
def tree(desk: Desk) -> Node:
    return explain(desk.figure("06633", 2030), desk, draws=0)


def test_every_indicator_has_its_way_and_every_name_on_it_exists() -> None:
    tables = open_edition(None).tables
    assert set(INDICATORS) <= set(graph())
    for entry in graph().values():
        assert all(_function(name).says for name in entry.get("functions", []))
        assert set(entry.get("parameters", [])) <= set(parameters())
        assert set(entry.get("tables", [])) <= set(tables)
        assert set(entry.get("parts", [])) <= set(graph())


def test_every_uncertain_assumption_is_on_the_way_of_some_figure() -> None:
    named = {name for entry in graph().values() for name in entry.get("parameters", [])}
    # Births of the coming years reach working life after 2040; the assumption moves no figure on a page.
    assert set(parameters().uncertain()) - named <= {"population.fertility"}


def test_the_parts_add_up_to_the_figure(tree: Node) -> None:
    assert tree.value is not None
    assert sum(part.value.central for part in tree.parts if part.value) == pytest.approx(tree.value.central, abs=1e-6)


def test_the_leaves_are_rows_with_publisher_date_licence_and_checksum(tree: Node) -> None:
    rows = [rows for part in tree.parts for leaf in (part, *part.parts) for rows in leaf.sources]
    assert rows
    for one in rows:
        assert one.publisher.de and one.date and one.licence
        assert one.files and all(len(file.sha256) == 64 for file in one.files)
    workforce = next(one for one in rows if one.table == "workforce_published")
    assert workforce.rows > 400
    assert workforce.status["secret"] > 0
    assert all(row["ags"] == "06633" for row in workforce.shown)


def test_a_leaf_names_only_the_files_of_its_rows(tree: Node) -> None:
    rows = [rows for part in tree.parts for leaf in (part, *part.parts) for rows in leaf.sources]
    published = next(one for one in rows if one.table == "workforce_published")
    assert [file.name for file in published.files] == ["svb_arbeitsort_2023-06-30_kreis_kldb2_niveau_alter.csv.gz"]
    tables = next(one for one in rows if one.table == "life_table")
    assert len(tables.files) == 8
    assert all(row["file"] in {file.name for file in tables.files} for row in tables.shown)


def test_terminal_and_document_tell_the_same(tree: Node) -> None:
    assert as_document(tree)["value"]["central"] == tree.value.central  # type: ignore[union-attr]
    assert any("workforce_published" in line for line in as_lines(tree))


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("2019-9.06633.2030.gap_cumulated.skilled.all.all", "2019-9"),
        ("2026-1.99999.2030.gap_cumulated.skilled.all.all", "99999"),
        ("2026-1.06633.2077.gap_cumulated.skilled.all.all", "2077"),
    ],
)
def test_figures_that_do_not_exist_are_refused(desk: Desk, address: str, message: str) -> None:
    with pytest.raises(Refusal, match=message):
        explain(Figure.parse(address), desk, draws=0)
