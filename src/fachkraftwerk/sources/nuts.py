"""Eurostat's keys of the Kreise (NUTS 3, versions 2016 and 2021) and the official keys they stand for.

``nuts3.csv`` holds the 401 Kreise of 31.12.2019 as in the Gemeindeverzeichnis (Destatis, dl-de/by-2-0).
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def ags_by_nuts3() -> dict[str, str]:
    """Return NUTS 3 key → official key of 2019 (still to be brought to the working territory)."""
    text = files("fachkraftwerk.sources").joinpath("nuts3.csv").read_text(encoding="utf-8")
    return {row["nuts3"]: row["ags"] for row in csv.DictReader(text.splitlines())}
