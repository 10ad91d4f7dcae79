"""The minutes as a page."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from fachkraftwerk.reports.minutes.blocks import Bars, Block, Cards, Heading, Table
from fachkraftwerk.web.afterwards.domain import minutes as written
from fachkraftwerk.web.afterwards.views.access import hosted, lang


@login_required
@never_cache
@require_GET
def minutes(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Show the minutes; while the workshop runs, they are the state of this moment."""
    workshop = hosted(request, workshop_id)
    document = written.document(workshop, lang())
    blocks = [_drawn(block, place) for place, block in enumerate(document.blocks)]
    contents = [block for block in blocks if block["kind"] == "heading" and block["level"] == 1]
    known = {"workshop": workshop, "document": document, "blocks": blocks, "contents": contents}
    return render(request, "afterwards/minutes.html", known)


def _drawn(block: Block, place: int) -> dict[str, Any]:
    """Return a block as its template wants it: numbers written, columns known, headings with an anchor."""
    drawn: dict[str, Any] = asdict(block)
    if isinstance(block, Heading):
        drawn |= {"anchor": f"abschnitt-{place}", "tag": f"h{block.level + 1}"}
    elif isinstance(block, Cards):
        marks = block.marks or ("",) * len(block.texts)
        drawn["cards"] = list(zip(block.texts, marks, strict=True))
    elif isinstance(block, Table):
        drawn["header"] = [(text, column in block.numeric) for column, text in enumerate(block.header)]
        drawn["rows"] = [[(text, column in block.numeric) for column, text in enumerate(row)] for row in block.rows]
    elif isinstance(block, Bars):
        drawn["bars"] = [asdict(bar) | {"width": f"{100 * bar.value / block.longest:.2f}"} for bar in block.bars]
    return drawn
