"""The page on editions and kept runs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fachkraftwerk.runs.desk import open_desk
from fachkraftwerk.web.quality.domain import vintages

YEAR = 2030


def page(request: HttpRequest) -> HttpResponse:
    """List editions and runs; with two runs chosen, show what moved and why."""
    before, after = request.GET.get("vor", ""), request.GET.get("nach", "")
    context: dict[str, Any] = {
        "editions": vintages.at_hand(), "runs": vintages.runs(), "before": before, "after": after, "year": YEAR,
    }  # fmt: skip
    found = vintages.compare(before, after) if before and after else None
    if found is not None:
        sums = vintages.total(found, YEAR)
        context |= {
            "found": found, "rows": vintages.rows(open_desk(), found, YEAR), "sums": sums, "moved": sums[1] - sums[0],
            "changes": [(vintages.KINDS[change.kind], change) for change in found.changes[: vintages.SHOWN]],
            "more": max(0, len(found.changes) - vintages.SHOWN),
            "apart": sum(not one.overlap for one in found.largest(YEAR)), "count": len(found.largest(YEAR)),
        }  # fmt: skip
    return render(request, "quality/vintages.html", context)
