"""The empty Word document: page, fonts, colours, language, and the foot with title and page number."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fachkraftwerk.reports.minutes.blocks import Document
from fachkraftwerk.reports.minutes.wording import Say
from fachkraftwerk.reports.theme import FONTS, colours

LANGUAGES = {"de": "de-DE", "en": "en-GB"}
STYLES = (
    ("Title", "ink", 24, 0, 0), ("Subtitle", "accent", 12, 0, 10), ("Heading 1", "accent", 16, 22, 4),
    ("Heading 2", "ink", 12, 14, 3), ("Heading 3", "muted", 10.5, 10, 2), ("Caption", "muted", 9, 6, 3),
)  # fmt: skip
"""Style, colour, size, space above and below in points."""


def set_up(paper: Any, document: Document) -> None:
    """Prepare page, styles, properties and foot."""
    _body(paper, LANGUAGES[document.lang])
    for name, token, size, above, below in STYLES:
        _style(paper.styles[name], token, size, above, below)
    _page(paper.sections[0])
    _foot(paper, document)
    core = paper.core_properties
    core.title, core.language, core.author = document.title, LANGUAGES[document.lang], "Fachkraftwerk"
    core.created = core.modified = datetime(2000, 1, 1)  # no clock: the same minutes give the same file
    core.comments = ""


def _body(paper: Any, language: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = FONTS[2], Pt(10)
    normal.paragraph_format.space_after = Pt(4)
    own = normal.element.get_or_add_rPr()
    own.get_or_add_rFonts().set(qn("w:eastAsia"), FONTS[2])
    own.append(own.makeelement(qn("w:lang"), {qn("w:val"): language}))
    paper.styles["List Bullet"].paragraph_format.space_after = Pt(2)


def _style(style: Any, token: str, size: float, above: float, below: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    font, spacing = style.font, style.paragraph_format
    font.name, font.size, font.italic = FONTS[2], Pt(size), False
    font.bold = style.name not in ("Subtitle", "Caption")
    font.color.rgb = RGBColor.from_string(colours()[token].lstrip("#").upper())
    spacing.space_before, spacing.space_after = Pt(above), Pt(below)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def _page(section: Any) -> None:
    from docx.shared import Cm

    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = Cm(2.2)
    section.bottom_margin = Cm(2)


def _foot(paper: Any, document: Document) -> None:
    """Write title and page number at the foot of every page."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Cm, Pt, RGBColor

    style = paper.styles["Footer"]
    style.font.size, style.font.color.rgb = Pt(8), RGBColor.from_string(colours()["muted"].lstrip("#").upper())
    style.paragraph_format.tab_stops.clear_all()
    style.paragraph_format.tab_stops.add_tab_stop(Cm(16.6), WD_TAB_ALIGNMENT.RIGHT)
    line = paper.sections[0].footer.paragraphs[0]
    line.add_run(f"{document.title} · {document.subtitle}\t{Say(document.lang)('Seite', 'Page')} ")
    _field(line, "PAGE")


def _field(line: Any, code: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind, text in (("begin", ""), ("", code), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        line.add_run()._r.append(part)
