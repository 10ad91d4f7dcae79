"""Which editions are at hand."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from fachkraftwerk.edition.store import MANIFEST, open_edition, shipped


def editions() -> list[dict[str, Any]]:
    """Return the shipped edition and the one named by FACHKRAFTWERK_EDITION: name, tables, rows, path."""
    places = [shipped(), *([Path(named)] if (named := os.environ.get("FACHKRAFTWERK_EDITION")) else [])]
    return [_entry(path) for path in dict.fromkeys(places) if (path / MANIFEST).is_file()]


def _entry(path: Path) -> dict[str, Any]:
    edition = open_edition(path)
    rows = sum(table["rows"] for table in edition.tables.values())
    return {"edition": edition.name, "tables": len(edition.tables), "rows": rows, "path": str(path)}
