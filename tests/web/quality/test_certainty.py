"""The map of certainty on Musterland: classes, words and widths belong together."""

from pathlib import Path

import pytest
from django.test import Client

from fachkraftwerk.edition import open_edition
from fachkraftwerk.runs.desk import Desk, open_desk
from fachkraftwerk.web.quality.domain import certainty


@pytest.fixture(scope="module")
def desk(musterland_path: Path) -> Desk:
    opened = Desk(open_edition(musterland_path), draws=30)
    opened._measure()
    return opened


@pytest.mark.parametrize("view", list(certainty.VIEWS))
def test_every_kreis_stands_once_in_order_and_has_a_class_of_the_legend(desk: Desk, view: str) -> None:
    rows = certainty.places(desk, desk.figure("all", 2030), view)
    assert rows is not None
    assert {row.ags for row in rows} == {region.ags for region in desk.edition.regions.regions}
    measured = [row.chance if view == "chance" else row.width or 0.0 for row in rows]
    assert measured == sorted(measured, reverse=True)
    known = {klass for klass, _ in certainty.legend(view, "de")} | {"e-0"}
    assert {row.klass(view) for row in rows} <= known


def test_width_is_the_distance_of_the_ends_per_hundred_employed(desk: Desk) -> None:
    figure = desk.figure("all", 2030)
    row = (certainty.places(desk, figure, "width") or [])[0]
    people = desk.overview(figure)[row.ags][1]
    assert row.width == pytest.approx(100 * (row.value.p90 - row.value.p10) / people)


def test_ranges_are_wider_later(desk: Desk) -> None:
    near, far = (
        {row.ags: row.width or 0.0 for row in certainty.places(desk, desk.figure("all", year), "width") or []}
        for year in (2030, 2040)
    )
    assert all(far[ags] > near[ags] for ags in near)


def test_what_one_sees_is_said_with_counts_that_add_up(desk: Desk) -> None:
    rows = certainty.places(desk, desk.figure("all", 2030), "chance") or []
    sure = sum(row.value.p_shortage >= 0.9 for row in rows)
    said = certainty.sentence(rows)
    assert f"In {sure} von {len(rows)} Kreisen" in said.de
    assert f"In {sure} of {len(rows)} Kreise" in said.en
    assert rows[0].name.de in certainty.told(rows[0], "de")


@pytest.mark.django_db
def test_the_page_answers_while_ranges_are_computed_and_takes_no_nonsense(
    musterland_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACHKRAFTWERK_EDITION", str(musterland_path))
    client = Client()
    assert client.get("/guete/sicherheit/").status_code == 200
    assert client.get("/guete/sicherheit/?ansicht=x&jahr=99999&lesart=%00&jahr=abc").status_code == 200
    open_desk()._measure()
    shown = client.get("/guete/sicherheit/?ansicht=width&jahr=2035").content.decode()
    assert "Wie breit ist die Spanne?" in shown
    assert shown.count('<th scope="row">') == len(open_desk().edition.regions.regions)
    assert 'style="' not in shown


@pytest.mark.parametrize(("chance", "shown"), [(98.5, 98), (99.0, 99), (99.99, 99), (100.0, 100), (89.5, 89), (0.5, 0)])
def test_the_number_never_says_more_than_its_word(chance: float, shown: int) -> None:
    from fachkraftwerk.core.text import Text
    from fachkraftwerk.runs.figures import FigureValue

    value = FigureValue(1.0, 1.0, 0.0, 0.0, 2.0, 2.0, chance / 100)
    row = certainty.Place("01001", Text("a", "a"), value, 100 * value.p_shortage, Text("", ""), None)
    assert row.of_100 == shown
