"""Pictures as text: well-formed, labelled, escaped, with round classes."""

from __future__ import annotations

import math
from xml.etree import ElementTree

import pytest
from tests.runs.samples import HandForecast

from fachkraftwerk.core.figure import Figure
from fachkraftwerk.runs import figures, waterfall
from fachkraftwerk.runs.figures import FigureValue
from fachkraftwerk.web.charts import choropleth, export, fan, small, svg
from fachkraftwerk.web.charts import waterfall as chart

GAP = Figure("t", "06633", 2030)


def all_pictures() -> list[str]:
    forecast = HandForecast()
    steps, years = waterfall.steps(GAP, forecast), figures.path(GAP, forecast)
    bars = [small.AgeBar("15–24", 100.0, 20.0), small.AgeBar("55–64", 300.0, 0.0)]
    return [
        *(chart.waterfall(steps, lang, "a", narrow) for lang in ("de", "en") for narrow in (False, True)),
        *(fan.fan(years, 2030, "de", "b", [fan.Mark(2030, 350.0)], narrow) for narrow in (False, True)),
        small.dots([float(i - 4) for i in range(20)], "de"), small.ages(bars, "de"),
        small.columns([(2024, 10.0), (2025, 30.0)], "de"), small.rail(steps[0].value, -10.0, 2000.0),
    ]  # fmt: skip


@pytest.mark.parametrize("picture", all_pictures())
def test_pictures_are_well_formed_and_free_of_style(picture: str) -> None:
    root = ElementTree.fromstring(picture)
    assert root.tag.endswith("svg")
    assert not [node for node in root.iter() if "style" in node.attrib]


def test_the_description_of_a_waterfall_adds_up_in_words() -> None:
    words = chart.describe(waterfall.steps(GAP, HandForecast()), "de")
    assert "gehen in Rente + 1.000" in words
    assert words.endswith("zusammen 400.")


def test_words_of_others_are_escaped() -> None:
    area = choropleth.Area("06633", "M0 0L1 1L2 0Z", "/x?a=1&b=2", "c-1", "<b>Kassel</b> & Land", 1, 1)
    picture = choropleth.choropleth([area], "Karte")
    ElementTree.fromstring(picture)
    assert "<b>" not in picture


@pytest.mark.parametrize(
    "values",
    [
        [5.5, 5.6, 6.0] * 20,
        [-2.5, *range(2, 25), *range(2, 25), *range(2, 25)],
        [-3, -1, 2, 5, 9, 20] * 9,
        [-10, -5, -2] * 10,
        [0.1, 0.5] * 5,
        [0.0],
        [-5.0],
        [1e6, 3e6],
    ],
)
def test_classes_are_round_cover_everything_and_keep_the_sign(values: list[float]) -> None:
    found = choropleth.classes(values)
    assert len(found) <= 7
    for value in values:
        name = choropleth.class_of(value, found)
        assert name != "c-none"
        assert name.startswith("c-s") == (value < 0)
    assert len({c.klass for c in found}) == len(found)


def test_no_values_no_classes() -> None:
    assert choropleth.classes([math.nan]) == []


def test_a_compact_path_keeps_its_corners() -> None:
    path = "M10.2 10.4L20.1 10.3L20.4 30.2L10.1 30.4Z"
    assert choropleth.rings(choropleth.compact(path)) == [[(10, 10), (20, 10), (20, 30), (10, 30)]]
    assert choropleth.rings("M0 0h4v3h-4z") == [[(0, 0), (4, 0), (4, 3), (0, 3)]]


def test_the_box_around_a_land_holds_it() -> None:
    x, y, width, height = choropleth.bounds(["M100 200L300 200L300 400Z"])
    assert x < 100
    assert y < 200
    assert x + width > 300
    assert y + height > 400


@pytest.mark.parametrize(("low", "high"), [(0, 8900), (-300, 1200), (-5, -1), (0, 3), (0, 0)])
def test_ticks_are_round_and_cover_the_range(low: float, high: float) -> None:
    found = svg.ticks(low, high)
    assert found[0] <= low
    assert found[-1] >= high


def test_an_exported_picture_carries_its_own_colours_and_source() -> None:
    picture = export.standalone(all_pictures()[0], "Titel", ["Quelle & Adresse"])
    ElementTree.fromstring(picture)
    assert "#a8480c" in picture
    assert "var(--" not in picture
    assert "Quelle &amp; Adresse" in picture


def test_dots_tell_how_many_show_a_gap() -> None:
    assert "15 von 20 Punkten" in small.dots([float(i - 4) for i in range(20)], "de")


def test_an_estimated_bar_is_hatched() -> None:
    value = FigureValue(10, 10, 8, 9, 11, 12, 1.0, "persons", 0.5)
    steps = [waterfall.Step("entrants", waterfall.label("entrants", True), 0, 10, value)]
    total = waterfall.Step("total", waterfall.label("replacement", True), 0, 10, value)
    assert chart.waterfall([*steps, total], "de").count("url(#wf-h)") == 1
