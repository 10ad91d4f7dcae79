"""What every command prints: one JSON document or a table on standard output, everything else on standard error."""

from __future__ import annotations

import csv
import json
import math
import sys
from collections.abc import Iterable, Sequence
from typing import Any


def say(line: str) -> None:
    """Write a note for the person at the terminal (standard error)."""
    print(line, file=sys.stderr)


def write_json(document: Any) -> None:
    """Write one JSON document on standard output; not-a-number becomes null."""
    json.dump(_plain(document), sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def write_csv(rows: Iterable[dict[str, Any]]) -> None:
    """Write rows as CSV (comma, point, UTF-8) on standard output."""
    rows = list(rows)
    writer = csv.DictWriter(sys.stdout, fieldnames=list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def write_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a plain aligned table; the first column left, numbers right."""
    lines = [list(head), *[list(row) for row in rows]]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    for number, line in enumerate(lines):
        cells = [
            cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(line, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())
        if number == 0:
            print("  ".join("-" * w for w in widths))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value
