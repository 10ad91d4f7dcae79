"""The minutes as tagged PDF."""

from __future__ import annotations

from fachkraftwerk.reports import typeset
from fachkraftwerk.reports.minutes.blocks import Document


def pdf(document: Document) -> bytes:
    """Return the document as PDF/UA-1."""
    return typeset.pdf("minutes", document.plain())
