"""Up to four scenarios on one scale: the gap without and with their measures, each with its range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from fachkraftwerk.core.text import Text, number
from fachkraftwerk.runs.figures import FigureValue
from fachkraftwerk.runs.wording import rounded
from fachkraftwerk.web.charts.svg import Frame, Scale, el, line, rect, scale, text, ticks

_TITLE = Text("Lücke ohne und mit Maßnahmen je Szenario", "Gap without and with measures by scenario")
_READINGS = (Text("ohne", "without"), Text("mit", "with"))
#: Colour of band and mark, without and with measures.
_COLOURS = (("f-outer", "f-ink"), ("f-surplus-soft", "f-surplus"))
_HEAD, _LINE, _BLOCK = 26.0, 26.0, 92.0


@dataclass(frozen=True)
class Side:
    """One scenario of the comparison: its name, what it is about, and its gap without and with measures."""

    name: str
    about: str
    without: FigureValue
    with_: FigureValue


def sides(rows: Sequence[Side], lang: str, ident: str = "sides", narrow: bool = False) -> str:
    """Return the picture; ``narrow`` is for a phone."""
    width, left, right = (380.0, 62.0, 70.0) if narrow else (700.0, 76.0, 90.0)
    values = [v for row in rows for one in (row.without, row.with_) for v in (one.p10, one.p90, one.value)]
    steps = ticks(min([0.0, *values]), max([1.0, *values]), 3 if narrow else 6)
    x, foot = scale(steps[0], steps[-1], left, width - right), _BLOCK * len(rows)
    body = [line(x(s), _HEAD, x(s), foot, "axis" if s == 0 else "grid") for s in steps]
    body += [text(x(s), foot + 20, number(s, lang), "tm", "middle") for s in steps]
    for i, row in enumerate(rows):
        body += [_words(row, i * _BLOCK, width, narrow), *_intervals(row, i * _BLOCK + _HEAD, x, width, lang)]
    klass = "narrow" if narrow else "wide"
    return Frame(ident, width, foot + 28, _TITLE.in_(lang), describe(rows, lang), klass).close(*body)


def describe(rows: Sequence[Side], lang: str) -> str:
    """Return what one sees in words."""
    without, with_ = (words.in_(lang) for words in _READINGS)
    return ". ".join(
        f"{row.name}: {without} {_amount(row.without, lang)}, {with_} {_amount(row.with_, lang)}" for row in rows
    )


def _words(row: Side, y: float, width: float, narrow: bool) -> str:
    most = 34 if narrow else 80
    about = "" if narrow else row.about
    name = _short(row.name, most - len(about) - 2)
    words = el("tspan", escape(name), class_="tb") + (el("tspan", escape(about), dx=10, class_="tm") if about else "")
    return rect(0, y, width, _HEAD, "f-paper") + el("text", words, x=0, y=y + 18)


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: max(most, 12) - 1].rstrip()}…"


def _intervals(row: Side, top: float, x: Scale, width: float, lang: str) -> list[str]:
    drawn = []
    for i, (value, words, (band, mark)) in enumerate(zip((row.without, row.with_), _READINGS, _COLOURS, strict=True)):
        y = top + 4 + i * _LINE
        drawn.append(text(0, y + 15, words.in_(lang), "tm"))
        if value.ranged:
            drawn.append(rect(x(value.p10), y + 2, max(x(value.p90) - x(value.p10), 2.0), 16, band))
        drawn += [rect(x(value.value) - 2, y - 1, 4, 22, mark), text(width, y + 15, _amount(value, lang), "tb", "end")]
    return drawn


def _amount(value: FigureValue, lang: str) -> str:
    return number(rounded(value.value, 10), lang)
