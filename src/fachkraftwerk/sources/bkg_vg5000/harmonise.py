"""Our decisions on VG5000: names as people say them, validity and successors, shapes for the map."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fachkraftwerk.sources.bkg_vg5000.geometry import Shape, draw
from fachkraftwerk.sources.territory import validity

if TYPE_CHECKING:
    import pandas as pd

#: Names that already say what they are: Wetteraukreis, Region Hannover, Märkischer Kreis, Regionalverband Saarbrücken.
_SPEAKS = re.compile(r"kreis\b|kreis |region|regionalverband", re.IGNORECASE)
_REGIONS = ["ags", "name", "kind", "nuts3", "area_km2", "valid_from", "valid_to", "successors"]


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return ``regions`` and ``shapes``, one row per Kreis of the file."""
    import pandas as pd
    import shapely

    frame = pd.concat(cleaned.values()).sort_values("AGS", ignore_index=True)
    shapes = draw(shapely.from_geojson(frame["geometry"].to_numpy()))
    return {"regions": _regions(frame, shapes), "shapes": _shapes(frame["AGS"].tolist(), shapes)}


def spoken_name(name: str, kind: str) -> str:
    """Return the name as people say it: "Landkreis Kassel", "Kassel" for the city, "Wetteraukreis"."""
    bare = name.removesuffix(", Stadt")
    if "stadt" in kind.lower() or _SPEAKS.search(bare):
        return bare
    return f"{kind} {bare}"


def _regions(frame: pd.DataFrame, shapes: list[Shape]) -> pd.DataFrame:
    import pandas as pd

    named = [spoken_name(name, kind) for name, kind in zip(frame["GEN"], frame["BEZ"], strict=True)]
    table = pd.DataFrame(
        {"ags": frame["AGS"], "name": named, "kind": frame["BEZ"], "nuts3": frame["NUTS"],
         "area_km2": [shape.area_km2 for shape in shapes], "valid_from": "", "valid_to": "", "successors": ""}
    )  # fmt: skip
    for index, ags in enumerate(table["ags"]):
        table.loc[index, ["valid_from", "valid_to", "successors"]] = _validity(ags)
    return table[_REGIONS].sort_values("ags", ignore_index=True)


def _validity(ags: str) -> list[str]:
    """First day, last day (ISO, empty if open) and successors (joined by blanks) of the Kreis in these borders."""
    begin, end, after = validity(ags)
    return [begin.isoformat() if begin else "", end.isoformat() if end else "", " ".join(after)]


def _shapes(keys: list[str], shapes: list[Shape]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {"ags": keys, "path": [s.path for s in shapes], "x": [s.x for s in shapes], "y": [s.y for s in shapes],
         "neighbours": [" ".join(keys[i] for i in s.neighbours) for s in shapes]}
    )  # fmt: skip
