"""The back-test as a page: computed once for an edition, kept while the process lives."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from fachkraftwerk.core.text import Text, number
from fachkraftwerk.runs.backtest import proofs
from fachkraftwerk.runs.backtest.result import Test
from fachkraftwerk.runs.desk import Desk
from fachkraftwerk.web.charts import choropleth as maps

if TYPE_CHECKING:
    from fachkraftwerk.runs.backtest.scores import Score

_FOUND: dict[str, list[Test]] = {}
_LOCK = threading.Lock()
#: Columns of a table after the model's name: field of a score → heading.
COLUMNS = {key: text for key, text in proofs.HEAD.items() if key != "model"}


def tests(desk: Desk) -> list[Test]:
    """Return every proof for the open edition; some seconds the first time."""
    with _LOCK:
        if desk.edition.name not in _FOUND:
            _FOUND[desk.edition.name] = proofs.proofs(desk.edition)
        return _FOUND[desk.edition.name]


def shown(desk: Desk, lang: str) -> list[dict[str, Any]]:
    """Return each proof with its tables, group by group, and the map of its errors where it has one."""
    return [{"test": test, "groups": _groups(test, lang), "map": _error_map(desk, test, lang)} for test in tests(desk)]


def _groups(test: Test, lang: str) -> list[dict[str, Any]]:
    groups = []
    for name in dict.fromkeys(line.group for line in test.scores):
        lines = [line for line in test.scores if line.group == name]
        best = min(lines, key=lambda line: line.wape).model
        used = [key for key in COLUMNS if any(getattr(line, key) is not None for line in lines)]
        rows = [
            {"model": line.model, "best": line.model == best, "cells": [_cell(line, key, lang) for key in used]}
            for line in lines
        ]
        groups.append({"name": name, "columns": [COLUMNS[key] for key in used], "rows": rows})
    return groups


def _cell(line: Score, key: str, lang: str) -> str:
    value = getattr(line, key)
    return "–" if value is None else number(float(value), lang, 0 if key == "n" else 1)


def _error_map(desk: Desk, test: Test, lang: str) -> dict[str, Any] | None:
    known = {ags: error for ags, error in test.errors.items() if ags in desk.shapes}
    if len(known) < len(desk.shapes) / 2:
        return None
    among = maps.classes(known.values())
    areas = []
    for ags, error in known.items():
        shape, name = desk.shapes[ags], desk.title(desk.edition.regions[ags]).in_(lang)
        words = f"{name}: {number(error, lang, 1)} %"
        areas.append(
            maps.Area(
                ags, maps.compact(shape.path), f"/kreis/{ags}/", maps.class_of(error, among), words, shape.x, shape.y
            )
        )
    title = Text("Karte der Fehler", "Map of errors").in_(lang)
    legend = [(c.klass, c.words(lang, maps.digits(among)) + " %") for c in among]
    worst = sorted(known.items(), key=lambda pair: -abs(pair[1]))[:10]
    table = [(desk.title(desk.edition.regions[ags]), number(error, lang, 1)) for ags, error in worst]
    return {"svg": maps.choropleth(areas, title, ident=f"map-{test.key}"), "legend": legend, "worst": table}


def weak_spots(desk: Desk) -> list[tuple[Text, str, str]]:
    """Return (proof, group, best model) wherever a naive model is better."""
    return [(test.title, group, model) for test, group, model in proofs.weak_spots(tests(desk))]
