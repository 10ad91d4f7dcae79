"""Geography of Musterland: twelve Kreise on a grid, two reforms, and how tables are laid out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
LAND = "99"
#: Name, kind, inhabitants, weight of jobs (1 = as many as workers living there). Cities draw commuters.
KREISE: tuple[tuple[str, str, int, float], ...] = (
    ("Musterstadt", "Kreisfreie Stadt", 210_000, 1.9),
    ("Landkreis Musterstadt", "Landkreis", 240_000, 0.75),
    ("Landkreis Waldhausen", "Landkreis", 92_000, 0.8),
    ("Landkreis Seeland", "Landkreis", 118_000, 0.85),
    ("Landkreis Bergtal", "Landkreis", 154_000, 0.8),
    ("Nordhafen", "Kreisfreie Stadt", 108_000, 1.6),
    ("Landkreis Nordhafen", "Landkreis", 131_000, 0.65),
    ("Landkreis Heidemoor", "Landkreis", 71_000, 0.75),
    ("Steinbachkreis", "Landkreis", 163_000, 0.95),
    ("Neuburg", "Kreisfreie Stadt", 296_000, 1.5),
    ("Landkreis Neuburg", "Landkreis", 212_000, 0.85),
    ("Auenkreis", "Landkreis", 64_000, 0.7),
)
AGS = tuple(f"{LAND}{number:03d}" for number in range(1, len(KREISE) + 1))
#: The first eight have tables of their own (margins by occupation, exact totals).
OWN_TABLES = AGS[:8]
_COLUMNS = 3
#: Corner of the grid and size of a Kreis, in degrees.
_WEST, _NORTH, _WIDTH, _HEIGHT = 9.5, 52.0, 0.5, 0.3125


def facts(values: Any, dims: Mapping[str, Iterable[Any]], status: str = "") -> pd.DataFrame:
    """Return an array over ``dims`` as facts with one status."""
    import pandas as pd

    labels = [list(names) for names in dims.values()]
    index = pd.MultiIndex.from_product(labels, names=list(dims))
    values = np.broadcast_to(np.asarray(values, dtype=float), [len(names) for names in labels])
    return pd.DataFrame({"value": values.ravel()}, index=index).reset_index().assign(status=status)


def map_tables() -> dict[str, pd.DataFrame]:
    """Return regions and area; one Kreis grew by a merger, one will be divided (``sources/territory.yaml``)."""
    import pandas as pd

    rows = [
        {"ags": ags, "name": name, "kind": kind, "nuts3": f"DEM{number:02d}", "area_km2": _area(kind),
         "valid_from": "", "valid_to": "", "successors": ""}
        for number, (ags, (name, kind, _, _)) in enumerate(zip(AGS, KREISE, strict=True), 1)
    ]  # fmt: skip
    former = {"nuts3": "", "area_km2": np.nan, "kind": "Kreisfreie Stadt"}
    rows.append({"ags": "99013", "name": "Altstadt", **former, "valid_from": "", "valid_to": "2021-06-30",
                 "successors": "99004"})  # fmt: skip
    rows.append({"ags": "99014", "name": "Talstadt", **former, "valid_from": "2026-01-01", "valid_to": "",
                 "successors": ""})  # fmt: skip
    areas = facts([_area(kind) for _, kind, _, _ in KREISE], {"ags": AGS}).assign(year=2019)
    return {"regions": pd.DataFrame(rows), "area": areas}


def distances() -> Floats:
    """Return distances between Kreise in cells of the grid, shape (home, work)."""
    places = np.array([divmod(number, _COLUMNS) for number in range(len(AGS))], dtype=float)
    return np.asarray(np.sqrt(((places[:, None] - places[None]) ** 2).sum(axis=2)))


def _area(kind: str) -> float:
    return 110.0 if kind == "Kreisfreie Stadt" else 1_240.0


def borders() -> dict[str, dict[str, Any]]:
    """Return the border of each Kreis as GeoJSON geometry, in degrees; the harbour of Nordhafen lies on an island."""
    squares = {ags: [_square(*divmod(number, _COLUMNS))] for number, ags in enumerate(AGS)}
    squares["99006"].append(_square(-0.6, 2.3, 0.3))
    return {
        ags: {"type": "Polygon", "coordinates": rings[0]} if len(rings) == 1 else
        {"type": "MultiPolygon", "coordinates": rings} for ags, rings in squares.items()
    }  # fmt: skip


def _square(row: float, column: float, size: float = 1.0) -> list[list[list[float]]]:
    """Rings of a square; rows count from north to south."""
    west, north = _WEST + column * _WIDTH, _NORTH - row * _HEIGHT
    east, south = west + size * _WIDTH, north - size * _HEIGHT
    return [[[west, north], [west, south], [east, south], [east, north], [west, north]]]
