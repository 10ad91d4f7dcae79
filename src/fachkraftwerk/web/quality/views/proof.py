"""The page "Wie gut ist die Prognose?"."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.core.text import day
from fachkraftwerk.runs.backtest import stored
from fachkraftwerk.runs.backtest.scores import TOLERANCE
from fachkraftwerk.runs.desk import Desk, open_desk
from fachkraftwerk.web.quality.domain import error_map, gaps, pictures, proofs
from fachkraftwerk.web.quality.domain.proofs import Proof


def home(request: HttpRequest) -> HttpResponse:
    """Show every test; where the open edition has none yet, start it and say so."""
    desk = open_desk()
    kept = stored.result(desk.edition)
    if kept is None:
        stored.in_background(f"proofs-{desk.edition.name}", lambda: _compute(desk))
        return render(request, "quality/waiting.html", {"edition": desk.edition})
    found = proofs.read(kept.document)
    context = _summary(found) | {
        "kept": kept, "computed": day(date.fromisoformat(kept.document["computed"])), "proofs": [_shown(proof) for proof in found], "edition": desk.edition,
        "weak": proofs.weak_spots(found) + gaps.weak_spots(kept.document["published_gaps"]),
        "tolerance": TOLERANCE,
    }  # fmt: skip
    context["spreads"] = _spreads(kept.document)
    context |= _published(desk, kept.document["published_gaps"]) | _map(desk, found, request.GET.get("karte", ""))
    return render(request, "quality/home.html", context)


def _compute(desk: Desk) -> None:
    try:
        stored.save(desk.edition, stored.compute(desk.edition))
    except (Refusal, KeyError, ValueError, IndexError) as error:
        # An edition of a part of the country may lack the long series; the page then says what it waits for.
        raise RuntimeError(f"the proofs could not be run on edition {desk.edition.name}") from error


def _summary(found: list[Proof]) -> dict[str, Any]:
    level, tables = proofs.tally(found)
    kept, promised = proofs.kept_promises(found)
    seven = next((g for p in found if p.key == "employment" for g in p.groups if g.key == "7 years"), None)
    return {"level": level, "tables": tables, "kept_promises": kept, "promised": promised, "seven": seven}


def _shown(proof: Proof) -> dict[str, Any]:
    """Return a test with its pictures in both widths."""
    lang = get_language() or "de"
    drawn = {}
    for name, draw in (("horizon", pictures.by_horizon), ("held", pictures.held), ("size", pictures.by_size)):
        both = "".join(
            draw(proof, lang, f"{name}-{proof.key}{'-n' if narrow else ''}", narrow) for narrow in (False, True)
        )
        drawn[name] = both
    return {"proof": proof, "pictures": drawn}


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


def _published(desk: Desk, document: dict[str, Any]) -> dict[str, Any]:
    return {
        "lines": gaps.lines(desk, document),
        "agreements": gaps.agreements(document, "skilled"),
    }  # fmt: skip


def _map(desk: Desk, found: list[Proof], asked: str) -> dict[str, Any]:
    """Return the map of the test asked for; the first one with errors where the word is unknown."""
    mapped = [proof for proof in found if proof.errors]
    chosen = next((proof for proof in mapped if proof.key == asked), mapped[0] if mapped else None)
    if chosen is None:
        return {"places": []}
    lang = get_language() or "de"
    rows = error_map.places(desk, chosen.errors)
    title = _("Karte der Fehler. Mit den Pfeiltasten von Kreis zu Kreis.")
    return {
        "places": rows, "mapped": mapped, "chosen": chosen, "map": error_map.drawn(desk, rows, title, lang, "errors"),
        "legend": error_map.legend(lang), "map_sentence": error_map.sentence(rows),
    }  # fmt: skip
