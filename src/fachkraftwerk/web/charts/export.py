"""A picture as a file: with its own colours, title, source line and figure id, as SVG or PNG."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from textwrap import wrap

from fachkraftwerk.web.charts.svg import el, text

_VIEW = re.compile(r'viewBox="([-\d. ]+)"')


@cache
def palette() -> str:
    """Return the chart rules with the light values of the tokens written in."""
    web = files("fachkraftwerk.web")
    tokens = web.joinpath("static/fachkraftwerk/tokens.css").read_text(encoding="utf-8")
    values = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", tokens.split("@media")[0]))
    rules = web.joinpath("regions/static/regions/charts.css").read_text(encoding="utf-8").split("/* page only */")[0]
    plain = re.sub(r"var\((--[\w-]+)\)", lambda hit: values[hit[1]], re.sub(r"/\*.*?\*/", "", rules, flags=re.S))
    return re.sub(r"\s+", " ", plain).strip()


#: Small pictures are enlarged to this width, so that title and source fit beside them.
SMALLEST = 720.0
#: Widths of a letter of the title and of the lines below, at most.
TITLE, SMALL = 12.4, 6.9


def standalone(svg: str, title: str, source: Sequence[str]) -> str:
    """Return the picture as a complete SVG file on paper colour: title above, lines of source below."""
    found = _VIEW.search(svg)
    if not found:
        raise ValueError("the picture has no viewBox")
    width, height = (float(v) for v in found[1].split()[2:])
    wide = max(width, SMALLEST)
    height *= wide / width
    heading = [text(24, 42 + 30 * i, words, "th") for i, words in enumerate(wrap(title, int(wide / TITLE)))]
    top = 40 + 30 * len(heading)
    inner = svg.replace("<svg ", f'<svg x="24" y="{top}" width="{wide:g}" height="{height:g}" ', 1)
    lines = [part for words in source for part in wrap(words, int(wide / SMALL))]
    below = [text(24, top + height + 36 + 20 * i, words, "tm") for i, words in enumerate(lines)]
    size = (wide + 48, top + height + 36 + 20 * len(lines))
    return el(
        "svg", f"<style>{palette()}</style>", el("rect", width=size[0], height=size[1], class_="f-paper"),
        *heading, inner, *below,
        xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {size[0]:g} {size[1]:g}", width=size[0], height=size[1],
    )  # fmt: skip


def png(svg: str, width: int = 2000) -> bytes:
    """Return the picture as PNG, drawn without a browser."""
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width))
