"""Up to four saved scenarios side by side: page, picture, table and document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.core.text import Text
from fachkraftwerk.runs import simulate
from fachkraftwerk.runs.desk import open_desk
from fachkraftwerk.runs.frames import FRAMES
from fachkraftwerk.runs.scenario import Scenario
from fachkraftwerk.web.scenarios.domain import answer as answers
from fachkraftwerk.web.scenarios.domain import keep, tables
from fachkraftwerk.web.scenarios.models import SavedScenario
from fachkraftwerk.web.scenarios.sides import Side, sides
from fachkraftwerk.web.scenarios.views.exports import as_json, drawing, table
from fachkraftwerk.web.scenarios.views.library import mine

MOST = 4
_TITLE = Text("Szenarien im Vergleich", "Scenarios compared")


@dataclass(frozen=True)
class Column:
    """One scenario of the comparison and its answer."""

    kept: SavedScenario
    answer: answers.Answer

    @property
    def frame(self) -> Text:
        """Name of the framework it is set in."""
        return FRAMES[self.answer.scenario.frame].name

    @property
    def side(self) -> Side:
        """What the picture shows of it."""
        about = f"{self.answer.place.in_(self.answer.lang)}, {self.answer.scenario.year}"
        return Side(self.kept.name, about, self.answer.without, self.answer.with_)


def page(request: HttpRequest) -> HttpResponse:
    """Compare scenarios given by link or token; the scale is the same for all."""
    columns, lang = _columns(request), get_language() or "de"
    rows = [one.side for one in columns]
    shown: dict[str, Any] = {
        "columns": columns, "fields": (_asked(request) + [""] * MOST)[:MOST], "mine": mine(request),
        "mixed": len({one.answer.scenario.indicator for one in columns}) > 1,
        "query": urlencode([("s", one.kept.token) for one in columns]),
        "pictures": [sides(rows, lang), sides(rows, lang, "sides-n", True)] if rows else [],
    }  # fmt: skip
    return render(request, "scenarios/compare.html", shown)


def picture(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the picture as SVG or PNG."""
    columns, lang = _columns(request), get_language() or "de"
    if ending not in ("svg", "png") or not columns:
        raise Http404(ending)
    return drawing(sides([one.side for one in columns], lang), _TITLE.in_(lang), "szenarien-vergleich", ending)


def csv_file(request: HttpRequest) -> HttpResponse:
    """Send the comparison as a table: the scenarios, then their measures."""
    columns = _columns(request)
    if not columns:
        raise Http404("s")
    return table(tables.compared_rows([(one.kept.name, one.answer) for one in columns]), "szenarien-vergleich")


def answer_json(request: HttpRequest) -> HttpResponse:
    """Send the answers, each as ``fachkraftwerk simulate --json`` writes it, with name, link and framework."""

    def made() -> dict[str, Any]:
        edition = open_desk().edition.name
        return {"edition": edition, "scenarios": [
            {"name": one.kept.name, "token": one.kept.token, "frame": one.answer.scenario.frame,
             **simulate.document(one.answer.simulation, edition)}
            for one in _columns(request)
        ]}  # fmt: skip

    return as_json(made)


def _asked(request: HttpRequest) -> list[str]:
    return [_token(words) for words in request.GET.getlist("s") if words.strip()][:MOST]


def _columns(request: HttpRequest) -> list[Column]:
    """Return the scenarios of the address, each once. Raises Refusal for one that is gone or lacks something."""
    desk, lang = open_desk(), get_language() or "de"
    saved = [keep.find(token) for token in dict.fromkeys(_asked(request))]
    return [Column(kept, answers.answer(desk, _opened(kept), lang)) for kept in saved]


def _opened(kept: SavedScenario) -> Scenario:
    """Return the scenario of a saved one. Raises Refusal that names it, so that people know which one to put right."""
    try:
        return keep.opened(kept)
    except Refusal as refusal:
        raise Refusal([replace(fault, where=f"{kept.name}: {fault.where}") for fault in refusal.faults]) from None


def _token(words: str) -> str:
    """Accept the whole link as well as its last part."""
    return words.strip().rstrip("/").rsplit("/", 1)[-1]
