"""Data editions: official figures in one schema, with their sources; the shipped one is package data."""

from __future__ import annotations

from fachkraftwerk.core.source import SourceRecord
from fachkraftwerk.edition.store import Edition, open_edition

#: Open the edition at a path; None opens FACHKRAFTWERK_EDITION or the shipped one.
open = open_edition  # noqa: A001 – read as "edition.open"

__all__ = ["Edition", "SourceRecord", "open", "open_edition"]
