"""The minutes as a Word document, with real headings, lists and tables, for an administration to go on writing."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

from fachkraftwerk.reports.minutes.blocks import Bars, Block, Cards, Document, Heading, Listing, Paragraph, Sheet, Table
from fachkraftwerk.reports.theme import FONTS, colours

LANGUAGES = {"de": "de-DE", "en": "en-GB"}


def docx(document: Document) -> bytes:
    """Return the document as DOCX; the same document gives the same bytes."""
    from docx import Document as new

    paper = new()
    _set_up(paper, document)
    paper.add_heading(document.title, 0)
    paper.add_paragraph(document.subtitle, style="Subtitle")
    for name, value in document.facts:
        line = paper.add_paragraph()
        line.add_run(f"{name}: ").bold = True
        line.add_run(value)
    for block in document.blocks:
        _DRAW[type(block)](paper, block)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _set_up(paper: Any, document: Document) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = FONTS[2], Pt(10)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONTS[2])
    language = normal.element.get_or_add_rPr().makeelement(qn("w:lang"), {qn("w:val"): LANGUAGES[document.lang]})
    normal.element.get_or_add_rPr().append(language)
    for name, token in (
        ("Title", "ink"),
        ("Subtitle", "accent"),
        ("Heading 1", "accent"),
        ("Heading 2", "ink"),
        ("Heading 3", "muted"),
    ):
        font = paper.styles[name].font
        font.name, font.color.rgb = FONTS[2], RGBColor.from_string(colours()[token].lstrip("#").upper())
        fonts = paper.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.2)
    core = paper.core_properties
    core.title, core.language, core.author = document.title, LANGUAGES[document.lang], "Fachkraftwerk"
    core.created = core.modified = datetime(2000, 1, 1)  # no clock: the same minutes give the same file
    core.comments = ""


def _heading(paper: Any, block: Heading) -> None:
    paper.add_heading(block.text, block.level)


def _paragraph(paper: Any, block: Paragraph) -> None:
    line = paper.add_paragraph()
    run = line.add_run(block.text)
    run.bold = block.style == "lead"
    run.italic = block.style == "note"


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
    _grid(paper, block.header, block.rows, block.numeric)


def _bars(paper: Any, block: Bars) -> None:
    """Numbers instead of bars: Word users sort and copy them."""
    _caption(paper, block.caption)
    _grid(paper, (), tuple((bar.name, bar.shown, bar.note) for bar in block.bars), (1,))


def _caption(paper: Any, text: str) -> None:
    line = paper.add_paragraph(text, style="Caption")
    line.paragraph_format.keep_with_next = True


def _grid(paper: Any, header: tuple[str, ...], rows: tuple[tuple[str, ...], ...], numeric: tuple[int, ...]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement

    written = [*([header] if header else []), *rows]
    grid = paper.add_table(len(written), len(written[0]), style="Light List" if header else "Table Grid")
    if header:
        grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    cells = grid._cells  # reading the list once: python-docx rebuilds it for every access by row
    for place, text in enumerate(text for row in written for text in row):
        line = cells[place].paragraphs[0]
        line.add_run(text)
        if place % len(written[0]) in numeric:
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paper.add_paragraph()


def _sheet(paper: Any, block: Sheet) -> None:
    paper.add_heading(block.title, 2)
    tags = " · ".join(filter(None, (block.field, block.tag)))
    if tags:
        paper.add_paragraph().add_run(tags).italic = True
    if block.lines:
        _grid(paper, (), block.lines, ())


_DRAW: dict[type[Block], Callable[[Any, Any], None]] = {
    Heading: _heading, Paragraph: _paragraph, Cards: _cards, Listing: _listing, Table: _table, Bars: _bars, Sheet: _sheet,
}  # fmt: skip
