"""Small builder of SVG. Colours are classes; the stylesheet or the exported file gives them their value."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

Scale = Callable[[float], float]


def el(name: str, *children: str, **attrs: object) -> str:
    """Return one element. ``class_`` → class, ``text_anchor`` → text-anchor; children are finished markup."""
    written = "".join(
        f' {_attribute(key)}="{_value(value)}"' for key, value in attrs.items() if value is not None and value != ""
    )
    inner = "".join(children)
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


def _attribute(key: str) -> str:
    return key if key == "viewBox" else key.rstrip("_").replace("_", "-")


def _value(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".rstrip("0").rstrip(".") or "0"
    return escape(str(value), quote=True)


def text(x: float, y: float, words: str, klass: str = "", anchor: str = "") -> str:
    """Return a line of text; ``anchor`` "end" or "middle"."""
    return el("text", escape(words), x=x, y=y, class_=klass, text_anchor=anchor)


def rect(x: float, y: float, width: float, height: float, klass: str, **more: object) -> str:
    """Return a rectangle; a negative width is turned round."""
    if width < 0:
        x, width = x + width, -width
    return el("rect", x=x, y=y, width=float(width), height=float(height), class_=klass, **more)


def line(x1: float, y1: float, x2: float, y2: float, klass: str) -> str:
    """Return a straight line."""
    return el("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=klass)


def hatch(ident: str) -> str:
    """Return the pattern of light diagonal lines that is laid over estimated parts."""
    stroke = el("line", x1=0, y1=0, x2=0, y2=7, class_="hatch")
    return el(
        "pattern", stroke, id=ident, width=7, height=7, patternUnits="userSpaceOnUse", patternTransform="rotate(45)"
    )


@dataclass(frozen=True)
class Frame:
    """Size and words of a picture; ``ident`` keeps its ids apart from other pictures of the page."""

    ident: str
    width: float
    height: float
    title: str
    description: str
    klass: str = ""

    def close(self, *body: str, defs: str = "") -> str:
        """Return the picture around ``body``."""
        title = el("title", escape(self.title), id=f"{self.ident}-t")
        description = el("desc", escape(self.description), id=f"{self.ident}-d")
        patterns = el("defs", defs) if defs else ""
        return el(
            "svg", title, description, patterns, *body, xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {self.width:g} {self.height:g}", role="img", class_=f"chart {self.klass}".strip(),
            aria_labelledby=f"{self.ident}-t {self.ident}-d",
        )  # fmt: skip


def scale(low: float, high: float, start: float, end: float) -> Scale:
    """Return the linear map from [low, high] to [start, end]; an empty domain maps to ``start``."""
    width = high - low or 1.0
    return lambda value: start + (value - low) / width * (end - start)


def ticks(low: float, high: float, count: int = 5) -> list[float]:
    """Return about ``count`` round ticks that cover [low, high]."""
    if not math.isfinite(low) or not math.isfinite(high) or high <= low:
        return [low]
    raw = (high - low) / max(1, count)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= raw * 0.999)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(i * step, 10) for i in range(first, last + 1)]
