"""The waterfall of reasons: bars that add up, each with its range, estimated ones hatched."""

from __future__ import annotations

from collections.abc import Sequence

from fachkraftwerk.core.text import Text, number
from fachkraftwerk.runs.waterfall import Step
from fachkraftwerk.runs.wording import rounded
from fachkraftwerk.web.charts.svg import Frame, Scale, el, hatch, line, rect, scale, text

_TITLE = Text("Wasserfall der Gründe", "Waterfall of reasons")
_MISSING = Text("fehlen", "missing")
_SURPLUS = Text("zu viel", "too many")


def waterfall(steps: Sequence[Step], lang: str, ident: str = "wf", narrow: bool = False) -> str:
    """Return the picture; ``narrow`` puts the words above the bars for a phone."""
    return _narrow(steps, lang, ident) if narrow else _wide(steps, lang, ident)


def signed(amount: float, lang: str) -> str:
    """Return "+ 1.500" or "− 9.800", rounded to tens at least."""
    tens = rounded(amount, 10)
    return f"{'+' if tens > 0 else '−' if tens < 0 else '±'} {number(abs(tens), lang)}"


def describe(steps: Sequence[Step], lang: str) -> str:
    """Return what one sees, as one sentence for those who do not see it."""
    parts = [f"{step.label.in_(lang)} {signed(step.said, lang)}" for step in steps[:-1]]
    total = steps[-1]
    ending = Text("zusammen", "together").in_(lang)
    return ", ".join(parts) + f"; {ending} {_about(total, lang)}{number(total.said, lang)}."


def _about(total: Step, lang: str) -> str:
    """Return "rund " before a total that is rounded more than its parts."""
    return Text("rund ", "about ").in_(lang) if total.rough else ""


def _extent(steps: Sequence[Step]) -> tuple[float, float]:
    ends = [0.0]
    for step in steps:
        ends += [step.start, step.end, step.start + step.value.p10, step.start + step.value.p90]
    return min(ends), max(ends)


def _klass(step: Step) -> str:
    if step.key == "total":
        return "f-ink"
    return "f-shortage" if step.amount > 0 else "f-surplus"


def _bar(step: Step, x: Scale, y: float, height: float, ident: str) -> str:
    bar = rect(x(step.start), y, x(step.end) - x(step.start), height, _klass(step))
    if step.value.estimated and step.key not in {"total", "skew"}:
        bar += rect(x(step.start), y, x(step.end) - x(step.start), height, "", fill=f"url(#{ident}-h)")
    return bar + _whisker(step, x, y + height / 2, height)


def _whisker(step: Step, x: Scale, y: float, height: float) -> str:
    if not step.value.ranged:
        return ""
    low, high, cap = x(step.start + step.value.p10), x(step.start + step.value.p90), height / 5
    path = f"M{low:.1f} {y - cap:.1f}v{2 * cap:.1f}M{low:.1f} {y:.1f}H{high:.1f}M{high:.1f} {y - cap:.1f}v{2 * cap:.1f}"
    return el("path", d=path, class_="whisker-halo") + el("path", d=path, class_="whisker")


def _right(step: Step, x: Scale) -> float:
    return max(x(step.start), x(step.end), x(step.start + step.value.p90) if step.value.ranged else 0)


def _words(step: Step, lang: str) -> tuple[str, str]:
    """Return the amount and its range."""
    if step.key == "total":
        word = (_MISSING if step.said >= 0 else _SURPLUS).in_(lang)
        main = f"{_about(step, lang)}{number(abs(step.said), lang)} {word}"
    else:
        main = signed(step.said, lang)
    if not step.value.ranged or step.low == step.high:
        return main, ""
    return main, f"{number(step.low, lang)} {Text('bis', 'to').in_(lang)} {number(step.high, lang)}"


def _wide(steps: Sequence[Step], lang: str, ident: str) -> str:
    row, bar, left, width = 42.0, 26.0, 232.0, 1000.0
    low, high = _extent(steps)
    words = max(9.6 * len(main) + 7.4 * len(span) for main, span in (_words(step, lang) for step in steps))
    x = scale(low, high, left, width - max(235.0, words + 24))
    height = row * len(steps) + 14
    body = [line(x(0), 0, x(0), height, "axis")]
    for i, step in enumerate(steps):
        y = 8 + i * row + (6 if step.key == "total" else 0)
        strong = "tb" if step.key == "total" else ""
        body.append(text(left - 16, y + 18, step.label.in_(lang), strong, "end"))
        if i < len(steps) - 1:
            body.append(line(x(step.end), y + bar, x(step.end), y + row, "link"))
        body.append(_bar(step, x, y, bar, ident))
        main, span = _words(step, lang)
        at = _right(step, x) + 10
        body.append(
            el("text", el("tspan", main, class_="tb"), el("tspan", span, dx=10, class_="tm") if span else "", x=at, y=y + 18)
        )  # fmt: skip
    frame = Frame(ident, width, height, _TITLE.in_(lang), describe(steps, lang), "wide")
    return frame.close(*body, defs=hatch(f"{ident}-h"))


def _width(label: str, span: str, main: str, strong: bool) -> float:
    """Estimate how wide the words of a row are: 16 px regular or bold, 14 px regular, 16 px bold, with gaps."""
    return (9.8 if strong else 8.4) * len(label) + 7.4 * len(span) + 9.6 * len(main) + 22


def _narrow(steps: Sequence[Step], lang: str, ident: str) -> str:
    row, bar, width = 58.0, 20.0, 380.0
    low, high = _extent(steps)
    x = scale(low, high, 4, width - 4)
    height = row * len(steps) + 4
    body = [line(x(0), 0, x(0), height, "axis")]
    for i, step in enumerate(steps):
        y = i * row + 4
        main, span = _words(step, lang)
        label = step.label.in_(lang)
        # What does not fit on one line is left to the table: the word first, then the range.
        strong = step.key == "total"
        if strong and _width(label, span, main, strong) > width:
            main = main.rsplit(" ", 1)[0]
        span = span if _width(label, span, main, strong) <= width else ""
        # The words stand on the paper, not on the axis that runs behind them.
        body.append(rect(0, y, width, 22, "f-paper"))
        body.append(text(0, y + 16, label, "tb" if step.key == "total" else ""))
        value = (
            el("tspan", span, class_="tm") + el("tspan", main, dx=8, class_="tb")
            if span
            else el("tspan", main, class_="tb")
        )
        body.append(el("text", value, x=width, y=y + 16, text_anchor="end"))
        body.append(_bar(step, x, y + 25, bar, ident))
    frame = Frame(ident, width, height, _TITLE.in_(lang), describe(steps, lang), "narrow")
    return frame.close(*body, defs=hatch(f"{ident}-h"))
