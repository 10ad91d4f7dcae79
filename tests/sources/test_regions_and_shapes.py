"""VG5000: names, validity, the map."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from tests.sources import real, twins

from fachkraftwerk.core.text import Text
from fachkraftwerk.sources.bkg_vg5000.clean import clean
from fachkraftwerk.sources.bkg_vg5000.geometry import draw, project
from fachkraftwerk.sources.bkg_vg5000.harmonise import spoken_name
from fachkraftwerk.sources.publication import FOLDER as SOURCES
from fachkraftwerk.sources.publication import publication

FILE = "bkg-vg5000-kreise-2023/kreise_vg5000_2023.geojson.gz"
NAME = "kreise_vg5000_2023.geojson.gz"


@cache
def sample() -> dict[str, pd.DataFrame]:
    entry = publication("bkg-vg5000")
    return entry.read(entry.sample).tables


def row(table: pd.DataFrame, ags: str) -> pd.Series:
    return table.set_index("ags").loc[ags]


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("Kassel", "Landkreis", "Landkreis Kassel"), ("Kassel, Stadt", "Kreisfreie Stadt", "Kassel"),
        ("Stuttgart, Stadt", "Stadtkreis", "Stuttgart"), ("Wetteraukreis", "Landkreis", "Wetteraukreis"),
        ("Märkischer Kreis", "Kreis", "Märkischer Kreis"), ("Region Hannover", "Landkreis", "Region Hannover"),
        ("Städteregion Aachen", "Kreis", "Städteregion Aachen"), ("Bad Kreuznach", "Landkreis", "Landkreis Bad Kreuznach"),
        ("Regionalverband Saarbrücken", "Landkreis", "Regionalverband Saarbrücken"), ("Unna", "Kreis", "Kreis Unna"),
        ("Altmarkkreis Salzwedel", "Landkreis", "Altmarkkreis Salzwedel"), ("Regen", "Landkreis", "Landkreis Regen"),
    ],
)  # fmt: skip
def test_names_are_said_as_people_say_them(name: str, kind: str, said: str) -> None:
    assert spoken_name(name, kind) == said


def test_hanau_and_eisenach_stand_beside_the_400() -> None:
    regions = pd.concat([sample()["regions"], publication("gebietsaenderungen").read(SOURCES).tables["regions"]])
    assert row(regions, "06415")["valid_from"] == "2026-01-01"
    assert row(regions, "06435")[["valid_to", "successors"]].tolist() == ["2025-12-31", "06415 06435"]
    assert row(regions, "16056")[["valid_to", "successors"]].tolist() == ["2021-06-30", "16063"]
    assert row(regions, "16063")["valid_from"] == "2021-07-01"


def test_neighbours_share_a_border_not_just_a_corner() -> None:
    shapes = sample()["shapes"]
    assert row(shapes, "06611")["neighbours"] == "06633"
    assert row(shapes, "06435")["neighbours"] == "06633"  # meets 16063 in one point only


def test_a_city_inside_a_kreis_is_a_hole_and_the_label_stands_in_the_kreis() -> None:
    shapes = sample()["shapes"]
    outer, hole = polygon(row(shapes, "06633")["path"])
    assert shapely.Polygon(hole).equals(shapely.Polygon(polygon(row(shapes, "06611")["path"])[0]))
    kreis = shapely.Polygon(outer, [hole])
    assert kreis.contains(shapely.Point(*row(shapes, "06633")[["x", "y"]]))


def polygon(path: str) -> list[list[tuple[float, float]]]:
    """Read our own path notation back: absolute start, relative moves."""
    rings = []
    for ring in re.findall(r"M([^Mz]+)z", path):
        start, moves = ring.split("l")
        numbers = [[float(n) for n in re.findall(r"-?(?:\d*\.\d+|\d+)", part)] for part in (start, moves)]
        steps = np.array(numbers[0] + numbers[1]).reshape(-1, 2).cumsum(axis=0)
        rings.append([(round(x, 1), round(y, 1)) for x, y in steps])
    return rings


def test_the_projection_keeps_areas() -> None:
    cell = np.array([[9.0, 51.0], [9.0, 51.1], [9.1, 51.1], [9.1, 51.0]])
    km2 = shapely.Polygon(project(cell)).area / 1e6
    assert km2 == pytest.approx(7.012 * 11.125, rel=0.002)  # a tenth of a degree at 51° N, GRS80


def test_neighbours_neither_gape_nor_overlap_after_simplification() -> None:
    rng = np.random.default_rng(3)
    edge = np.column_stack([10 + rng.normal(0, 0.02, 200), np.linspace(50, 51, 200)])
    left = shapely.Polygon([(9, 50), *map(tuple, edge), (9, 51)])
    right = shapely.Polygon([(11, 50), *map(tuple, edge), (11, 51)])
    shapes = [shapely.Polygon(polygon(shape.path)[0]) for shape in draw([left, right])]
    assert shapes[0].intersection(shapes[1]).area == pytest.approx(0, abs=1e-6)
    whole = shapely.union_all(shapes)
    assert whole.geom_type == "Polygon" and not whole.interiors


def changed(change: object) -> bytes:
    document = json.loads(twins.inner(twins.sample("bkg_vg5000", FILE)))
    change(document["features"])  # type: ignore[operator]
    return json.dumps(document).encode()


def fault(change: object) -> Text:
    return twins.refusal(clean, changed(change), NAME).faults[0].what


def test_broken_twins_are_refused() -> None:
    assert "NUTS" in fault(lambda f: f[0]["properties"].pop("NUTS")).de
    assert "6611" in fault(lambda f: f[0]["properties"].update(AGS="6611")).de
    assert "doppelt" in fault(lambda f: f.append(f[0])).de
    assert (
        "Grade"
        in fault(lambda f: f[2]["geometry"].update(coordinates=[[[5e5, 5e6], [6e5, 5e6], [6e5, 6e6], [5e5, 5e6]]])).de
    )
    assert "gültige Fläche" in fault(lambda f: f[2].update(geometry=None)).de
    assert "keine Gebiete" in fault(lambda f: f.clear()).de


def test_all_faults_are_told_at_once() -> None:
    def spoil(features: list[dict[str, dict[str, str]]]) -> None:
        for feature in features:
            feature["properties"]["AGS"] = "1"

    assert len(twins.refusal(clean, changed(spoil), NAME).faults) >= 4


@pytest.mark.slow
def test_real_map_of_the_400(raw_dir: Path) -> None:
    tables = real.tables("bkg-vg5000", raw_dir)
    regions, shapes = tables["regions"], tables["shapes"]
    assert len(shapes) == 400 and len(regions) == 400 and not regions["name"].duplicated().any()
    assert row(regions, "06633")["name"] == "Landkreis Kassel" and row(regions, "06611")["name"] == "Kassel"
    assert row(regions, "06633")["nuts3"] == "DE734"
    assert row(regions, "06633")["area_km2"] == pytest.approx(1293, rel=0.01)
    assert regions["area_km2"].sum() == pytest.approx(357_600, rel=0.005)
    assert row(shapes, "06633")["neighbours"] == "03155 03159 05762 06611 06634 06635 06636"
    assert shapes["path"].str.len().sum() < 250_000


@pytest.mark.slow
def test_real_map_fits_its_frame_and_neighbours_are_mutual(raw_dir: Path) -> None:
    shapes = real.tables("bkg-vg5000", raw_dir)["shapes"].set_index("ags")
    points = np.array([p for path in shapes["path"] for ring in polygon(path) for p in ring])
    assert points.min() >= 0 and points[:, 0].max() <= 1000 and points[:, 1].max() <= 1340
    for ags, beside in shapes["neighbours"].items():
        assert all(ags in shapes.loc[other, "neighbours"].split() for other in beside.split())
    for ags, path in shapes["path"].items():
        rings = [shapely.Polygon(ring) for ring in polygon(path)]
        assert any(ring.contains(shapely.Point(shapes.loc[ags, "x"], shapes.loc[ags, "y"])) for ring in rings)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("06415,", "6415,", "führende Null"), ("2026-01-01", "1.1.2026", "nicht möglich"),
        (",16063,", ",Wartburgkreis,", "nicht möglich"), ("successors", "nachfolger", "„successors“ fehlt"),
        ("16056,", "06415,", "doppelt"),
    ],
)  # fmt: skip
def test_a_wrong_list_of_changes_is_refused(old: str, new: str, said: str) -> None:
    from fachkraftwerk.sources.gebietsaenderungen.clean import clean as clean_changes

    data = (SOURCES / "gebietsaenderungen" / "kreise.csv").read_bytes()
    assert said in twins.refusal(clean_changes, twins.replaced(data, old, new), "kreise.csv").message("de")
