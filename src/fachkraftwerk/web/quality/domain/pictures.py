"""Pictures of the back-test: error by horizon, error by size of the Kreis, what the intervals held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from fachkraftwerk.core.text import Text, number
from fachkraftwerk.runs.backtest.scores import TOLERANCE
from fachkraftwerk.web.charts.svg import Frame, Scale, el, line, rect, scale, text, ticks
from fachkraftwerk.web.quality.domain.proofs import Group, Proof, Row

_ERROR = Text("mittlerer Fehler in %", "mean error in %")
_AHEAD = Text("Jahre voraus", "years ahead")


@dataclass(frozen=True)
class _Series:
    label: str
    ours: bool
    points: tuple[tuple[float, float], ...]
    dash: int


def by_horizon(proof: Proof, lang: str, ident: str, narrow: bool = False) -> str:
    """Return one line per model: error against years ahead. Empty under two horizons."""
    found = proof.by_horizon()
    if len(found) < 2:
        return ""
    series = _series(found, lang)
    width, plot = (380.0, 250.0) if narrow else (1000.0, 330.0)
    height = plot + (24 * len(series) + 16 if narrow else 0)
    steps = ticks(0, max(y for one in series for _, y in one.points), 4)
    x = scale(found[0][0], found[-1][0], 48, width - (40 if narrow else 330))
    y = scale(0, steps[-1], plot - 46, 26)
    body = [text(0, 14, _ERROR.in_(lang), "tm")]
    for step in steps:
        body.append(line(48, y(step), x(found[-1][0]), y(step), "axis" if step == 0 else "grid"))
        body.append(text(40, y(step) + 5, number(step, lang), "tm", "end"))
    body += [text(x(years), plot - 24, str(years), "tm", "middle") for years, _ in found]
    body.append(text(x(found[-1][0]), plot - 4, _AHEAD.in_(lang), "tm", "end"))
    ends = _apart([y(one.points[-1][1]) for one in series], 18)
    for place, (one, end) in enumerate(zip(series, ends, strict=True)):
        path = "M" + "L".join(f"{x(a):.1f} {y(b):.1f}" for a, b in one.points)
        body.append(el("path", d=path, class_="line-ours" if one.ours else f"line-rival-{one.dash}"))
        if one.ours:
            body += [el("circle", cx=x(a), cy=y(b), r=4.5, class_="mark-ours") for a, b in one.points]
        right = x(one.points[-1][0])
        if narrow:
            body.append(text(right + 12, end + 5, str(place + 1), "tb" if one.ours else ""))
        else:  # a piece of the line beside its name: labels that had to move stay with their line
            body.append(
                el(
                    "path",
                    d=f"M{right + 14:.1f} {end:.1f}h26",
                    class_="line-ours" if one.ours else f"line-rival-{one.dash}",
                )
            )
            body.append(text(right + 48, end + 5, one.label, "tb" if one.ours else ""))
        if narrow:
            body.append(text(0, plot + 18 + 24 * place, f"{place + 1}  {one.label}", "tb" if one.ours else ""))
    title = Text("Fehler nach Jahren voraus", "Error by years ahead").in_(lang)
    words = "; ".join(f"{one.label}: {number(one.points[-1][1], lang, 1)} %" for one in series)
    last = Text(f"Bei {found[-1][0]} Jahren", f"At {found[-1][0]} years").in_(lang)
    return Frame(ident, width, height, title, f"{last}: {words}.", _klass(narrow)).close(*body)


def _series(found: Sequence[tuple[int, Group]], lang: str) -> list[_Series]:
    rivals = 0
    made = []
    for row in found[0][1].rows:
        points = tuple(
            (float(years), float(other.score["wape"]))
            for years, group in found for other in group.rows if other.model == row.model
        )  # fmt: skip
        rivals += not row.ours
        made.append(_Series(row.model.in_(lang), row.ours, points, rivals))
    return made


def _apart(places: list[float], least: float) -> list[float]:
    """Move labels apart so that none covers another; their order stays."""
    order = sorted(range(len(places)), key=places.__getitem__)
    moved = list(places)
    for before, here in pairwise(order):
        moved[here] = max(moved[here], moved[before] + least)
    return moved


def by_size(proof: Proof, lang: str, ident: str, narrow: bool = False) -> str:
    """Return bars of the error by size of the Kreis, every model. Empty without such tables."""
    found = proof.by_size()
    if not found:
        return ""
    width, left, row = (380.0, 4.0, 40.0) if narrow else (1000.0, 320.0, 26.0)
    top = max(line_.score["wape"] for _, group in found for line_ in group.rows)
    x = scale(0, top, left, width - 70)
    body, at = [], 8.0
    for name, group in found:
        body.append(text(0, at + 14, name.in_(lang), "tb"))
        at += 26
        for one in group.rows:
            body.append(_bar(one, lang, x, left, at, stacked=narrow))
            at += row
        at += 10
    words = "; ".join(f"{n.in_(lang)}: {number(g.ours.score['wape'], lang, 1)} %" for n, g in found)
    title = Text("Fehler nach Größe des Kreises", "Error by size of the Kreis").in_(lang)
    return Frame(ident, width, at, title, words + ".", _klass(narrow)).close(*body)


def _bar(one: Row, lang: str, x: Scale, left: float, at: float, stacked: bool) -> str:
    """Return the bar of one model: its name before it (stacked: above it), its error behind it."""
    label, error = one.model.in_(lang), float(one.score["wape"])
    bold = "tb" if one.ours else ""
    y = at + (19 if stacked else 2)
    return "".join((
        text(0 if stacked else left - 12, at + 13, label, bold, "" if stacked else "end"),
        rect(left, y, x(error) - left, 14, "f-ours" if one.ours else "f-rival"),
        text(x(error) + 8, y + 12, f"{number(error, lang, 1)} %", bold),
    ))  # fmt: skip


def shown_beside(proof: Proof) -> list[Row]:
    """Return the lines an overview shows: ours, the best naive model, and "no change" where it is another one."""
    group = proof.telling
    rivals = group.rivals[:1] + [row for row in group.rivals[1:] if row is group.unchanged]
    return [group.ours, *rivals]


def farthest(proof: Proof) -> float:
    """Return the largest error the overview shows of a test, percent."""
    return max(float(row.score["wape"]) for row in shown_beside(proof))


def beside(proof: Proof, lang: str, ident: str, top: float, narrow: bool = False) -> str:
    """Return our error beside those of the naive models as bars; ``top``: the largest error on the common scale."""
    rows = shown_beside(proof)
    width, left, row = (360.0, 0.0, 42.0) if narrow else (620.0, 300.0, 24.0)
    x = scale(0, top, left, width - 72)
    body = [_bar(one, lang, x, left, row * place, stacked=narrow) for place, one in enumerate(rows)]
    title = Text("Fehler", "Error").in_(lang)
    words = "; ".join(f"{one.model.in_(lang)}: {number(one.score['wape'], lang, 1)} %" for one in rows)
    return Frame(ident, width, row * len(rows), title, words + ".", _klass(narrow)).close(*body)


def held(proof: Proof, lang: str, ident: str, narrow: bool = False) -> str:
    """Return how many of 100 outcomes lay in our ranges, beside what they promise. Empty where none is judged."""
    rows = [group for group in proof.groups if group.ours.fits["50"] is not None]
    if not rows:
        return ""
    longest = max(len(group.name.in_(lang)) for group in rows)
    width, left, row = (380.0, 10.0, 58.0) if narrow else (1000.0, max(320.0, 8.4 * longest + 14), 36.0)
    x = scale(0, 100, left, width - 30)
    height = row * len(rows) + 44
    body = [
        rect(x(t - TOLERANCE), 0, x(t + TOLERANCE) - x(t - TOLERANCE), height - 30, "f-promise") + line(x(t), 0, x(t), height - 30, "link")
        for t in (50, 80)
    ]  # fmt: skip
    body += [text(x(t), height - 10, f"{t} %", "tm", "middle") for t in (0, 50, 80, 100)]
    for place, group in enumerate(rows):
        y = place * row + (36 if narrow else 20)
        body.append(text(0 if narrow else left - 14, y - (18 if narrow else -5), group.name.in_(lang), "halo", "" if narrow else "end"))  # fmt: skip
        body += [line(x(0), y, x(100), y, "grid"), _markers(group, x, y)]
    return Frame(ident, width, height, _HELD.in_(lang), _told(rows, lang), _klass(narrow)).close(*body)


_HELD = Text("Was die Spannen gehalten haben", "What the ranges held")


def _markers(group: Group, x: object, y: float) -> str:
    """A circle for the 50 % range, a square for the 80 % range; hollow where the promise was broken."""
    parts = []
    for share in ("50", "80"):
        at = x(group.ours.score[f"coverage_{share}"])  # type: ignore[operator]
        klass = "mark-ours" if group.ours.fits[share] else "mark-broken"
        if share == "50":
            parts.append(el("circle", cx=at, cy=y, r=6.5, class_=klass))
        else:
            parts.append(rect(at - 6, y - 6, 12, 12, klass))
    return "".join(parts)


def _told(rows: Sequence[Group], lang: str) -> str:
    parts = []
    for group in rows:
        a, b = (f"{group.ours.score[f'coverage_{share}']:.0f}" for share in ("50", "80"))
        parts.append(Text(f"{group.name.de}: {a} und {b}", f"{group.name.en}: {a} and {b}").in_(lang))
    return Text("Von 100 im 50-%- und 80-%-Bereich: ", "Of 100 in the 50 % and 80 % range: ").in_(lang) + "; ".join(parts)  # fmt: skip


def _klass(narrow: bool) -> str:
    return "narrow" if narrow else "wide"
