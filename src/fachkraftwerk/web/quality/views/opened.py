"""The kept result of the back-test, opened once for every page that shows a part of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.core.text import Text, day
from fachkraftwerk.runs.backtest import stored
from fachkraftwerk.runs.backtest.scores import TOLERANCE
from fachkraftwerk.runs.backtest.stored import Stored
from fachkraftwerk.runs.desk import Desk, open_desk
from fachkraftwerk.web.quality.domain import contents, gaps, proofs, verdict
from fachkraftwerk.web.quality.domain.contents import Page
from fachkraftwerk.web.quality.domain.proofs import Proof
from fachkraftwerk.web.quality.domain.verdict import Spot


@dataclass(frozen=True)
class Opened:
    """The kept result, its tests and the pages that show them."""

    desk: Desk
    kept: Stored
    proofs: list[Proof]
    pages: list[Page]

    @property
    def document(self) -> dict[str, Any]:
        """The whole result."""
        return self.kept.document

    @property
    def computed(self) -> Text:
        """The day on which it was computed."""
        return day(date.fromisoformat(self.document["computed"]))

    def weak(self) -> list[Spot]:
        """Every weak spot, gravest first."""
        return verdict.graded(verdict.weak_spots(self.proofs) + gaps.weak_spots(self.document["published_gaps"]))

    def proof(self, slug: str) -> Proof:
        """Return the test of an address. Raises Http404."""
        found = next((proof for proof in self.proofs if contents.slug(proof.key) == slug), None)
        if found is None:
            raise Http404(slug)
        return found

    def frame(self, key: str) -> dict[str, Any]:
        """Return what the frame of a page needs: itself, its neighbours, the list of all pages."""
        before, after = contents.around(self.pages, key)
        here = next(page for page in self.pages if page.key == key)
        return {
            "here": here, "before": before, "after": after, "pages": self.pages, "kept": self.kept,
            "computed": self.computed, "tolerance": TOLERANCE,
        }  # fmt: skip


def opened() -> Opened | None:
    """Return the kept result; where the open edition has none yet, start it and return None."""
    desk = open_desk()
    kept = stored.result(desk.edition)
    if kept is None:
        stored.in_background(f"proofs-{desk.edition.name}", lambda: _compute(desk))
        return None
    found = proofs.read(kept.document)
    return Opened(desk, kept, found, contents.pages(found))


def waiting(request: HttpRequest) -> HttpResponse:
    """Say that the tests are being computed; the page reloads itself."""
    return render(request, "quality/waiting.html", {"edition": open_desk().edition})


def _compute(desk: Desk) -> None:
    try:
        stored.save(desk.edition, stored.compute(desk.edition))
    except (Refusal, KeyError, ValueError, IndexError) as error:
        # An edition of a part of the country may lack the long series; the page then says what it waits for.
        raise RuntimeError(f"the proofs could not be run on edition {desk.edition.name}") from error
