"""The page of one Kreis or zone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language

from fachkraftwerk.core.classifications import BASE_YEAR, HORIZON, LEVELS, OCCUPATIONS, QUALIFICATION_GROUPS
from fachkraftwerk.runs.desk import open_desk
from fachkraftwerk.web.errors import named_in_the_address
from fachkraftwerk.web.regions.domain import asked as questions
from fachkraftwerk.web.regions.domain import kreis, occupations


def story_of(request: HttpRequest, key: str) -> kreis.Story:
    """Return the story a request asks for. Raises Refusal for anything unknown."""
    desk = open_desk()
    asked = questions.read(request.GET.dict(), desk.edition.name)
    words = "+".join([key, *request.GET.getlist("mit")])
    with named_in_the_address():
        zone = desk.zone(words)
    return kreis.tell(desk, zone, asked, get_language() or "de")


def page(request: HttpRequest, key: str) -> HttpResponse:
    """Show a Kreis; a name in the address leads to its key."""
    story = story_of(request, key)
    address = story.figure.region
    if key != address or request.GET.getlist("mit"):
        return redirect(reverse("regions:kreis", args=[address]) + story.asked.query())
    link = request.build_absolute_uri(reverse("regions:figure", args=[story.figure]))
    quoted = kreis.citation(story, link, timezone.localdate())
    return render(request, "regions/kreis.html", {**context(story), "citation": quoted})


def context(story: kreis.Story) -> dict[str, Any]:
    """Return what the template shows."""
    laender = list(dict.fromkeys(region.ags[:2] for region in story.zone.regions))
    opening = kreis.opening(story)
    sections: dict[str, Any] = {}
    if not opening["withheld"]:
        sections = {
            "why": kreis.why(story), "where": occupations.where(story), "when": kreis.when(story), "sure": kreis.how_sure(story),
            "qualifications": occupations.qualifications(story), "whom": kreis.with_whom(story),
        }  # fmt: skip
    return {
        "story": story, "asked": story.asked, "opening": opening, "key": story.figure.region, **sections,
        "laender": [(land, story.desk.land_title(land)) for land in laender], "switches": kreis.switches(story), "choices": choices(),
        "kept": story.asked.pairs(), "permalink": story.asked.permanent(story.desk.edition.name), "base_year": BASE_YEAR, "measures": measures_link(),
        "compare": reverse("regions:compare") + f"?kreis={story.zone.regions[0].ags}",
    }  # fmt: skip


def choices() -> dict[str, Any]:
    """Return the options of the form on top of the page."""
    return {
        "years": range(BASE_YEAR + 1, HORIZON + 1),
        "qualifications": QUALIFICATION_GROUPS.items(),
        "levels": LEVELS.items(),
        "occupations": OCCUPATIONS.items(),
    }


def measures_link() -> str:
    """Return the address of the measures, or nothing where they are not installed."""
    for name in ("scenarios:build", "scenarios:library"):
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""
