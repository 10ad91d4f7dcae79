"""The figures of a Kreis page as a workbook: words as the page says them, numbers as numbers, each with its address."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from fachkraftwerk.core.classifications import BASE_YEAR, LEVELS, OCCUPATIONS, QUALIFICATION_GROUPS
from fachkraftwerk.core.figure import Figure
from fachkraftwerk.core.text import Text
from fachkraftwerk.runs import figures, waterfall, wording
from fachkraftwerk.runs.figures import FigureValue
from fachkraftwerk.web.regions.domain.files import source_lines
from fachkraftwerk.web.regions.domain.kreis import Story

ALL = Text("alle", "all")
#: Heads of the columns that every sheet ends with; people are rounded to tens as on the page.
NUMBERS = (
    Text("Mitte (Personen)", "middle (people)"), Text("8 von 10 Rechnungen, von", "8 in 10 calculations, from"),
    Text("bis", "to"), Text("Rechnungen mit Lücke", "calculations with a gap"),
    Text("Ausgangszahl geschätzt", "base figure estimated"), Text("Adresse der Zahl", "address of the figure"),
)  # fmt: skip
SHEETS = {
    "reasons": (Text("Gründe", "Reasons"), (
        Text("Grund", "reason"), Text("Jahr", "year"), Text("Beitrag, mittlerer Weg", "contribution, middle path"),
    )),
    "years": (Text("Verlauf", "Path"), (Text("Jahr", "year"),)),
    "cells": (Text("Berufe", "Occupations"), (
        Text("Beruf", "occupation"), Text("Anforderung", "requirement"),
        Text(f"Beschäftigte {BASE_YEAR}", f"employed {BASE_YEAR}"),
    )),
    "groups": (Text("Abschluss", "Qualification"), (Text("Abschluss", "qualification"), Text("Jahr", "year"))),
}  # fmt: skip
Row = list[Any]


@dataclass(frozen=True)
class Sum:
    """The sum of the cells above, written as a formula; ``value`` is what it comes to."""

    value: float


def make(story: Story, link: str) -> bytes:
    """Return the workbook. ``link`` opens exactly this view again."""
    import xlsxwriter

    rows = {"reasons": _reasons(story), "years": _years(story), "cells": _cells(story), "groups": _groups(story)}
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        book.set_properties({"title": story.title.in_(story.lang), "comments": link})
        for name, (title, heads) in SHEETS.items():
            words = [head.in_(story.lang) for head in (*heads, *NUMBERS)]
            _sheet(book, title.in_(story.lang), words, rows[name])
        _about(book, story, link)
    return memory.getvalue()


def _sheet(book: Any, title: str, heads: list[str], rows: list[Row]) -> None:
    from xlsxwriter.utility import xl_range

    sheet = book.add_worksheet(title)
    formats = {
        "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"},
        "tens": {"num_format": "#,##0"},
    }
    made = {name: book.add_format(form) for name, form in formats.items()} | {
        "share": book.add_format({"num_format": "0 %"})
    }
    sheet.write_row(0, 0, heads, made["head"])
    first = len(heads) - len(NUMBERS)
    for i, row in enumerate(rows, 1):
        for j, cell in enumerate(row):
            share = j in (first + 3, first + 4)
            year = isinstance(cell, int)
            form = None if isinstance(cell, str) or year else made["share" if share else "tens"]
            if isinstance(cell, Sum):
                sheet.write_formula(i, j, f"=SUM({xl_range(1, j, i - 1, j)})", form, cell.value)
            else:
                sheet.write(i, j, cell, form)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(rows), len(heads) - 1)
    sheet.set_column(0, 0, 38)
    sheet.set_column(1, len(heads) - 2, 15)
    sheet.set_column(len(heads) - 1, len(heads) - 1, 52)


def _about(book: Any, story: Story, link: str) -> None:
    sheet = book.add_worksheet(Text("Herkunft", "Origin").in_(story.lang))
    sheet.set_column(0, 0, 110)
    lines = [
        story.title.in_(story.lang),
        wording.headline(story.place, story.value, story.asked.year, story.asked.qualification).in_(story.lang),
        wording.meaning(story.value.value < 0).in_(story.lang), *source_lines(story),
        Text("Diese Ansicht:", "This view:").in_(story.lang),
    ]  # fmt: skip
    for i, line in enumerate(lines):
        sheet.write_string(i, 0, line)
    sheet.write_string(len(lines), 0, link)


def _numbers(value: FigureValue, figure: Figure | None) -> Row:
    tens = [float(wording.rounded(v, 10)) for v in (value.value, value.p10, value.p90)]
    return [*tens, float(value.p_shortage), float(value.estimated_share), str(figure) if figure else ""]


def _reasons(story: Story) -> list[Row]:
    """Return the bars of the page; the contributions add up, the middles of the ranges need not."""
    steps = waterfall.told(waterfall.steps(story.figure, story.forecast), figures.TENS)
    nothing = [""] * len(NUMBERS)
    return [
        [
            s.label.in_(story.lang),
            story.asked.year,
            Sum(float(s.said)) if s.key == "total" else float(s.said),
            *(_numbers(s.value, s.figure) if s.figure else nothing),
        ]
        for s in steps
    ]


def _years(story: Story) -> list[Row]:
    path = figures.path(story.figure, story.forecast)
    return [[year, *_numbers(value, story.figure.at(year=year))] for year, value in path]


def _cells(story: Story) -> list[Row]:
    rows = []
    for cell in figures.cells(story.figure, story.forecast):
        people = float(wording.rounded(cell.employed, 10))
        if cell.occupation:
            words = [OCCUPATIONS[cell.occupation].in_(story.lang), LEVELS.get(cell.level, ALL).in_(story.lang)]
            rows.append(
                [*words, people, *_numbers(cell.value, story.figure.at(level=cell.level, occupation=cell.occupation))]
            )
        else:
            pool = Text(f"{cell.members} Gruppen unter 50 Beschäftigten", f"{cell.members} groups below 50 employees")
            rows.append([pool.in_(story.lang), "", people, *_numbers(cell.value, None)])
    return rows


def _groups(story: Story) -> list[Row]:
    rows = []
    for key, name in QUALIFICATION_GROUPS.items():
        figure = story.figure.at(qualification=key)
        value = figures.resolve(figure, story.forecast)
        rows.append([name.in_(story.lang), figure.year, *_numbers(value, figure)])
    return rows
