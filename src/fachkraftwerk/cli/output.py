"""What every command prints: one JSON document or a table on standard output, everything else on standard error."""

from __future__ import annotations

import csv
import json
import math
import sys
import time
from collections.abc import Iterable, Sequence
from typing import Any

from fachkraftwerk.core.errors import Fault


def say(line: str) -> None:
    """Write a note for the person at the terminal (standard error)."""
    print(line, file=sys.stderr)


def tell(faults: Sequence[Fault]) -> None:
    """Write all faults for the person at the terminal, first in German, then in English."""
    for lang in ("de", "en"):
        for fault in faults:
            say(fault.message(lang))


class Progress:
    """Tells on standard error how far a computation is, at most once in a few seconds."""

    def __init__(self, every: float = 2.0) -> None:
        self.every = every
        self.told = time.monotonic()
        self.first: tuple[float, int] | None = None

    def __call__(self, done: int, total: int) -> None:
        """Say "120 / 400, noch etwa 12 s · about 12 s left"."""
        now = time.monotonic()
        self.first = self.first or (now, done)
        begun, before = self.first
        if done < total and (now - max(self.told, begun) < self.every or done == before):
            return
        self.told, left = now, (now - begun) / max(done - before, 1) * (total - done)
        rest = f", noch etwa {left:.0f} s · about {left:.0f} s left" if done < total else ""
        say(f"{done} / {total}{rest}")


#: Lists longer than this are written one entry a line: a document of all Kreise has hundreds of thousands of rows.
LONG = 1000


def write_json(document: Any) -> None:
    """Write one JSON document on standard output; not-a-number becomes null."""
    long = isinstance(document, dict) and any(isinstance(one, list) and len(one) > LONG for one in document.values())
    if long:
        parts = (f"{json.dumps(str(key))}: {_entry(value)}" for key, value in document.items())
        sys.stdout.write("{" + ",\n".join(parts) + "}")
    else:
        json.dump(_plain(document), sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def _entry(value: Any) -> str:
    if not isinstance(value, list):
        return json.dumps(_plain(value), ensure_ascii=False)
    return "[" + ",\n".join(json.dumps(_plain(one), ensure_ascii=False) for one in value) + "]"


def write_csv(rows: Iterable[dict[str, Any]]) -> None:
    """Write rows as CSV (comma, point, UTF-8) on standard output; a column that some rows lack is empty there."""
    rows = list(rows)
    columns = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(sys.stdout, fieldnames=columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def write_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a plain aligned table; words left, numbers right."""
    lines = [list(head), *[list(row) for row in rows]]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    words = [not all(_numeric(line[i]) for line in lines[1:]) for i in range(len(head))]
    for number, line in enumerate(lines):
        columns = zip(line, widths, words, strict=True)
        cells = [cell.ljust(width) if left else cell.rjust(width) for cell, width, left in columns]
        print("  ".join(cells).rstrip())
        if number == 0:
            print("  ".join("-" * w for w in widths))


def _numeric(cell: str) -> bool:
    """Tell whether a cell holds a number as people write it: 1.200, −5 %, 3,5 or nothing at all."""
    return not any(letter.isalpha() for letter in cell)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value
