"""Published gaps beside ours, as the page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fachkraftwerk.core.classifications import QUALIFICATION_GROUPS
from fachkraftwerk.core.regions import LAENDER
from fachkraftwerk.core.text import Text
from fachkraftwerk.runs.backtest import words
from fachkraftwerk.runs.desk import Desk

INITIATIVE, CLOSED = "fachkraftwerk, as the initiative counts", "fachkraftwerk, commuting closed"
#: From this difference in level (percent) on, the page names it among the weak spots.
FAR = 25.0


@dataclass(frozen=True)
class Line:
    """One published figure beside our two readings."""

    place: Text
    period: str
    who: Text
    published: float
    initiative: float
    closed: float
    source: str
    url: str


@dataclass(frozen=True)
class Agreement:
    """Agreement of one model with one set of published figures."""

    model: Text
    ours: bool
    best: bool
    line: dict[str, Any]


def lines(desk: Desk, document: dict[str, Any]) -> list[Line]:
    """Return the published figures, newest base year first, Länder before Kreise."""
    figures = sorted(document["figures"], key=lambda f: (-f["base_year"], len(f["ags"]), f["ags"], f["category"]))
    return [_line(desk, figure) for figure in figures]


def _line(desk: Desk, figure: dict[str, Any]) -> Line:
    said = figure["said"]
    return Line(
        place(desk, figure["ags"]), f"{figure['base_year']}–{figure['horizon']}", QUALIFICATION_GROUPS[figure["category"]],
        figure["value"], said[INITIATIVE], said[CLOSED], figure["source"], figure["url"] if figure["url"].startswith("https://") else "",
    )  # fmt: skip


def place(desk: Desk, ags: str) -> Text:
    """Return the name of a Kreis or Land."""
    if len(ags) == 2:
        name = LAENDER.get(ags, ags)
        return Text(name, name)
    return desk.title(desk.edition.regions[ags]) if ags in desk.edition.regions else Text(ags, ags)


def agreements(document: dict[str, Any], category: str = "skilled") -> list[tuple[str, list[Agreement]]]:
    """Return (period, lines) for one category, newest first; the smallest level error is marked."""
    found = [line for line in document["comparison"] if line["category"] == category]
    periods = sorted({line["vintage"] for line in found}, reverse=True)
    return [
        (period.replace("→", "–"), _one([line for line in found if line["vintage"] == period])) for period in periods
    ]


def _one(found: list[dict[str, Any]]) -> list[Agreement]:
    least = min((line["level_error"] for line in found if line["level_error"] is not None), default=None)
    return [
        Agreement(
            words.model(line["model"]),
            line["model"].startswith("fachkraftwerk"),
            least is not None and line["level_error"] == least,
            line,
        )
        for line in found
    ]


def weak_spots(document: dict[str, Any]) -> list[Text]:
    """Return, for the newest period, where our level is far from the published one, as sentences."""
    periods = sorted({line["vintage"] for line in document["comparison"]}, reverse=True)
    newest = [
        line for line in document["comparison"]
        if line["model"] == INITIATIVE and line["vintage"] == periods[0] and (line["level_error"] or 0) >= FAR
    ] if periods else []  # fmt: skip
    return [_far(line, periods[0].replace("→", "–")) for line in newest]


def _far(line: dict[str, Any], period: str) -> Text:
    who = QUALIFICATION_GROUPS[line["category"]]
    low = line["bias"] < 0
    de, en = ("niedriger", "lower") if low else ("höher", "higher")
    return Text(
        f"Veröffentlichte Lücken {period}, {who.de}: Unsere Zahl ist um {abs(line['bias']):.0f} % {de} als die veröffentlichte.",
        f"Published gaps {period}, {who.en}: our figure is {abs(line['bias']):.0f} % {en} than the published one.",
    )
