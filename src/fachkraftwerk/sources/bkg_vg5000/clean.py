"""VG5000 GeoJSON: one row per Kreis, properties as published, border as GeoJSON text (degrees, WGS84)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fachkraftwerk.sources.faults import Faults
from fachkraftwerk.sources.plain import require_keys
from fachkraftwerk.sources.reading import require_unique, text

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("AGS", "GEN", "BEZ", "NUTS")
_DOWNLOAD = (
    "Laden Sie VG5000 (Kreise) beim BKG als GeoJSON in WGS84 herunter.",
    "Download VG5000 (Kreise) from the BKG as GeoJSON in WGS84.",
)


def clean(data: bytes, name: str) -> pd.DataFrame:
    """Return columns AGS, GEN, BEZ, NUTS, geometry (GeoJSON text). Raises Refusal on anything else."""
    import pandas as pd

    faults = Faults(name)
    rows = [_row(feature, index, faults) for index, feature in enumerate(_features(text(data, name), faults), 1)]
    faults.check()
    frame = pd.DataFrame(rows, columns=[*COLUMNS, "geometry"], dtype=object)
    require_keys(frame, "AGS", 5, faults, first_row=1)
    require_unique(frame, ["AGS"], faults)
    _check_borders(frame, faults)
    faults.check()
    return frame


def _features(content: str, faults: Faults) -> list[dict[str, Any]]:
    try:
        document = json.loads(content)
    except json.JSONDecodeError as error:
        faults.add(
            ("Das GeoJSON bricht ab oder ist beschädigt.", "The GeoJSON is cut off or damaged."), row=error.lineno
        )
        faults.check()
        raise
    features: list[dict[str, Any]] = document.get("features", []) if isinstance(document, dict) else []
    if not features:
        faults.add(("Die Datei enthält keine Gebiete.", "The file holds no areas."), _DOWNLOAD)
    faults.check()
    return features


def _row(feature: dict[str, Any], index: int, faults: Faults) -> dict[str, str]:
    properties = feature.get("properties") or {}
    for column in COLUMNS:
        if not properties.get(column):
            faults.add(
                (f"Das Merkmal „{column}“ fehlt.", f'The property "{column}" is missing.'),
                _DOWNLOAD, row=index, column=column,
            )  # fmt: skip
    kept = {column: str(properties.get(column, "")) for column in COLUMNS}
    return {**kept, "geometry": json.dumps(feature.get("geometry"))}


def _check_borders(frame: pd.DataFrame, faults: Faults) -> None:
    """Areas, in degrees, within Germany; a file in metres would otherwise become a point on the map."""
    import shapely

    borders = shapely.from_geojson(frame["geometry"].to_numpy(), on_invalid="ignore")
    for index, border in enumerate(borders, 1):
        if border is None or border.is_empty or "Polygon" not in border.geom_type or not border.is_valid:
            faults.add(("Die Grenze ist keine gültige Fläche.", "The border is not a valid area."), _DOWNLOAD, index)
            continue
        west, south, east, north = border.bounds
        if not (5 <= west <= east <= 16 and 47 <= south <= north <= 56):
            faults.add(
                ("Die Koordinaten sind keine Grade in Deutschland.", "The coordinates are not degrees in Germany."),
                _DOWNLOAD, row=index, column="geometry",
            )  # fmt: skip
