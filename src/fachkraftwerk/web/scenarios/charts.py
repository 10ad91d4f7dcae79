"""The gap over the years with and without measures, each with its range."""

from __future__ import annotations

from collections.abc import Sequence

from fachkraftwerk.core.text import Text, number
from fachkraftwerk.runs.figures import FigureValue
from fachkraftwerk.runs.wording import rounded
from fachkraftwerk.web.charts.svg import Frame, Scale, el, line, scale, text, ticks

Path = Sequence[tuple[int, FigureValue, FigureValue]]

_TITLE = Text("Lücke mit und ohne Maßnahmen", "Gap with and without measures")
_GAP = Text("Lücke", "Gap")
_WITHOUT, _WITH = Text("ohne", "without"), Text("mit", "with")


def paths(years: Path, chosen: int, lang: str, ident: str = "paths", narrow: bool = False, alone: bool = False) -> str:
    """Return the picture; ``chosen`` is the year the page speaks about. ``alone``: no measure is chosen, one path."""
    width, height = (380.0, 300.0) if narrow else (700.0, 340.0)
    left, right = (52.0, 70.0) if narrow else (64.0, 138.0)
    values = [v for _, *both in years for one in both for v in (one.p10, one.p90, one.value)] + [0.0]
    low = min(values) if min(values) < -0.05 * max(values) else 0.0  # a hair below zero needs no axis of its own
    steps = ticks(low, max(values), 4)
    x = scale(years[0][0], years[-1][0], left, width - right)
    y = scale(steps[0], steps[-1], height - 34, 14)
    body = [_grid(steps, y, left, width - right, lang)]
    if years[-1][1].ranged:
        body += [] if alone else [_band(years, 2, x, y, "f-surplus-soft")]
        body.append(_band(years, 1, x, y, "f-outer"))
    body += [_line(years, 1, x, y, "median"), "" if alone else _line(years, 2, x, y, "dot-surplus")]
    body += [_stem(years, chosen, x, y), _axis(years, x, height, narrow), _names(years, x, y, lang, narrow, alone)]
    title, klass = (_GAP if alone else _TITLE).in_(lang), "narrow" if narrow else "wide"
    return Frame(ident, width, height, title, describe(years, chosen, lang, alone), klass).close(*body)


def describe(years: Path, chosen: int, lang: str, alone: bool = False) -> str:
    """Return the picture in words: the chosen and the last year."""
    shown = {year: (a, b) for year, a, b in years}
    parts = []
    for year in dict.fromkeys((chosen, years[-1][0])):
        without, with_ = (number(rounded(v.value, 10), lang) for v in shown[year])
        if alone:
            parts.append(f"{year}: {without}")
            continue
        parts.append(Text(f"{year}: ohne {without}, mit {with_}", f"{year}: without {without}, with {with_}").in_(lang))
    return ". ".join(parts) + "."


def _grid(steps: Sequence[float], y: Scale, left: float, right: float, lang: str) -> str:
    rows = [
        line(left, y(s), right, y(s), "axis" if s == 0 else "grid") + text(left - 10, y(s) + 5, number(s, lang), "tm", "end")
        for s in steps
    ]  # fmt: skip
    return "".join(rows)


def _band(years: Path, at: int, x: Scale, y: Scale, klass: str) -> str:
    above = [f"{x(row[0]):.1f} {y(row[at].p90):.1f}" for row in years]  # type: ignore[union-attr]
    below = [f"{x(row[0]):.1f} {y(row[at].p10):.1f}" for row in reversed(years)]  # type: ignore[union-attr]
    return el("path", d="M" + "L".join(above + below) + "Z", class_=klass)


def _line(years: Path, at: int, x: Scale, y: Scale, klass: str) -> str:
    points = [f"{x(row[0]):.1f} {y(row[at].value):.1f}" for row in years]  # type: ignore[union-attr]
    return el("path", d="M" + "L".join(points), class_=klass)


def _stem(years: Path, chosen: int, x: Scale, y: Scale) -> str:
    without, with_ = next((a, b) for year, a, b in years if year == chosen)
    return line(x(chosen), y(without.value), x(chosen), y(with_.value), "axis") + el(
        "circle", cx=x(chosen), cy=y(without.value), r=5.0, class_="dot"
    )


def _axis(years: Path, x: Scale, height: float, narrow: bool) -> str:
    first, last = years[0][0], years[-1][0]
    wanted = [year for year, *_ in years if year in {first, last} or year % 5 == 0]
    near = 2 if narrow else 1
    shown = [one for one in wanted if one in {first, last} or min(one - first, last - one) > near]
    return "".join(text(x(one), height - 8, str(one), "tm", "middle") for one in shown)


def _names(years: Path, x: Scale, y: Scale, lang: str, narrow: bool, alone: bool = False) -> str:
    year, without, with_ = years[-1]
    if alone:
        return text(x(year) + 8, y(without.value) + 5, number(rounded(without.value, 10), lang), "tb halo")
    apart = max(0.0, 22 - (y(with_.value) - y(without.value))) / 2
    places = ((_WITHOUT, without, y(without.value) - apart), (_WITH, with_, y(with_.value) + apart))
    words = []
    for name, value, at in places:
        said = name.in_(lang) if narrow else f"{name.in_(lang)} {number(rounded(value.value, 10), lang)}"
        words.append(text(x(year) + 8, at + 5, said, "tb halo"))
    return "".join(words)
