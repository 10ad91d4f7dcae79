"""Published gaps beside ours, as the page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from fachkraftwerk.core.classifications import QUALIFICATION_GROUPS
from fachkraftwerk.core.regions import LAENDER
from fachkraftwerk.core.text import Text
from fachkraftwerk.runs.backtest import words
from fachkraftwerk.runs.desk import Desk
from fachkraftwerk.web.quality.domain.verdict import Spot

INITIATIVE, CLOSED = "fachkraftwerk, as the initiative counts", "fachkraftwerk, commuting closed"
#: Key of the page with these figures.
PAGE = "luecken"
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
        figure["value"], said[INITIATIVE], said[CLOSED], _cited(figure), figure["url"] if figure["url"].startswith("https://") else "",
    )  # fmt: skip


def _cited(figure: dict[str, Any]) -> str:
    """Return the host of the address, which says more than the name of our table; without an address the source."""
    return (urlsplit(figure["url"]).hostname or "").removeprefix("www.") or str(figure["source"])


def place(desk: Desk, ags: str) -> Text:
    """Return the name of a Kreis or Land."""
    if len(ags) == 2:
        name = LAENDER.get(ags, ags)
        return Text(name, name)
    return desk.title(desk.edition.regions[ags]) if ags in desk.edition.regions else Text(ags, ags)


def sets(document: dict[str, Any]) -> list[tuple[Text, list[tuple[str, list[Agreement]]]]]:
    """Return every category with its agreements by period, all skilled people first; categories without figures are left out."""
    known = {line["category"] for line in document["comparison"]}
    order = sorted(known, key=list(QUALIFICATION_GROUPS).index)
    order.sort(key=lambda category: category != "skilled")
    return [(QUALIFICATION_GROUPS[category], agreements(document, category)) for category in order]


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


def weak_spots(document: dict[str, Any]) -> list[Spot]:
    """Return, for the newest period, where our level is far from the published one; all skilled people first."""
    periods = sorted({line["vintage"] for line in document["comparison"]}, reverse=True)
    newest = [
        line for line in document["comparison"]
        if line["model"] == INITIATIVE and line["vintage"] == periods[0] and (line["level_error"] or 0) >= FAR
    ] if periods else []  # fmt: skip
    newest.sort(key=lambda line: line["category"] != "skilled")
    return [Spot("far", PAGE, _far(line, _nearer(document, line))) for line in newest]


def _nearer(document: dict[str, Any], ours: dict[str, Any]) -> dict[str, Any] | None:
    """Return the naive model nearest to the same published figures, where it is nearer than we are."""
    rivals = [
        line for line in document["comparison"]
        if (line["vintage"], line["category"]) == (ours["vintage"], ours["category"])
        and not line["model"].startswith("fachkraftwerk") and line["level_error"] is not None
    ]  # fmt: skip
    nearest = min(rivals, key=lambda line: float(line["level_error"]), default=None)
    return nearest if nearest and nearest["level_error"] < ours["level_error"] else None


def _far(line: dict[str, Any], nearer: dict[str, Any] | None) -> Text:
    who, period = QUALIFICATION_GROUPS[line["category"]], line["vintage"].replace("→", "–")
    low = line["bias"] < 0
    de, en = ("niedriger", "lower") if low else ("höher", "higher")
    said = Text(
        f"Veröffentlichte Lücken {period}, {who.de}: Unsere Zahl ist um {abs(line['bias']):.0f} % {de} als die veröffentlichte.",
        f"Published gaps {period}, {who.en}: our figure is {abs(line['bias']):.0f} % {en} than the published one.",
    )
    if nearer is None:
        return said
    rival, off = words.model(nearer["model"]), f"{nearer['level_error']:.0f} %"
    return Text(
        f"{said.de} Das einfache Maß „{rival.de}“ liegt näher daran (Abweichung {off}).",
        f'{said.en} The naive measure "{rival.en}" is closer to it (off by {off}).',
    )
