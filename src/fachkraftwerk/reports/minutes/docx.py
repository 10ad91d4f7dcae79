"""The minutes as a Word document, with real headings, lists and tables, for an administration to go on writing."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from fachkraftwerk.reports.minutes.blocks import Bars, Block, Cards, Document, Heading, Listing, Paragraph, Sheet, Table
from fachkraftwerk.reports.minutes.docx_grid import Looks, grid
from fachkraftwerk.reports.minutes.docx_paper import set_up

LABELLED = Looks((1, 3.6), header=False, quiet=True, whole=True)
"""Two columns: a quiet label and what it says; the whole stays on one page."""


def docx(document: Document) -> bytes:
    """Return the document as DOCX; the same document gives the same bytes."""
    from docx import Document as new

    paper = new()
    set_up(paper, document)
    paper.add_paragraph(document.title, style="Title")
    paper.add_paragraph(document.subtitle, style="Subtitle")
    if document.facts:
        grid(paper, document.facts, LABELLED)
    for block in document.blocks:
        _DRAW[type(block)](paper, block)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _heading(paper: Any, block: Heading) -> None:
    paper.add_heading(block.text, block.level)


def _paragraph(paper: Any, block: Paragraph) -> None:
    from docx.shared import Pt

    run = paper.add_paragraph().add_run(block.text)
    run.bold = block.style == "lead"
    run.italic = block.style == "note"
    if block.style == "note":
        run.font.size = Pt(9)


def _cards(paper: Any, block: Cards) -> None:
    marks = block.marks or ("",) * len(block.texts)
    for text, mark in zip(block.texts, marks, strict=True):
        line = paper.add_paragraph(text, style="List Bullet")
        if mark:
            line.add_run(f" ({mark})").italic = True


def _listing(paper: Any, block: Listing) -> None:
    for text in block.texts:
        paper.add_paragraph(text, style="List Bullet")


def _table(paper: Any, block: Table) -> None:
    _caption(paper, block.caption)
    widths = block.widths or (1.0,) * len(block.header)
    grid(paper, (block.header, *block.rows), Looks(widths, block.numeric))


def _bars(paper: Any, block: Bars) -> None:
    """Numbers instead of bars: Word users sort and copy them."""
    _caption(paper, block.caption)
    rows = [(bar.name, bar.shown, bar.note) for bar in block.bars]
    if rows:
        grid(paper, rows, Looks((4.5, 1, 2), (1,), header=False))


def _caption(paper: Any, text: str) -> None:
    paper.add_paragraph(text, style="Caption").paragraph_format.keep_with_next = True


def _sheet(paper: Any, block: Sheet) -> None:
    paper.add_heading(block.title, 2)
    tags = " · ".join(filter(None, (block.field, block.tag)))
    if tags:
        paper.add_paragraph(tags, style="Caption").paragraph_format.keep_with_next = True
    if block.lines:
        grid(paper, block.lines, LABELLED)


_DRAW: dict[type[Block], Callable[[Any, Any], None]] = {
    Heading: _heading, Paragraph: _paragraph, Cards: _cards, Listing: _listing, Table: _table, Bars: _bars, Sheet: _sheet,
}  # fmt: skip
