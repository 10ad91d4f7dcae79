"""Pages that the operator fills: imprint and who answers for the data."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

#: Longest text of the operator that is shown, in characters.
LONGEST = 20_000


def paragraphs(name: str) -> list[str]:
    """Return the paragraphs of a text file in the home folder; none where the operator has not put one there."""
    path = Path(settings.HOME) / name
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        text = file.read(LONGEST)
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def imprint(request: HttpRequest) -> HttpResponse:
    """Show who runs this installation."""
    return render(request, "about/imprint.html", {"paragraphs": paragraphs("impressum.txt")})


def privacy(request: HttpRequest) -> HttpResponse:
    """Show what is stored, and who answers for it."""
    return render(request, "about/privacy.html", {"paragraphs": paragraphs("datenschutz.txt")})
