"""From borders in degrees to map shapes: equal-area projection, shared-arc simplification, compact SVG paths.

Projection: Lambert azimuthal equal area on the GRS80 ellipsoid (Snyder 1987, Map Projections – A Working Manual,
pp. 187–190), the projection of EPSG:3035 with its centre moved to the middle of Germany. Equal area means that the
same coordinates give the area in km². Simplification: shapely's coverage simplifier, which moves the border
between two Kreise once for both, so neighbours neither gape nor overlap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

#: Drawing area of the map, in map units.
WIDTH, HEIGHT = 1000.0, 1340.0
#: Borders may be moved by about this much when simplified; 1 map unit is about 0.65 km.
TOLERANCE_M = 900.0
_CENTRE_LON, _CENTRE_LAT = 10.4, 51.2
_AXIS_M, _FLATTENING = 6_378_137.0, 1 / 298.257222101
_E2 = _FLATTENING * (2 - _FLATTENING)
_E = _E2**0.5
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Shape:
    """One Kreis on the map: SVG path in map units, label point, area of the full border in km²."""

    path: str
    x: float
    y: float
    area_km2: float
    neighbours: tuple[int, ...]


def _authalic_q(sine: Floats) -> Floats:
    scaled = _E * sine
    term = sine / (1 - scaled**2) - np.log((1 - scaled) / (1 + scaled)) / (2 * _E)
    return np.asarray((1 - _E2) * term)


def project(degrees: Floats) -> Floats:
    """Return metres (east, north) of points (longitude, latitude) in degrees, both shape (n, 2)."""
    lon, lat = np.radians(degrees[:, 0] - _CENTRE_LON), np.radians(degrees[:, 1])
    lat0 = np.radians(np.array([_CENTRE_LAT]))
    pole = _authalic_q(np.ones(1))
    beta, beta0 = (np.arcsin(_authalic_q(np.sin(angle)) / pole) for angle in (lat, lat0))
    radius = _AXIS_M * np.sqrt(pole / 2)
    stretch = _AXIS_M * np.cos(lat0) / np.sqrt(1 - _E2 * np.sin(lat0) ** 2) / (radius * np.cos(beta0))
    cosine = np.sin(beta0) * np.sin(beta) + np.cos(beta0) * np.cos(beta) * np.cos(lon)
    size = radius * np.sqrt(2 / (1 + cosine))
    east = size * stretch * np.cos(beta) * np.sin(lon)
    north = size / stretch * (np.cos(beta0) * np.sin(beta) - np.sin(beta0) * np.cos(beta) * np.cos(lon))
    return np.column_stack([east, north])


def draw(borders: Sequence[BaseGeometry]) -> list[Shape]:
    """Turn borders (degrees, sharing their edges) into map shapes, in the same order."""
    metric = shapely.transform(np.asarray(borders, dtype=object), project)
    simple = shapely.coverage_simplify(metric, TOLERANCE_M)
    placed = shapely.transform(simple, _placing(metric))
    labels = [shapely.maximum_inscribed_circle(_largest(shape)).coords[0] for shape in placed]
    beside = _neighbours(metric)
    return [
        Shape(_path(shape), round(x, 1), round(y, 1), round(float(shapely.area(full)) / 1e6, 2), beside[i])
        for i, (shape, full, (x, y)) in enumerate(zip(placed, metric, labels, strict=True))
    ]


def _placing(metric: NDArray[np.object_]) -> _Placing:
    west, south, east, north = shapely.total_bounds(metric)
    scale = min(WIDTH / (east - west), HEIGHT / (north - south))
    return _Placing(scale, (WIDTH - scale * (east - west)) / 2 - scale * west, scale * north)


@dataclass(frozen=True)
class _Placing:
    """Metres to map units; y grows downwards; a little rounding so that both sides of a border agree."""

    scale: float
    left: float
    top: float

    def __call__(self, metres: Floats) -> Floats:
        placed = np.column_stack([self.left + self.scale * metres[:, 0], self.top - self.scale * metres[:, 1]])
        return np.asarray(np.round(placed, 1))


def _largest(shape: BaseGeometry) -> BaseGeometry:
    return max(shapely.get_parts(shape), key=lambda part: float(shapely.area(part)))


def _neighbours(metric: NDArray[np.object_]) -> list[tuple[int, ...]]:
    """Kreise that share a border line; a common point is not enough."""
    left, right = shapely.STRtree(metric).query(metric, predicate="intersects")
    shared = shapely.length(shapely.intersection(shapely.boundary(metric[left]), shapely.boundary(metric[right])))
    pairs = [(a, b) for a, b, length in zip(left, right, shared, strict=True) if a != b and length > 0]
    return [tuple(sorted(int(b) for a, b in pairs if a == i)) for i in range(len(metric))]


def _path(shape: BaseGeometry) -> str:
    parts = [shapely.orient_polygons(part) for part in shapely.get_parts(shape)]
    return "".join(_ring(ring) for part in parts for ring in (part.exterior, *part.interiors))


def _ring(ring: BaseGeometry) -> str:
    """Write a closed ring as moves in tenths of a map unit, relative after the first point, so nothing drifts."""
    tenths = np.round(shapely.get_coordinates(ring) * 10).astype(int)
    steps = np.diff(tenths, axis=0)[:-1]
    steps = steps[np.any(steps != 0, axis=1)]
    start = f"M{_number(tenths[0][0])} {_number(tenths[0][1])}l"
    moves = " ".join(f"{_number(dx)} {_number(dy)}" for dx, dy in steps)
    return start + moves.replace(" -", "-") + "z"


def _number(tenths: int) -> str:
    """Write tenths without the zero before the point; SVG reads ".5" and "-.5"."""
    return f"{tenths / 10:g}".replace("0.", ".", 1) if abs(tenths) < 10 else f"{tenths / 10:g}"
