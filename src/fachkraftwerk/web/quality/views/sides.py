"""The pages beside the tests: published gaps, ranges of the assumptions, weak spots."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from fachkraftwerk.web.quality.domain import gaps, verdict
from fachkraftwerk.web.quality.views.opened import opened, waiting


def published(request: HttpRequest) -> HttpResponse:
    """Show published gaps beside ours and how well they agree."""
    found = opened()
    if found is None:
        return waiting(request)
    kept = found.document["published_gaps"]
    context = found.frame("luecken") | {
        "lines": gaps.lines(found.desk, kept), "sets": gaps.sets(kept), "weak": gaps.weak_spots(kept),
    }  # fmt: skip
    return render(request, "quality/published.html", context)


def spreads(request: HttpRequest) -> HttpResponse:
    """Show the spread of each uncertain assumption beside what past errors say."""
    found = opened()
    if found is None:
        return waiting(request)
    return render(request, "quality/spreads.html", found.frame("spannen") | {"spreads": _spreads(found.document)})


def _spreads(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the table of spreads, amounts written."""
    from fachkraftwerk.runs.backtest import report, spread_table  # tables of the back-test: not at start

    lang = get_language() or "de"
    return [
        {
            "line": line, "scope": spread_table.SCOPES[line.scope], "used": spread_table.amount(line.used, lang),
            "band": "–" if line.estimate is None else spread_table.band(line.estimate, lang),
        }
        for line in report.spread_lines(document)
    ]  # fmt: skip


def weak(request: HttpRequest) -> HttpResponse:
    """Show every weak spot, every table in which we are hardly ahead, and what no test can tell."""
    found = opened()
    if found is None:
        return waiting(request)
    level, tables = verdict.tally(found.proofs)
    context = found.frame("schwach") | {
        "weak": found.weak(), "close": verdict.close_calls(found.proofs), "level": level, "tables": tables,
        "ranges": verdict.ranges(found.proofs), "known": {page.key: page for page in found.pages},
    }  # fmt: skip
    return render(request, "quality/weak.html", context)
