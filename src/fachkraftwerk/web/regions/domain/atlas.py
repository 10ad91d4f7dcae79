"""The map of Germany or of one Land with its table: one measure, classes with round limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fachkraftwerk.core.classifications import BASE_YEAR, INDICATORS
from fachkraftwerk.core.errors import refuse
from fachkraftwerk.core.figure import Figure
from fachkraftwerk.core.regions import LAENDER
from fachkraftwerk.core.text import Text, number
from fachkraftwerk.runs import figures, reasons, waterfall, wording
from fachkraftwerk.runs.desk import Desk
from fachkraftwerk.runs.ranges import WHOLE
from fachkraftwerk.web.charts import choropleth as maps
from fachkraftwerk.web.regions.domain.asked import Asked
from fachkraftwerk.web.regions.domain.kreis import middle

#: What the map can show: measure → (indicator or "" for the chosen reading, heading).
MEASURES: dict[str, Text] = {
    "": Text("Lücke", "Gap"),
    "replacement": Text("gehen in Rente", "retire"),
    "entrants": Text("rücken nach", "enter"),
    "structural_change": Text("mehr oder weniger Bedarf", "more or less demand"),
    "migration": Text("ziehen fort (+) oder zu (−)", "move away (+) or in (−)"),
    "sicherheit": Text("Wie sicher fehlen Menschen?", "How sure is a shortage?"),
}
#: Question above the map of a measure.
QUESTIONS: dict[str, Text] = {
    "": Text("", ""),
    "replacement": Text("Wo gehen wie viele in Rente?", "Where do how many retire?"),
    "entrants": Text("Wo rücken wie viele junge Menschen nach?", "Where do how many young people follow?"),
    "structural_change": Text("Wo steigt der Bedarf, wo sinkt er?", "Where does demand rise, where does it fall?"),
    "migration": Text("Wo ziehen mehr fort als zu?", "Where do more move away than in?"),
    "sicherheit": Text("Wie sicher fehlen Menschen?", "How sure is a shortage?"),
}
#: What a value below zero means.
BELOW: dict[str, Text] = {
    "": Text("Unter null: mehr Menschen, als gebraucht werden.", "Below zero: more people than needed."),
    "structural_change": Text("Unter null: weniger Bedarf als 2023.", "Below zero: less demand than in 2023."),
    "migration": Text("Unter null: mehr ziehen zu als fort.", "Below zero: more move in than away."),
}
#: Class on the map of certainty → from which probability of a shortage on.
CERTAINTY = (("c-5", 0.99), ("c-4", 0.90), ("c-3", 0.66), ("c-none", 0.34), ("c-s1", 0.10), ("c-s2", 0.0))


@dataclass(frozen=True)
class Place:
    """One row of the table beside the map."""

    ags: str
    name: Text
    amount: float  # in the digits its range carries
    exact: float
    share: float | None  # per 100 employed; None where fewer than fifty people worked there
    klass: str
    href: str
    word: Text | None = None  # certainty, on the map of certainty


def figure_of(desk: Desk, asked: Asked) -> Figure:
    """Return the figure the map shows, without its region. Raises Refusal for an unknown measure."""
    if asked.measure not in MEASURES:
        raise refuse(
            f"„{asked.measure}“ zeigt die Karte nicht.", f'The map does not show "{asked.measure}".',
            f"Erlaubt: {', '.join(key for key in MEASURES if key)}.",
            f"Allowed: {', '.join(key for key in MEASURES if key)}.", "groesse",
        )  # fmt: skip
    figure = asked.figure(desk, "all")
    return figure.at(indicator=asked.measure) if asked.measure in INDICATORS else figure


def carried(value: figures.FigureValue) -> float:
    """Return a figure as its own page writes it: in the digits its range carries."""
    return wording.rounded(value.value, wording.step(value))


def certain_places(desk: Desk, asked: Asked, land: str = "") -> list[Place] | None:
    """Return the Kreise by the probability of a shortage; None while the ranges are being computed.

    Raises Refusal where a single occupation or level is asked for: ranges of all Kreise are kept for totals only.
    """
    if not asked.whole:
        raise refuse(
            "Die Karte der Sicherheit gibt es nur für alle Berufe zusammen.",
            "The map of certainty exists only for all occupations together.",
            "Wählen Sie „alle Berufe“ und „alle“ Anforderungen.", 'Choose "all occupations" and "all" requirements.',
        )  # fmt: skip
    values = desk.ranges(figure_of(desk, asked))
    if values is None:
        return None
    query = asked.query(measure="")
    rows = [
        Place(
            ags, desk.title(desk.edition.regions[ags]), carried(value), value.value, 100 * value.p_shortage,
            next(klass for klass, limit in CERTAINTY if value.p_shortage >= limit), f"/kreis/{ags}/{query}",
            wording.certainty(value.p_shortage),
        )
        for ags, value in values.items()
        if ags in desk.edition.regions and ags.startswith(land)
    ]  # fmt: skip
    return sorted(rows, key=lambda place: -(place.share or 0.0))


def certainty_legend(lang: str) -> list[tuple[str, str]]:
    """Return the classes of the map of certainty: the word, and from how many to how many of 100 calculations."""
    ends = zip(CERTAINTY, (1.0, *(limit for _, limit in CERTAINTY)), strict=False)
    return [
        (klass, f"{wording.certainty((low + high) / 2).in_(lang)} ({100 * low:.0f}–{100 * high:.0f})")
        for (klass, low), high in ends
    ]


def places(desk: Desk, asked: Asked, land: str = "") -> tuple[list[Place], list[maps.Class]]:
    """Return the Kreise (of one Land), widest first, and the classes of the whole country."""
    table = middle(desk, figure_of(desk, asked))
    sign = -1.0 if asked.measure == "entrants" else 1.0
    shares = {
        ags: sign * 100 * value.value / people if people >= figures.SMALLEST else None
        for ags, (value, people) in table.items()
    }
    among = maps.classes(share for share in shares.values() if share is not None)
    query = asked.query(measure="")
    rows = [
        Place(
            ags, desk.title(desk.edition.regions[ags]), sign * carried(value), sign * value.value, shares[ags],
            maps.class_of(share, among) if (share := shares[ags]) is not None else "c-none", f"/kreis/{ags}/{query}",
        )
        for ags, (value, _) in table.items()
        if ags.startswith(land)
    ]  # fmt: skip
    rows.sort(key=lambda place: -(place.share if place.share is not None else -1e9))
    return rows, among


def told(place: Place, lang: str, group: Text) -> str:
    """Return what is said when a Kreis gets the focus. group: whom the share is set against."""
    if place.share is None:
        few = Text("weniger als 50 Beschäftigte, nicht gezeigt", "fewer than 50 employees, not shown")
        return f"{place.name.in_(lang)}: {few.in_(lang)}"
    if place.word is not None:
        return f"{place.name.in_(lang)}: {place.word.in_(lang)} ({number(place.share, lang)} / 100)"
    amount = number(place.amount, lang)
    share = number(place.share, lang, 1)
    words = Text(f"{share} je 100 {group.de}, {amount} Personen", f"{share} per 100 {group.en}, {amount} people")
    return f"{place.name.in_(lang)}: {words.in_(lang)}"


def drawn(desk: Desk, rows: list[Place], title: str, lang: str, whole: bool, group: Text) -> str:
    """Return the map; the whole country on whole units to keep the page small, a Land in full detail."""
    shapes = {row.ags: desk.shapes[row.ags] for row in rows if row.ags in desk.shapes}
    areas = [
        maps.Area(
            row.ags, maps.compact(shapes[row.ags].path) if whole else shapes[row.ags].path, row.href, row.klass,
            told(row, lang, group), shapes[row.ags].x, shapes[row.ags].y,
        )
        for row in rows if row.ags in shapes
    ]  # fmt: skip
    box = maps.CANVAS if whole else maps.bounds(shape.path for shape in shapes.values())
    lines = _land_lines(str(desk.edition.path), desk) if whole else ""
    return maps.choropleth(areas, title, box=box, lines=lines)


_LINES: dict[str, str] = {}


def _land_lines(edition: str, desk: Desk) -> str:
    """Return the borders of the Länder, computed once for an edition."""
    if edition not in _LINES:
        _LINES[edition] = maps.borders({ags: shape.path for ags, shape in desk.shapes.items()})
    return _LINES[edition]


def main_reason(desk: Desk, asked: Asked, rows: list[Place], value: figures.FigureValue) -> Text:
    """Return the strongest reason of the sum over the shown Kreise; empty until their central paths are computed."""
    if asked.measure or not desk.central_at_hand:
        return Text("", "")
    keys = waterfall.READINGS[asked.indicator]
    tables = {key: desk.overview(asked.figure(desk, "all").at(indicator=key)) for key in keys}
    sums = {key: sum(table[row.ags][0].value for row in rows) for key, table in tables.items()}
    said = {key: wording.rounded(amount, wording.step(value) / 10) for key, amount in sums.items()}
    return reasons.main_reason(said, BASE_YEAR, surplus=value.value < 0)


def summary(desk: Desk, asked: Asked, rows: list[Place], land: str) -> dict[str, Any]:
    """Return the sum over the shown Kreise and a sentence on it."""
    name = LAENDER.get(land, "Deutschland" if not land else "Musterland")
    total = sum(row.exact for row in rows)
    value = figures.FigureValue(total, total, total, total, total, total, float(total > 0))
    if not asked.measure and asked.whole and (ranges := desk.ranges(figure_of(desk, asked), start=False)):
        value = ranges[land or WHOLE]
    sentence = Text("", "")
    if not asked.measure:
        where = wording.scoped(wording.land_place(name), asked.occupation, asked.level)
        sentence = wording.headline(where, value, asked.year, asked.qualification)
    indicator = INDICATORS[figure_of(desk, asked).indicator]
    return {
        "question": QUESTIONS[asked.measure],
        "below": BELOW.get(asked.measure, Text("", "")) if any((row.share or 0) < 0 for row in rows) else Text("", ""),
        "summed": asked.measure in ("replacement", "entrants"),
        "name": name,
        "place": wording.land_place(name),
        "total": wording.written(wording.rough(total)),
        "reason": main_reason(desk, asked, rows, value),
        "sentence": sentence,
        "indicator": indicator,
    }
