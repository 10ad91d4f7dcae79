"""The kept result of every proof as Markdown for the documentation folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fachkraftwerk.core.text import Text
from fachkraftwerk.runs.backtest import gap_exam, proofs, spread_table, spreads
from fachkraftwerk.runs.backtest.gaps import Comparison, Pair
from fachkraftwerk.runs.backtest.published import PublishedGap
from fachkraftwerk.runs.backtest.result import Test
from fachkraftwerk.runs.backtest.scores import Score

#: How to set figures of others beside ours.
OTHERS = (
    "Published gaps of others: `fachkraftwerk backtest --gaps FILE.csv` (`--only-gaps` for this comparison alone). "
    "Columns `region ags, horizon, base year, category, value, source, url`; parted by comma, semicolon or tab, headings "
    "in German or English, source and url may be missing. Categories: skilled, vocational, academic, unskilled, total or "
    "the German words; positive = missing. A Land has two digits, a Kreis five; names are understood, a lost leading "
    "zero is put back and said. Every fault is told with file and line, and nothing is computed."
)


def write(document: dict[str, Any], folder: Path) -> list[Path]:
    """Write ``backtest.md`` and ``spreads.md`` from a kept result; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {"backtest.md": backtest(document), "spreads.md": spread_table.markdown(spread_lines(document), "en")}
    written = []
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
        written.append(folder / name)
    return written


def backtest(document: dict[str, Any]) -> str:
    """Return the tables of all tests and of the published gaps."""
    head = (
        "# How good is the forecast?\n\n"
        f"Produced by `fachkraftwerk backtest --docs docs` on edition {document['edition']}, version "
        f"{document['version']}, {document['computed']}. Targets: 50 % and 80 % of the outcomes inside the ranges, "
        "within 7 points; shares in brackets are not judged, the note below the table says why. The same tables, with charts and a map, are the page `/guete/`.\n\n"
        f"{OTHERS}\n"
    )
    return "\n".join([head, proofs.markdown(tests(document), "en"), exam(document).markdown("en")])


def tests(document: dict[str, Any]) -> list[Test]:
    """Return the tests of a kept result."""
    return [
        Test(
            entry["test"], Text(**entry["title"]), Text(**entry["method"]),
            tuple(Score(**line) for line in entry["scores"]), tuple(Text(**note) for note in entry["notes"]), entry["errors"],
        )
        for entry in document["tests"]
    ]  # fmt: skip


def exam(document: dict[str, Any]) -> gap_exam.Exam:
    """Return the comparison with published gaps of a kept result."""
    kept = document["published_gaps"]
    known = PublishedGap.__dataclass_fields__
    pairs = tuple(
        Pair(PublishedGap(**{key: figure[key] for key in known}), figure["employees"], figure["said"])
        for figure in kept["figures"]
    )
    return gap_exam.Exam(pairs, tuple(Comparison(**line) for line in kept["comparison"]), tuple(kept["left_out"]))


def spread_lines(document: dict[str, Any]) -> list[spreads.Line]:
    """Return the table of spreads of a kept result."""
    return [_line(entry) for entry in document["spreads"]]


def _line(entry: dict[str, Any]) -> spreads.Line:
    estimate = None
    if entry["estimate"] is not None:
        ahead = {int(h): float(error) for h, error in entry["by_horizon"].items()}
        estimate = spreads.Estimate(
            entry["estimate"], entry["low"], entry["estimated_power"], ahead, entry["errors"]
        )  # fmt: skip
    return spreads.Line(
        entry["key"], entry["scope"], Text(**entry["name"]), entry["used"], entry["power"], entry["estimated"], estimate,
        Text(**entry["basis"]), *(spreads.Law(**entry[name]) if entry.get(name) else None for name in ("size", "near")),
    )  # fmt: skip
