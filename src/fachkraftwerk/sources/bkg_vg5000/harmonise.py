"""Our decisions on VG5000: names as people say them, validity and successors, shapes for the map."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from fachkraftwerk.sources.bkg_vg5000.geometry import Shape, draw
from fachkraftwerk.sources.territory import validity

if TYPE_CHECKING:
    import pandas as pd

#: Names that already say what they are: Wetteraukreis, Region Hannover, Märkischer Kreis, Regionalverband Saarbrücken.
_SPEAKS = re.compile(r"kreis\b|kreis |region|regionalverband", re.IGNORECASE)
_REGIONS = ["ags", "name", "kind", "nuts3", "area_km2", "valid_from", "valid_to", "successors"]


def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return ``regions`` (one row per Kreis ever valid) and ``shapes`` (one row per Kreis of the file)."""
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
    present = set(table["ags"])
    others = [_row(entry) for entry in _others() if entry["ags"] not in present and present & set(entry["beside"])]
    joined = pd.concat([table, pd.DataFrame(others, columns=_REGIONS)]) if others else table
    return joined[_REGIONS].sort_values("ags", ignore_index=True)


def _validity(ags: str) -> list[str]:
    """First day, last day (ISO, empty if open) and successors (joined by blanks) of the Kreis in these borders."""
    begin, end, after = validity(ags)
    return [begin.isoformat() if begin else "", end.isoformat() if end else "", " ".join(after)]


def _row(entry: dict[str, Any]) -> dict[str, Any]:
    """One entry of others.yaml as a row; dates as ISO text, successors joined by blanks, area unknown."""
    blank = {"name": "", "kind": "", "nuts3": "", "area_km2": float("nan")}
    dates = {key: str(entry.get(key, "")) for key in ("valid_from", "valid_to")}
    stated = {key: entry[key] for key in ("ags", *blank) if key in entry}
    return {**blank, **stated, **dates, "successors": " ".join(entry.get("successors", []))}


def _others() -> list[dict[str, Any]]:
    import yaml

    text = files("fachkraftwerk.sources.bkg_vg5000").joinpath("others.yaml").read_text(encoding="utf-8")
    others: list[dict[str, Any]] = yaml.safe_load(text)
    return others


def _shapes(keys: list[str], shapes: list[Shape]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {"ags": keys, "path": [s.path for s in shapes], "x": [s.x for s in shapes], "y": [s.y for s in shapes],
         "neighbours": [" ".join(keys[i] for i in s.neighbours) for s in shapes]}
    )  # fmt: skip
