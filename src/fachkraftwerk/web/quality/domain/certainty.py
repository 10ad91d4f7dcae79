"""The map of certainty: how likely a shortage is in each Kreis, and how wide the range of its gap."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from fachkraftwerk.core.figure import Figure
from fachkraftwerk.core.text import Text, number
from fachkraftwerk.runs import figures, wording
from fachkraftwerk.runs.desk import Desk
from fachkraftwerk.runs.figures import FigureValue
from fachkraftwerk.web.charts import choropleth

VIEWS = {
    "chance": Text("Wie sicher fehlen Menschen?", "How certain is a shortage?"),
    "width": Text("Wie breit ist die Spanne?", "How wide is the range?"),
}
#: Probability of a shortage from which on a class holds; class of the map.
CHANCES = ((0.99, "c-5"), (0.90, "c-4"), (0.66, "c-3"), (0.34, "c-none"), (0.10, "c-s1"), (0.0, "c-s2"))
_CHANCE_WORDS = (
    Text("so gut wie sicher", "almost certain"), Text("sehr wahrscheinlich", "very likely"), Text("wahrscheinlich", "likely"),
    Text("offen", "open"), Text("unwahrscheinlich", "unlikely"), Text("sehr unwahrscheinlich", "very unlikely"),
)  # fmt: skip
#: Limits of the classes of width: persons between the ends of the 80 % range, per 100 employed.
WIDTHS = (15.0, 20.0, 25.0)


@dataclass(frozen=True)
class Place:
    """One Kreis: probability of a shortage in percent, its word, width of the 80 % range per 100 employed."""

    ags: str
    name: Text
    value: FigureValue
    chance: float
    word: Text
    width: float | None

    @property
    def of_100(self) -> int:
        """So many of 100 calculations show a shortage; cut, not rounded: 98.5 is not yet the 99 of another word."""
        return math.floor(self.chance + 1e-9)

    def klass(self, view: str) -> str:
        """Class on the map."""
        if view == "chance":
            return next(klass for limit, klass in CHANCES if self.value.p_shortage >= limit)
        return "e-0" if self.width is None else f"e-{sum(self.width >= limit for limit in WIDTHS) + 1}"


def places(desk: Desk, figure: Figure, view: str) -> list[Place] | None:
    """Return the Kreise, most certain or widest first; None while the ranges are being computed."""
    values = desk.kreise(figure, start=True)
    if values is None:
        return None
    found = [_place(desk, ags, value, people) for ags, (value, people) in values.items()]
    key = (lambda p: -p.chance) if view == "chance" else (lambda p: -(p.width or 0.0))
    return sorted(found, key=key)


def _place(desk: Desk, ags: str, value: FigureValue, people: float) -> Place:
    width = 100 * (value.p90 - value.p10) / people if people >= figures.SMALLEST else None
    name = desk.title(desk.edition.regions[ags])
    return Place(ags, name, value, 100 * value.p_shortage, wording.certainty(value.p_shortage), width)


def drawn(desk: Desk, rows: Sequence[Place], view: str, title: str, lang: str) -> str:
    """Return the map."""
    areas = [
        choropleth.Area(
            row.ags, choropleth.compact(shape.path), f"/kreis/{row.ags}/", row.klass(view), told(row, lang), shape.x, shape.y
        )
        for row in rows if (shape := desk.shapes.get(row.ags))
    ]  # fmt: skip
    return choropleth.choropleth(areas, title, "certainty")


def told(row: Place, lang: str) -> str:
    """Return what is said of a Kreis on focus."""
    chance = number(row.of_100, lang)
    words = Text(
        f"Lücke {row.word.de} ({chance} von 100 Rechnungen)", f"shortage {row.word.en} ({chance} in 100 calculations)"
    )
    width = "" if row.width is None else _width(row.width).in_(lang)
    return f"{row.name.in_(lang)}: {words.in_(lang)}{width}"


def _width(width: float) -> Text:
    return Text(
        f", Spanne {number(width, 'de')} Personen je 100 beschäftigte Fachkräfte",
        f", range {number(width, 'en')} people per 100 skilled employees",
    )


def legend(view: str, lang: str) -> list[tuple[str, str]]:
    """Return (class, words) of the map."""
    if view == "chance":
        return [(klass, words.in_(lang)) for (_, klass), words in zip(CHANCES, _CHANCE_WORDS, strict=True)]
    ends = [f"{limit:.0f}" for limit in WIDTHS]
    words = [
        Text(f"unter {ends[0]}", f"under {ends[0]}"), Text(f"{ends[0]} bis unter {ends[1]}", f"{ends[0]} to under {ends[1]}"),
        Text(f"{ends[1]} bis unter {ends[2]}", f"{ends[1]} to under {ends[2]}"), Text(f"{ends[2]} und mehr", f"{ends[2]} and more"),
    ]  # fmt: skip
    return [(f"e-{i}", word.in_(lang)) for i, word in enumerate(words, start=1)]


def sentence(rows: Sequence[Place]) -> Text:
    """Return what one sees: in how many Kreise a shortage is sure, open or unlikely, and how wide ranges are."""
    sure = sum(row.value.p_shortage >= 0.9 for row in rows)
    unsure = sum(0.34 <= row.value.p_shortage < 0.66 for row in rows)
    unlikely = sum(row.value.p_shortage < 0.34 for row in rows)
    known = sorted(row.width for row in rows if row.width is not None)
    middle = known[len(known) // 2] if known else 0.0
    return Text(
        f"In {sure} von {len(rows)} Kreisen ist eine Lücke sehr wahrscheinlich oder so gut wie sicher, in {unsure} ist sie offen, in {unlikely} unwahrscheinlich. In der Hälfte der Kreise liegen die Enden der 80-%-Spanne höchstens {number(middle, 'de')} Personen je 100 beschäftigte Fachkräfte auseinander.",
        f"In {sure} of {len(rows)} Kreise a shortage is very likely or almost certain, in {unsure} it is open, in {unlikely} unlikely. In half of the Kreise the ends of the 80 % range are at most {number(middle, 'en')} people per 100 skilled employees apart.",
    )
