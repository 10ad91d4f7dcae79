"""The map: one link per Kreis, classes with round limits, the chosen one outlined."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import pairwise

from fachkraftwerk.core.text import Text, number
from fachkraftwerk.web.charts.svg import el

Box = tuple[float, float, float, float]
#: The canvas of the shapes as the edition stores them.
CANVAS: Box = (0.0, 0.0, 1000.0, 1340.0)


@dataclass(frozen=True)
class Area:
    """One Kreis on the map: its shape, where its page is, which class it has and what is said on focus."""

    ags: str
    path: str
    href: str
    klass: str
    words: str
    x: float
    y: float
    chosen: bool = False


@dataclass(frozen=True)
class Class:
    """One class of the legend; limits in the unit of the map."""

    klass: str
    low: float
    high: float

    def words(self, lang: str, digits: int = 0) -> str:
        """Return "4 bis unter 8", "unter −4", "20 und mehr"."""
        low, high = number(self.low, lang, digits), number(self.high, lang, digits)
        if math.isinf(self.low):
            return Text(f"unter {high}", f"below {high}").in_(lang)
        if math.isinf(self.high):
            return Text(f"{low} und mehr", f"{low} and more").in_(lang)
        return Text(f"{low} bis unter {high}", f"{low} to below {high}").in_(lang)


def classes(values: Iterable[float]) -> list[Class]:
    """Return classes with round limits that cover the spread; zero, where crossed, is always a limit.

    At most two classes below zero and five above; the outer ones are open.
    """
    known = sorted(v for v in values if math.isfinite(v))
    if not known:
        return []
    low, high = known[int(0.02 * (len(known) - 1))], known[int(0.98 * (len(known) - 1))]
    if known[0] < 0:
        # A single Kreis on the other side of zero is not seen in the spread, yet its sign must be on the map.
        low = min(low, -1e-9)
    step = _round_step(max(high - low, abs(high) * 0.05, 1e-9) / 6)
    while math.ceil(high / step) - max(0, math.floor(low / step)) > 5 or -math.floor(low / step) > 3:
        step = _round_step(step * 1.01)
    # The lowest class is open, so two below zero hold whatever lies there.
    first, last = max(-2, math.floor(low / step)), math.ceil(high / step)
    inner = (
        [i * step for i in range(first + 1, last)] if low > 0 else [i * step for i in range(first + 1, max(1, last))]
    )
    limits = [-math.inf, *inner, math.inf]
    pairs = list(pairwise(limits))
    below = [pair for pair in pairs if pair[1] <= 0]
    above = [pair for pair in pairs if pair[1] > 0]
    named = [Class(f"c-s{min(2, len(below) - i)}", *pair) for i, pair in enumerate(below)]
    shades = _SHADES[len(above)]
    return named + [Class(f"c-{shades[i]}", *pair) for i, pair in enumerate(above)]


#: Number of classes above zero → which of the five shades they take.
_SHADES = {0: (), 1: (2,), 2: (1, 4), 3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 4, 5)}


def _round_step(raw: float) -> float:
    power = 10.0 ** math.floor(math.log10(raw))
    return next(m * power for m in (1, 2, 3, 4, 5, 10) if m * power >= raw * 0.999)


def digits(among: Sequence[Class]) -> int:
    """Return how many decimals the limits need."""
    ends = [c.high for c in among if math.isfinite(c.high)]
    return next((n for n in range(3) if all(abs(end - round(end, n)) < 1e-9 for end in ends)), 2)


def class_of(value: float, among: Sequence[Class]) -> str:
    """Return the class name of a value; "c-none" where there is none."""
    return next((c.klass for c in among if c.low <= value < c.high), "c-none")


def choropleth(areas: Sequence[Area], title: str, ident: str = "map", box: Box = CANVAS, lines: str = "") -> str:
    """Return the map as a group of links; every link says name and value, so it can be read without seeing it.

    lines: path drawn over the areas, the borders of the Länder.
    """
    links = [
        el(
            "a", el("title", escape(area.words)), el("path", d=area.path, fill=hatching(area.klass)), href=area.href, class_=_classes(area),
            data_x=round(area.x), data_y=round(area.y),
        )
        for area in sorted(areas, key=lambda area: area.chosen)
    ]  # fmt: skip
    view = " ".join(f"{v:g}" for v in box)
    return el(
        "svg", el("title", escape(title), id=f"{ident}-t"), el("defs", *map(_pattern, HATCHED)), *links,
        el("path", d=lines, class_="borders") if lines else "", xmlns="http://www.w3.org/2000/svg",
        viewBox=view, role="group", class_="map", aria_labelledby=f"{ident}-t",
    )  # fmt: skip


#: Classes below zero: doubled by hatching, so that the sign does not hang on colour alone.
HATCHED = ("c-s1", "c-s2")


def hatching(klass: str) -> str | None:
    """Return the fill of a hatched class; None for the plain ones."""
    return f"url(#{klass})" if klass in HATCHED else None


def _pattern(klass: str) -> str:
    ground = el("rect", width=7, height=7, class_=f"g{klass[1:]}")
    return el(
        "pattern", ground, el("path", d="M0 0V7", class_="thin"), id=klass, width=7, height=7,
        patternUnits="userSpaceOnUse", patternTransform="rotate(45)",
    )  # fmt: skip


def _classes(area: Area) -> str:
    return f"{area.klass} chosen" if area.chosen else area.klass


# --- shapes --------------------------------------------------------------------------------------------------

_TOKEN = re.compile(r"[MmLlHhVvZz]|-?\d*\.?\d+(?:e-?\d+)?")


def rings(path: str) -> list[list[tuple[float, float]]]:
    """Return the rings of a path made of straight lines (M, L, H, V, Z in both cases)."""
    tokens = iter(_TOKEN.findall(path))
    done: list[list[tuple[float, float]]] = []
    x = y = 0.0
    command = ""
    for token in tokens:
        if token.isalpha():
            command = token
            if command in "Zz" and done:
                x, y = done[-1][0]
            continue
        first = float(token)
        x, y = _moved(command, x, y, first, tokens)
        if command in "Mm":
            done.append([])
            command = "L" if command == "M" else "l"
        done[-1].append((x, y))
    return [ring for ring in done if ring]


def _moved(command: str, x: float, y: float, first: float, tokens: Iterable[str]) -> tuple[float, float]:
    if command in "Hh":
        return (first if command == "H" else x + first), y
    if command in "Vv":
        return x, (first if command == "V" else y + first)
    second = float(next(iter(tokens)))
    return (first, second) if command.isupper() else (x + first, y + second)


@lru_cache(maxsize=1024)
def compact(path: str) -> str:
    """Return the path on whole units with relative steps: a third of the bytes, the same picture at map size."""
    written = []
    for ring in rings(path):
        points = [(round(x), round(y)) for x, y in ring]
        kept = [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]
        if len(kept) < 3:
            continue
        steps = ((b[0] - a[0], b[1] - a[1]) for a, b in pairwise(kept))
        written.append(
            f"M{kept[0][0]} {kept[0][1]}l" + " ".join(f"{dx} {dy}" for dx, dy in steps).replace(" -", "-") + "z"
        )
    return "".join(written) or path


Point = tuple[int, int]


def borders(paths: Mapping[str, str]) -> str:
    """Return the lines between Länder as one path on whole units. paths: AGS → shape as the edition stores it.

    Neighbours share their corners to a tenth of a unit, so a line of two Länder is one that both have.
    """
    laender: dict[tuple[Point, Point], set[str]] = {}
    for ags, path in paths.items():
        for ring in rings(path):
            corners = [(round(10 * x), round(10 * y)) for x, y in ring]
            for a, b in pairwise([*corners, corners[0]]):
                laender.setdefault((min(a, b), max(a, b)), set()).add(ags[:2])
    return "".join(_polyline(chain) for chain in _chains([edge for edge, found in laender.items() if len(found) > 1]))


def _chains(edges: Iterable[tuple[Point, Point]]) -> Iterator[list[Point]]:
    """Join edges end to end, as far as each line goes."""
    beside: dict[Point, set[Point]] = {}
    for a, b in edges:
        beside.setdefault(a, set()).add(b)
        beside.setdefault(b, set()).add(a)
    # Lines start where they end or branch; what is left afterwards are closed rings (Berlin).
    for start in sorted(beside, key=lambda point: (len(beside[point]) == 2, point)):
        while beside[start]:
            chain = [start]
            while beside[chain[-1]]:
                here = chain[-1]
                there = min(beside[here])
                beside[here].discard(there)
                beside[there].discard(here)
                chain.append(there)
            yield chain


def _polyline(chain: Sequence[Point]) -> str:
    points = [(round(x / 10), round(y / 10)) for x, y in chain]
    steps = " ".join(f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(points) if a != b)
    return f"M{points[0][0]} {points[0][1]}l{steps.replace(' -', '-')}" if steps else ""


def bounds(paths: Iterable[str], margin: float = 0.03) -> Box:
    """Return the box around shapes with a small margin, for the map of one Land."""
    points = [point for path in paths for ring in rings(path) for point in ring]
    if not points:
        return CANVAS
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    pad = margin * max(width, height)
    return (round(min(xs) - pad), round(min(ys) - pad), round(width + 2 * pad), round(height + 2 * pad))
