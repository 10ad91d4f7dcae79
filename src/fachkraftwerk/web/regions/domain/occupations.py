"""The table of occupations and levels, and the one of qualifications, on the page of a Kreis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fachkraftwerk.core.classifications import LEVELS, OCCUPATIONS, QUALIFICATION_GROUPS
from fachkraftwerk.core.figure import Figure
from fachkraftwerk.core.text import Text
from fachkraftwerk.runs import figures, wording
from fachkraftwerk.runs.figures import Cell, FigureValue
from fachkraftwerk.web.charts import small
from fachkraftwerk.web.regions.domain.kreis import Story

#: Rows of the occupation table before "show all".
FIRST_ROWS = 12


@dataclass(frozen=True)
class Row:
    """One row of the table of occupations."""

    name: Text
    level: Text
    cell: Cell
    rail: str
    figure: Figure | None

    @property
    def about(self) -> Text:
        """Occupation and level, so that two links of one occupation do not sound alike."""
        return Text(f"{self.name.de}, {self.level.de}", f"{self.name.en}, {self.level.en}")


def where(story: Story) -> dict[str, Any]:
    """Return occupations × levels, sorted as asked, small groups pooled, with rails on one axis."""
    cells = figures.cells(story.figure, story.forecast)
    rows = _sorted([c for c in cells if c.occupation], story.asked.order)
    pool = next((c for c in cells if not c.occupation and round(c.employed)), None)
    both = missing_is_not_all(story.value) and story.asked.order == "luecke" and len(rows) > FIRST_ROWS
    first, last = (FIRST_ROWS // 2, FIRST_ROWS // 2) if both else (FIRST_ROWS, 0)
    shown = rows if story.asked.every else rows[:first] + rows[len(rows) - last :]
    ends = [v for c in shown for v in (c.value.p10, c.value.p90)] + [0.0]
    low, high = min(ends), max(ends)
    return {
        "rows": [_row(story, c, low, high) for c in shown],
        "ends": (low, high),
        "break": first if both and not story.asked.every else 0,
        "count": len(rows),
        "more": len(rows) - len(shown),
        "pool": pool,
        "sentence": _strongest(story, figures_by_gap(cells)) if story.asked.occupation == "all" else Text("", ""),
    }


def missing_is_not_all(value: FigureValue) -> bool:
    """Tell whether the page has to speak of too many as well: on a surplus, or where the sign is open."""
    return value.value < 0 or (value.ranged and wording.certainty(value.p_shortage) == wording.OPEN)


def _strongest(story: Story, cells: list[Cell]) -> Text:
    """Return the sentence on the occupations at the upper end of the table, or at both ends."""

    def names(found: list[Cell]) -> list[Text]:
        return list(dict.fromkeys(OCCUPATIONS[c.occupation] for c in found))

    missing = names([c for c in cells if c.value.value >= figures.SMALLEST])
    if not missing_is_not_all(story.value):
        return wording.strongest(missing)
    return wording.both_ends(missing, names([c for c in reversed(cells) if c.value.value <= -figures.SMALLEST]))


def figures_by_gap(cells: list[Cell]) -> list[Cell]:
    """Return the named cells, widest gap first."""
    return sorted((c for c in cells if c.occupation), key=lambda c: -c.value.value)


def _sorted(cells: list[Cell], order: str) -> list[Cell]:
    keys = {
        "luecke": lambda c: -c.value.value,
        "beruf": lambda c: OCCUPATIONS[c.occupation].de,
        "anforderung": lambda c: (list(LEVELS).index(c.level) if c.level in LEVELS else -1, -c.value.value),
        "beschaeftigte": lambda c: -c.employed,
    }
    return sorted(cells, key=keys[order])


def _row(story: Story, cell: Cell, low: float, high: float) -> Row:
    level = LEVELS.get(cell.level, Text("alle", "all"))
    address = story.figure.at(level=cell.level, occupation=cell.occupation)
    return Row(OCCUPATIONS[cell.occupation], level, cell, small.rail(cell.value, low, high), address)


def qualifications(story: Story) -> list[dict[str, Any]]:
    """Return the gap by qualification, with rails on one axis."""
    values = []
    for key in ("vocational", "academic", "skilled", "unskilled", "total"):
        figure = story.figure.at(qualification=key)
        values.append((key, figure, figures.resolve(figure, story.forecast)))
    ends = [v for _, _, one in values for v in (one.p10, one.p90)] + [0.0]
    return [
        {
            "name": QUALIFICATION_GROUPS[key], "figure": figure, "value": value, "key": key,
            "rail": small.rail(value, min(ends), max(ends)), "ends": (min(ends), max(ends)), "strong": key in {"skilled", "total"},
        }
        for key, figure, value in values
    ]  # fmt: skip
