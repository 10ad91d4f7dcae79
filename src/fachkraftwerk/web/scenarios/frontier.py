"""What more money brings: the best set for every budget as points, each with its range."""

from __future__ import annotations

from collections.abc import Sequence

from fachkraftwerk.core.text import Text, number, significant
from fachkraftwerk.runs.portfolio import Point
from fachkraftwerk.web.charts.svg import Frame, Scale, el, line, scale, text, ticks

_TITLE = Text("Was mehr Geld bringt", "What more money brings")
_PERSONS, _MILLION = Text("Personen", "persons"), Text("Mio. Euro", "million euros")


def frontier(points: Sequence[Point], lang: str, ident: str = "front", narrow: bool = False) -> str:
    """Return the picture: euros to the right, persons upwards; the last point is the best set for the whole budget."""
    width, height = (380.0, 280.0) if narrow else (700.0, 320.0)
    left, right = 58.0, 24.0
    x_steps = ticks(0, max(p.euro for p in points) / 1e6, 3 if narrow else 5)
    y_steps = ticks(0, max(p.closing.p90 for p in points), 4)
    x, y = scale(0, x_steps[-1] * 1e6, left, width - right), scale(0, y_steps[-1], height - 52, 26)
    body = [_axes(x_steps, y_steps, x, y, left, width - right, height, lang)]
    path = "M" + "L".join(
        f"{x(e):.1f} {y(v):.1f}" for e, v in [(0.0, 0.0), *((p.euro, p.closing.central) for p in points)]
    )
    body.append(el("path", d=path, class_="dot-surplus"))
    for i, point in enumerate(points):
        at = x(point.euro)
        if point.closing.ranged:
            body.append(line(at, y(point.closing.p10), at, y(point.closing.p90), "whisker"))
        body.append(
            el("circle", cx=at, cy=y(point.closing.central), r=7.0 if i == len(points) - 1 else 5.0, class_="mark")
        )
    klass = "narrow" if narrow else "wide"
    return Frame(ident, width, height, _TITLE.in_(lang), describe(points, lang), klass).close(*body)


def describe(points: Sequence[Point], lang: str) -> str:
    """Return the points as one sentence."""
    parts = [
        f"{number(significant(p.euro, 3), lang)} Euro: {number(significant(p.closing.central), lang)}" for p in points
    ]
    return "; ".join(parts) + "."


def _axes(
    across: Sequence[float],
    up: Sequence[float],
    x: Scale,
    y: Scale,
    left: float,
    right: float,
    height: float,
    lang: str,
) -> str:
    decimals = 0 if all(float(v).is_integer() for v in across) else 1
    rows = [
        line(left, y(v), right, y(v), "axis" if v == 0 else "grid")
        + text(left - 10, y(v) + 5, number(v, lang), "tm", "end")
        for v in up
    ]
    columns = [text(x(v * 1e6), height - 30, number(v, lang, decimals), "tm", "middle") for v in across]
    names = text(left, 14, _PERSONS.in_(lang), "tm") + text(right, height - 8, _MILLION.in_(lang), "tm", "end")
    return "".join(rows + columns) + names
