"""The map of errors: how far off our forecast was in each Kreis, with the table beside it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from fachkraftwerk.core.text import Text, number
from fachkraftwerk.runs.desk import Desk
from fachkraftwerk.web.charts import choropleth

#: Limits of the classes, percent off in either direction.
LIMITS = (3.0, 6.0, 10.0)
_HIGH = Text("zu hoch", "too high")
_LOW = Text("zu niedrig", "too low")
_EXACT = Text("genau", "exact")


@dataclass(frozen=True)
class Place:
    """One Kreis with the signed error of our forecast in percent."""

    ags: str
    name: Text
    error: float

    @property
    def side(self) -> Text:
        """Whether we were too high or too low."""
        return _EXACT if self.error == 0 else _HIGH if self.error > 0 else _LOW

    @property
    def size(self) -> float:
        """How far off, percent."""
        return abs(self.error)

    @property
    def klass(self) -> str:
        """Class of the map."""
        return f"e-{sum(self.size >= limit for limit in LIMITS) + 1}"


def places(desk: Desk, errors: dict[str, float]) -> list[Place]:
    """Return the Kreise of this edition, farthest off first."""
    regions = desk.edition.regions
    known = [
        Place(ags, desk.title(regions[ags]), error)
        for ags, error in errors.items()
        if error is not None and ags in regions
    ]
    return sorted(known, key=lambda place: -place.size)


def drawn(desk: Desk, rows: list[Place], title: str, lang: str, ident: str) -> str:
    """Return the map; every Kreis is a link that says name and error."""
    areas = [
        choropleth.Area(
            row.ags, choropleth.compact(shape.path), f"/kreis/{row.ags}/", row.klass, told(row, lang), shape.x, shape.y
        )
        for row in rows if (shape := desk.shapes.get(row.ags))
    ]  # fmt: skip
    return choropleth.choropleth(areas, title, ident)


def told(place: Place, lang: str) -> str:
    """Return "Kassel: 4,2 % zu niedrig"."""
    return f"{place.name.in_(lang)}: {number(place.size, lang, 1)} % {place.side.in_(lang)}"


def legend(lang: str) -> list[tuple[str, str]]:
    """Return (class, words) from small to large."""
    words = [Text(f"unter {LIMITS[0]:.0f} %", f"under {LIMITS[0]:.0f} %")]
    words += [Text(f"{a:.0f} bis unter {b:.0f} %", f"{a:.0f} to under {b:.0f} %") for a, b in pairwise(LIMITS)]  # fmt: skip
    words.append(Text(f"{LIMITS[-1]:.0f} % und mehr", f"{LIMITS[-1]:.0f} % and more"))
    return [(f"e-{i}", word.in_(lang)) for i, word in enumerate(words, start=1)]


def sentence(rows: list[Place]) -> Text:
    """Return what one sees: how many Kreise lie within the first class and on which side the others are."""
    near = sum(row.size < LIMITS[1] for row in rows)
    low = sum(row.error < 0 for row in rows)
    return Text(
        f"In {near} von {len(rows)} Kreisen lag die Vorausberechnung im Mittel weniger als {LIMITS[1]:.0f} % daneben; in {low} war sie zu niedrig.",
        f"In {near} of {len(rows)} Kreise the forecast was on average less than {LIMITS[1]:.0f} % off; in {low} it was too low.",
    )
