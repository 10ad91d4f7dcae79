"""Colours of all documents, read from the one file of tokens that pages use too. Print uses the light values."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

FONTS = ("Noto Sans", "Liberation Sans", "Arial", "Helvetica Neue", "Segoe UI", "DejaVu Sans")
_TOKEN = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-fA-F]{6})\s*;")


@cache
def colours() -> dict[str, str]:
    """Return token name -> "#rrggbb" of the light theme."""
    sheet = files("fachkraftwerk.web").joinpath("static/fachkraftwerk/tokens.css").read_text("utf-8")
    light = sheet[sheet.index(":root") : sheet.index("@media")]
    return {name: value.lower() for name, value in _TOKEN.findall(light)}


def theme() -> dict[str, object]:
    """Return what a typesetting template needs."""
    return {"colours": colours(), "fonts": list(FONTS)}
