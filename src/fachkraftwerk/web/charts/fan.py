"""A figure over the years with its range: wide and soft outside, the middle line only in the middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fachkraftwerk.core.text import Text, number
from fachkraftwerk.runs.figures import FigureValue
from fachkraftwerk.runs.wording import rounded
from fachkraftwerk.runs.wording import step as carried
from fachkraftwerk.web.charts.svg import Frame, Scale, el, line, scale, text, ticks

Years = Sequence[tuple[int, FigureValue]]

_TITLE = Text("Verlauf über die Jahre", "Path over the years")
_OUTER = Text("8 von 10 Rechnungen", "8 in 10 calculations")
_INNER = Text("die Hälfte", "half of them")
_PUBLISHED = Text("veröffentlicht", "published")


@dataclass(frozen=True)
class Mark:
    """A published figure to set beside the path."""

    year: int
    value: float


@dataclass(frozen=True)
class _Plot:
    x: Scale
    y: Scale
    years: Years
    lang: str
    width: float
    height: float
    right: float
    left: float


def fan(
    years: Years, chosen: int, lang: str, ident: str = "fan", marks: Sequence[Mark] = (), narrow: bool = False
) -> str:
    """Return the picture; ``chosen`` is the year the page speaks about."""
    width, height = (380.0, 300.0) if narrow else (1000.0, 380.0)
    values = [v for _, one in years for v in (one.p10, one.p90, one.value)] + [m.value for m in marks] + [0.0]
    # A hair below zero in the first years is no reason for an empty lower half.
    low = min(values) if min(values) < -0.06 * max(values) else 0.0
    steps = ticks(low, max(values), 4)
    longest = max(len(number(one, lang)) for one in steps)
    left, right = max(52.0, 8.2 * longest + 12), 16.0 if narrow else 190.0
    x = scale(years[0][0], years[-1][0], left, width - right)
    plot = _Plot(x, scale(steps[0], steps[-1], height - 34, 14), years, lang, width, height, right, left)
    above = any(mark.value > dict(years)[chosen].value for mark in marks)
    body = [_grid(plot, steps), *_bands(plot), _median(plot), _chosen(plot, chosen, above), _axis(plot, narrow)]
    body += [_published(plot, mark, above, narrow) for mark in marks]
    if not narrow:
        body.append(_names(plot))
    klass = "narrow" if narrow else "wide"
    return Frame(ident, width, height, _TITLE.in_(lang), describe(years, chosen, lang), klass).close(*body)


def describe(years: Years, chosen: int, lang: str) -> str:
    """Return the path in words: the chosen year and the last one with their ranges."""
    shown = dict(years)
    parts = []
    for year in dict.fromkeys((chosen, years[-1][0])):
        value = shown[year]
        low, mid, high = (number(rounded(v, carried(value)), lang) for v in (value.p10, value.value, value.p90))
        parts.append(
            Text(f"{year}: {mid}, wahrscheinlich {low} bis {high}", f"{year}: {mid}, probably {low} to {high}").in_(
                lang
            )
            if value.ranged
            else f"{year}: {mid}"
        )
    return ". ".join(parts) + "."


def _grid(plot: _Plot, steps: Sequence[float]) -> str:
    rows = []
    for step in steps:
        y = plot.y(step)
        rows.append(line(plot.left, y, plot.width - plot.right, y, "axis" if step == 0 else "grid"))
        rows.append(text(plot.left - 10, y + 5, number(step, plot.lang), "tm", "end"))
    return "".join(rows)


def _bands(plot: _Plot) -> list[str]:
    if not plot.years[-1][1].ranged:
        return []
    return [_band(plot, "p10", "p90", "f-outer"), _band(plot, "p25", "p75", "f-inner")]


def _band(plot: _Plot, low: str, high: str, klass: str) -> str:
    above = [f"{plot.x(year):.1f} {plot.y(getattr(value, high)):.1f}" for year, value in plot.years]
    below = [f"{plot.x(year):.1f} {plot.y(getattr(value, low)):.1f}" for year, value in reversed(plot.years)]
    return el("path", d="M" + "L".join(above + below) + "Z", class_=klass)


def _median(plot: _Plot) -> str:
    points = [f"{plot.x(year):.1f} {plot.y(value.value):.1f}" for year, value in plot.years]
    return el("path", d="M" + "L".join(points), class_="median")


def _chosen(plot: _Plot, chosen: int, below: bool) -> str:
    value = dict(plot.years)[chosen]
    x, y = plot.x(chosen), plot.y(value.value)
    stem = line(x, plot.y(0), x, y, "link")
    words = number(rounded(value.value, carried(value)), plot.lang)
    label = text(x + 9, y + 24, words, "tb halo") if below else text(x - 8, y - 14, words, "tb halo", "end")
    return stem + el("circle", cx=x, cy=y, r=6.0, class_="dot") + label


def _published(plot: _Plot, mark: Mark, above: bool, narrow: bool) -> str:
    x, y = plot.x(mark.year), plot.y(mark.value)
    diamond = el("path", d=f"M{x:.1f} {y - 8:.1f}l8 8l-8 8l-8-8z", class_="mark")
    words = number(mark.value, plot.lang) + ("" if narrow else f" {_PUBLISHED.in_(plot.lang)}")
    return diamond + (text(x - 12, y - 6, words, "tm halo", "end") if above else text(x + 13, y + 22, words, "tm halo"))


def _axis(plot: _Plot, narrow: bool) -> str:
    first, last = plot.years[0][0], plot.years[-1][0]
    wanted = [year for year, _ in plot.years if year in {first, last} or year % 5 == 0]
    shown = [y for y in wanted if y in {first, last} or min(abs(y - first), abs(y - last)) > (2 if narrow else 1)]
    return "".join(
        text(plot.x(y), plot.height - 8, str(y), "tm", "end" if narrow and y == last else "middle") for y in shown
    )


def _names(plot: _Plot) -> str:
    last = plot.years[-1][1]
    x = plot.width - plot.right + 12
    label = text(x, plot.y(last.value) + 5, number(rounded(last.value, carried(last)), plot.lang), "tb")
    if not last.ranged:
        return label
    half = plot.y(last.p75) + 5
    y = min(plot.y(last.p90) + 5, plot.y(last.value) - 22)
    if half - y > 20 and plot.y(last.value) + 5 - half > 20:
        label += text(x, half, _INNER.in_(plot.lang), "tm")
    return label + text(x, y, _OUTER.in_(plot.lang), "tm")
