"""Tables of the Word document: thin rules, widths as written, header rows that come again, rows that stay whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fachkraftwerk.reports.theme import colours

WIDTH = 9412
"""Width of the text in twentieths of a point (16.6 cm)."""
SMALL = 9
"""Size of text in tables, in points."""


@dataclass(frozen=True)
class Looks:
    """How a table is drawn: relative widths, columns flush right, header, first column quiet, kept on one page."""

    widths: tuple[float, ...]
    numeric: tuple[int, ...] = ()
    header: bool = True
    quiet: bool = False
    whole: bool = False


def grid(paper: Any, rows: Sequence[Sequence[str]], looks: Looks) -> None:
    """Add a table of plain texts; where there is a header, it is the first row."""
    table = paper.add_table(len(rows), len(rows[0]))
    table.autofit = False
    _rules(table)
    widths = [round(WIDTH * part / sum(looks.widths)) for part in looks.widths]
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = width * 635
    cells = iter(table._cells)  # reading the list once: python-docx rebuilds it for every access by row
    for place, row in enumerate(rows):
        head = looks.header and place == 0
        _keep(table._tbl.tr_lst[place], head)
        last = place == len(rows) - 1
        for column, text in enumerate(row):
            _fill(next(cells), text, widths[column], head, column, looks, stays=head or (looks.whole and not last))
    paper.add_paragraph().paragraph_format.space_after = 0


def _fill(cell: Any, text: str, width: int, head: bool, column: int, looks: Looks, stays: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    cell.width = width * 635
    line = cell.paragraphs[0]
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(2)
    line.paragraph_format.keep_with_next = stays
    run = line.add_run(text)
    run.font.size, run.bold = Pt(SMALL), head
    if looks.quiet and column == 0:
        run.font.color.rgb = RGBColor.from_string(colours()["muted"].lstrip("#").upper())
    if column in looks.numeric:
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _keep(row: Any, head: bool) -> None:
    """Let a row stay on one page, and a header come again on the next."""
    from docx.oxml import OxmlElement

    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))


def _rules(table: Any) -> None:
    """Draw thin lines between rows and nothing else."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", colours()["line"].lstrip("#"))):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)
