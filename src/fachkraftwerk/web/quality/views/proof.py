"""The overview "Wie gut ist die Prognose?" and one page for each test."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fachkraftwerk.runs.backtest.scores import TOLERANCE
from fachkraftwerk.runs.desk import Desk
from fachkraftwerk.web.quality.domain import contents, error_map, pictures, verdict
from fachkraftwerk.web.quality.domain.proofs import Proof
from fachkraftwerk.web.quality.views.opened import Opened, opened, waiting

#: The test the overview begins with: the hardest one on the number people ask for first.
FIRST = ("employment_all", "employment")


def home(request: HttpRequest) -> HttpResponse:
    """Show on one screen what was tested, how wrong we were, what the ranges held and where we are weak."""
    found = opened()
    if found is None:
        return waiting(request)
    if asked := request.GET.get("karte"):
        return _old_map(found, asked)
    level, tables = verdict.tally(found.proofs)
    weak = found.weak()
    brief = verdict.brief(weak)[:4]
    context = {
        "first": _first(found.proofs), "level": level, "tables": tables, "beaten": tables - level, "ranges": verdict.ranges(found.proofs),
        "weak": brief, "more": len(weak) - len(brief), "tests": _tests(found.proofs), "kept": found.kept,
        "computed": found.computed, "tolerance": TOLERANCE, "sides": contents.SIDES, "known": {page.key: page for page in found.pages},
    }  # fmt: skip
    return render(request, "quality/home.html", context)


def _old_map(found: Opened, asked: str) -> HttpResponse:
    """Send an old address of the map to the page of its test; an unknown word to the first map."""
    mapped = [proof.key for proof in found.proofs if proof.errors]
    if not mapped:
        return redirect("quality:home")
    key = asked if asked in mapped else mapped[0]
    return redirect(reverse("quality:test", args=[contents.slug(key)]) + "#karte", permanent=True)


def _first(found: list[Proof]) -> Proof | None:
    keyed = {proof.key: proof for proof in found}
    return next((keyed[key] for key in FIRST if key in keyed), None)


def _tests(found: list[Proof]) -> list[dict[str, Any]]:
    """Return each test with its picture and what its ranges held, all pictures on one scale."""
    lang = get_language() or "de"
    top = max((pictures.farthest(proof) for proof in found), default=1.0)
    return [
        {
            "proof": proof, "slug": contents.slug(proof.key), "promise": verdict.promise(proof),
            "picture": "".join(pictures.beside(proof, lang, f"b{'n' if n else 'w'}-{proof.key}", top, n) for n in (False, True)),
        }
        for proof in found
    ]  # fmt: skip


def test(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one test: answer, method, pictures, map of errors, tables, notes."""
    found = opened()
    if found is None:
        return waiting(request)
    proof = found.proof(slug)
    context = found.frame(proof.key) | {
        "proof": proof, "pictures": _pictures(proof), "answer": verdict.answer(proof), "promise": verdict.promise(proof),
        "direction": verdict.direction(proof), "weak": [spot for spot in found.weak() if spot.page == proof.key],
    }  # fmt: skip
    return render(request, "quality/test.html", context | _map(found.desk, proof))


def _pictures(proof: Proof) -> dict[str, str]:
    """Return the pictures of a test, each in both widths."""
    lang = get_language() or "de"
    drawers = (("horizon", pictures.by_horizon), ("size", pictures.by_size), ("held", pictures.held))
    return {
        name: "".join(draw(proof, lang, f"{name}{'-n' if narrow else ''}", narrow) for narrow in (False, True))
        for name, draw in drawers
    }


def _map(desk: Desk, proof: Proof) -> dict[str, Any]:
    """Return the map of errors of a test; nothing where it has none."""
    rows = error_map.places(desk, proof.errors)
    if not rows:
        return {"places": []}
    lang = get_language() or "de"
    title = _("Karte der Fehler. Mit den Pfeiltasten von Kreis zu Kreis.")
    return {
        "places": rows, "map": error_map.drawn(desk, rows, title, lang, "errors"), "legend": error_map.legend(lang),
        "map_sentence": error_map.sentence(rows),
    }  # fmt: skip
