"""The page that sets kept runs side by side."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fachkraftwerk.runs.desk import open_desk
from fachkraftwerk.web.quality.domain import kept
from fachkraftwerk.web.regions.templatetags.amounts import signed

YEAR = 2030
NO_BREAK = "\u00a0"


def page(request: HttpRequest) -> HttpResponse:
    """List kept runs; with two of them chosen, show what moved and why."""
    before, after = request.GET.get("vor", ""), request.GET.get("nach", "")
    context: dict[str, Any] = {"runs": kept.runs(), "before": before, "after": after, "year": YEAR}
    found = kept.compare(before, after) if before and after else None
    if found is not None:
        sums = kept.total(found, YEAR)
        context |= {
            "found": found, "rows": kept.rows(open_desk(), found, YEAR), "sums": sums, "moved": signed(sums[1] - sums[0]).replace(" ", NO_BREAK),
            "changes": [(kept.KINDS[change.kind], change.name, *kept.states(change)) for change in found.changes[: kept.SHOWN]],
            "more": max(0, len(found.changes) - kept.SHOWN),
            "apart": sum(not one.overlap for one in found.largest(YEAR)), "count": len(found.largest(YEAR)),
        }  # fmt: skip
    return render(request, "quality/runs.html", context)
