"""Minutes of a workshop: one document, shown as page, PDF and DOCX."""

from fachkraftwerk.reports.minutes.blocks import Document
from fachkraftwerk.reports.minutes.content import Names, document
from fachkraftwerk.reports.minutes.docx import docx
from fachkraftwerk.reports.minutes.pdf import pdf

__all__ = ["Document", "Names", "document", "docx", "pdf"]
