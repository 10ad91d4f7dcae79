"""Editions side by side."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fachkraftwerk.web.regions.domain import vintages
from fachkraftwerk.web.regions.views.kreis import story_of


def page(request: HttpRequest, key: str) -> HttpResponse:
    """Show what the editions at hand and other publishers say about the same question."""
    story = story_of(request, key)
    ours = vintages.ours(story)
    changed = [vintages.changes(ours[0], before) for before in ours[1:]]
    return render(request, "regions/vintages.html", {
        "story": story, "asked": story.asked, "key": story.figure.region, "ours": ours, "changes": changed,
        "published": vintages.published(story),
    })  # fmt: skip
