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
_COLUMNS, _WIDTH, _HEIGHT = 3, 320, 320


def facts(values: Any, dims: Mapping[str, Iterable[Any]], status: str = "") -> pd.DataFrame:
    """Return an array over ``dims`` as facts with one status."""
    import pandas as pd

    labels = [list(names) for names in dims.values()]
    index = pd.MultiIndex.from_product(labels, names=list(dims))
    values = np.broadcast_to(np.asarray(values, dtype=float), [len(names) for names in labels])
    return pd.DataFrame({"value": values.ravel()}, index=index).reset_index().assign(status=status)


def map_tables() -> dict[str, pd.DataFrame]:
    """Return regions, shapes and area: a grid of squares; one Kreis grew by a merger, one will be divided."""
    import pandas as pd

    rows = [
        {"ags": ags, "name": name, "kind": kind, "nuts3": f"DEM{number:02d}", "area_km2": _area(kind),
         "valid_from": "", "valid_to": "", "successors": ""}
        for number, (ags, (name, kind, _, _)) in enumerate(zip(AGS, KREISE, strict=True), 1)
    ]  # fmt: skip
    rows[3] |= {"valid_from": "2021-07-01"}
    rows[4] |= {"valid_to": "2025-12-31", "successors": "99005 99014"}
    former = {"nuts3": "", "area_km2": np.nan, "kind": "Kreisfreie Stadt"}
    rows.append({"ags": "99013", "name": "Altstadt", **former, "valid_from": "", "valid_to": "2021-06-30",
                 "successors": "99004"})  # fmt: skip
    rows.append({"ags": "99014", "name": "Talstadt", **former, "valid_from": "2026-01-01", "valid_to": "",
                 "successors": ""})  # fmt: skip
    shapes = [{"ags": ags, **_square(number)} for number, ags in enumerate(AGS)]
    areas = facts([_area(kind) for _, kind, _, _ in KREISE], {"ags": AGS}).assign(year=2019)
    return {"regions": pd.DataFrame(rows), "shapes": pd.DataFrame(shapes), "area": areas}


def distances() -> Floats:
    """Return distances between Kreise in cells of the grid, shape (home, work)."""
    places = np.array([divmod(number, _COLUMNS) for number in range(len(AGS))], dtype=float)
    return np.asarray(np.sqrt(((places[:, None] - places[None]) ** 2).sum(axis=2)))


def _area(kind: str) -> float:
    return 110.0 if kind == "Kreisfreie Stadt" else 1_240.0


def _square(number: int) -> dict[str, Any]:
    row, column = divmod(number, _COLUMNS)
    left, top = 20 + column * _WIDTH, 20 + row * _HEIGHT
    beside = [AGS[other] for other in range(len(AGS)) if 0 < distances()[number, other] <= 1]
    path = f"M{left} {top}l{_WIDTH} 0 0 {_HEIGHT}-{_WIDTH} 0z"
    return {"ags": AGS[number], "path": path, "x": left + _WIDTH / 2, "y": top + _HEIGHT / 2,
            "neighbours": " ".join(beside)}  # fmt: skip
