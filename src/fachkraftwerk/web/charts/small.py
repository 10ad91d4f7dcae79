"""Small pictures: interval rail, quantile dots, ages of the workforce, exits by year."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from fachkraftwerk.core.text import Text, number
from fachkraftwerk.runs.figures import FigureValue
from fachkraftwerk.runs.wording import rounded
from fachkraftwerk.web.charts.svg import Frame, el, hatch, line, rect, scale, text, ticks


def rail(value: FigureValue, low: float, high: float) -> str:
    """Return the interval of one table row on the common axis [low, high]; the numbers stand in the row itself."""
    x = scale(low, high, 2, 198)
    sign = "shortage" if value.value > 0 else "surplus"
    parts = [line(0, 8, 200, 8, "grid")]
    if value.ranged:
        soft = "rail-estimated" if value.estimated else f"f-{sign}-soft"
        parts.append(rect(x(value.p10), 3, max(2.0, x(value.p90) - x(value.p10)), 10, soft))
    parts.append(line(x(0), 1, x(0), 15, "axis"))
    parts.append(rect(x(value.value) - 1.5, 0, 3, 16, f"f-{sign}"))
    return el("svg", *parts, viewBox="0 0 200 16", class_="rail", aria_hidden="true", preserveAspectRatio="none")


def bar(share: float) -> str:
    """Return a bar that fills ``share`` (0 to 1) of its row; the number stands beside it."""
    parts = [line(0, 15, 200, 15, "grid"), rect(0, 2, 200 * min(max(share, 0.0), 1.0), 11, "f-supply")]
    return el("svg", *parts, viewBox="0 0 200 16", class_="rail", aria_hidden="true", preserveAspectRatio="none")


def dots(samples: Sequence[float], lang: str, ident: str = "dots", narrow: bool = False) -> str:
    """Return 20 dots, each one in twenty calculations. ``samples`` are the 20 quantiles in ascending order."""
    width, radius = (380.0, 11.0) if narrow else (1000.0, 19.0)
    steps = ticks(min(*samples, 0.0), max(*samples, 0.0), 4 if narrow else 8)
    # A dot lies up to its own width beside the place of its value.
    edge = max(30.0, 2 * radius + 2)
    x = scale(steps[0], steps[-1], edge, width - edge)
    columns: dict[int, int] = {}
    placed = []
    for sample in samples:
        # Columns begin at zero, so that no dot of a gap lies on the side of too many.
        column = math.ceil((x(sample) - x(0)) / (2 * radius)) - 1
        height = columns[column] = columns.get(column, 0) + 1
        placed.append((x(0) + (column + 0.5) * 2 * radius, height, sample > 0))
    base = max(columns.values()) * 2 * radius + 24
    body = [line(20, base, width - 20, base, "axis"), line(x(0), 8, x(0), base + 6, "link")]
    for at, height, shortage in placed:
        body.append(el("circle", cx=at, cy=base - height * 2 * radius + radius - 3, r=radius - 1, class_="f-shortage" if shortage else "dot-surplus"))  # fmt: skip
    body += [text(x(t), base + 24, number(t, lang), "tm", "middle") for t in steps]
    above = sum(1 for s in samples if s > 0)
    title = Text("20 Punkte, jeder steht für 5 von 100 Rechnungen", "20 dots, each stands for 5 in 100 calculations")
    words = Text(
        f"{above} von 20 Punkten zeigen eine Lücke. Der niedrigste liegt bei {_tens(samples[0], 'de')}, der höchste bei {_tens(samples[-1], 'de')}.",
        f"{above} of 20 dots show a gap. The lowest is at {_tens(samples[0], 'en')}, the highest at {_tens(samples[-1], 'en')}.",
    )
    klass = "narrow" if narrow else "wide"
    return Frame(ident, width, base + 34, title.in_(lang), words.in_(lang), klass).close(*body)


def _tens(value: float, lang: str) -> str:
    return number(rounded(value, 10), lang)


@dataclass(frozen=True)
class AgeBar:
    """Workforce of one age group: all of it, and how much of it had to be estimated."""

    label: str
    value: float
    estimated: float


def ages(bars: Sequence[AgeBar], lang: str, ident: str = "ages") -> str:
    """Return the workforce by age, oldest on top; estimated parts hatched."""
    width, left, row = 440.0, 66.0, 44.0
    longest = max(len(_tens(bar.value, lang)) for bar in bars)
    x = scale(0, max(bar.value for bar in bars) or 1, left, width - max(78.0, 10.0 * longest + 10))
    body = []
    for i, bar in enumerate(reversed(bars)):
        y, known = i * row + 4, bar.value - bar.estimated
        klass = "f-shortage" if i == 0 else "f-supply"
        body.append(text(left - 12, y + row / 2, bar.label, "tb" if i == 0 else "", "end"))
        body.append(rect(left, y, x(bar.value) - left, row - 14, klass))
        body.append(rect(x(known), y, x(bar.value) - x(known), row - 14, "", fill=f"url(#{ident}-h)"))
        body.append(text(x(bar.value) + 8, y + row / 2, number(rounded(bar.value, 10), lang), "tb" if i == 0 else "tm"))
    title = Text("Beschäftigte nach Alter", "Employees by age")
    words = ", ".join(f"{bar.label}: {_tens(bar.value, lang)}" for bar in bars)
    frame = Frame(ident, width, row * len(bars) + 4, title.in_(lang), words + ".")
    return frame.close(*body, defs=hatch(f"{ident}-h"))


def _peak(x: float, y: float, left: float, width: float, words: str) -> str:
    """Write the label of the highest column, kept inside the picture."""
    half = 4.7 * len(words)
    return text(min(max(x, left + half), width - half), y, words, "tb halo", "middle")


def columns(years: Sequence[tuple[int, float]], lang: str, ident: str = "exits") -> str:
    """Return one column a year: how many leave in this year."""
    width, height = 440.0, 232.0
    steps = ticks(0, max(v for _, v in years) or 1, 3)
    left = max(52.0, 8.2 * max(len(number(one, lang)) for one in steps) + 12)
    y, wide = scale(0, steps[-1], height - 30, 12), (width - left - 6) / len(years)
    body = [
        line(left, y(s), width, y(s), "axis" if s == 0 else "grid") + text(left - 8, y(s) + 5, number(s, lang), "tm", "end")
        for s in steps
    ]  # fmt: skip
    peak = max(years, key=lambda pair: pair[1])[0]
    for i, (year, value) in enumerate(years):
        at = left + 4 + i * wide
        body.append(rect(at, y(value), wide - 4, y(0) - y(value), "f-shortage" if year == peak else "f-shortage-mid"))
        if year == peak:
            body.append(_peak(at + wide / 2 - 2, y(value) - 7, left, width, f"{year}: {_tens(value, lang)}"))
        if year in {years[0][0], years[-1][0]} or (year % 5 == 0 and 1 < i < len(years) - 2):
            body.append(text(at + wide / 2 - 2, height - 8, str(year), "tm", "middle"))
    title = Text("Wie viele in welchem Jahr in Rente gehen", "How many retire in which year")
    words = Text(
        f"Am meisten im Jahr {peak}: {_tens(dict(years)[peak], 'de')}.", f"Most in {peak}: {_tens(dict(years)[peak], 'en')}.",
    )  # fmt: skip
    return Frame(ident, width, height, title.in_(lang), words.in_(lang)).close(*body)
