"""What each measure closes: bars that add up, words above them, judged ones hatched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fachkraftwerk.core.text import Text, number
from fachkraftwerk.runs.figures import FigureValue
from fachkraftwerk.runs.wording import rounded
from fachkraftwerk.web.charts.svg import Frame, Scale, el, hatch, line, rect, scale, text

_TITLE = Text("Was welche Maßnahme schließt", "What each measure closes")
_TO = Text("bis", "to")


@dataclass(frozen=True)
class Bar:
    """One bar from ``start``, the running total of the bars above it; ``kind`` is measure, overlap or together."""

    label: Text
    start: float
    value: FigureValue
    kind: str = "measure"
    judged: bool = False

    @property
    def end(self) -> float:
        """Running total behind this bar, on the central path."""
        return self.start + self.value.central


def bars(rows: Sequence[Bar], lang: str, ident: str = "bars", narrow: bool = False) -> str:
    """Return the picture; ``narrow`` is for a phone."""
    width, step, thick = (380.0, 62.0, 20.0) if narrow else (700.0, 56.0, 20.0)
    low, high = _extent(rows)
    x = scale(low, high, 4, width - 4)
    height = step * len(rows) + 4
    body = [line(x(0), 0, x(0), height, "axis")]
    for i, row in enumerate(rows):
        y = i * step + 4
        if i < len(rows) - 2:
            body.append(line(x(row.end), y + 25 + thick, x(row.end), y + step + 25, "link"))
        body += [
            rect(0, y, width, 22, "f-paper"),
            _words(row, width, y + 16, lang, narrow),
            _bar(row, x, y + 25, thick, ident),
        ]
    klass = "narrow" if narrow else "wide"
    return Frame(ident, width, height, _TITLE.in_(lang), describe(rows, lang), klass).close(
        *body, defs=hatch(f"{ident}-h")
    )


def describe(rows: Sequence[Bar], lang: str) -> str:
    """Return what one sees as one sentence."""
    return ", ".join(f"{row.label.in_(lang)} {_amount(row.value.central, lang)}" for row in rows) + "."


def _extent(rows: Sequence[Bar]) -> tuple[float, float]:
    ends = [0.0]
    for row in rows:
        ends += [row.start, row.end, row.start + row.value.p10, row.start + row.value.p90]
    return min(ends), max(*ends, min(ends) + 1)


def _amount(value: float, lang: str) -> str:
    return number(rounded(value, 10 if abs(value) >= 100 else 1), lang)


def _words(row: Bar, width: float, y: float, lang: str, narrow: bool) -> str:
    most = 28 if narrow else 60
    label = row.label.in_(lang)
    label = label if len(label) <= most else f"{label[: most - 1].rstrip()}…"
    span = f"{_amount(row.value.p10, lang)} {_TO.in_(lang)} {_amount(row.value.p90, lang)}" if row.value.ranged else ""
    value = el("tspan", _amount(row.value.central, lang), class_="tb")
    value = (
        el("tspan", span, class_="tm") + el("tspan", _amount(row.value.central, lang), dx=10, class_="tb")
        if span
        else value
    )
    return text(0, y, label, "tb" if row.kind == "together" else "") + el(
        "text", value, x=width, y=y, text_anchor="end"
    )


def _bar(row: Bar, x: Scale, y: float, thick: float, ident: str) -> str:
    left, right = sorted((x(row.start), x(row.end)))
    klass = "f-ink" if row.kind == "together" else "f-surplus" if row.value.central >= 0 else "f-shortage"
    drawn = rect(left, y, max(right - left, 1.0), thick, klass)
    if row.judged:
        drawn += rect(left, y, max(right - left, 1.0), thick, "", fill=f"url(#{ident}-h)")
    return drawn + (_whisker(row, x, y + thick / 2, thick / 5) if row.value.ranged else "")


def _whisker(row: Bar, x: Scale, y: float, cap: float) -> str:
    low, high = x(row.start + row.value.p10), x(row.start + row.value.p90)
    path = f"M{low:.1f} {y - cap:.1f}v{2 * cap:.1f}M{low:.1f} {y:.1f}H{high:.1f}M{high:.1f} {y - cap:.1f}v{2 * cap:.1f}"
    return el("path", d=path, class_="whisker-halo") + el("path", d=path, class_="whisker")
