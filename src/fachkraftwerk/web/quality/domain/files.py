"""The tables of the pages on quality as rows for CSV. Numbers as computed, names as keys, so that programs read them."""

from __future__ import annotations

from typing import Any

from fachkraftwerk.core.text import Text
from fachkraftwerk.runs.backtest import words
from fachkraftwerk.web.quality.domain.error_map import Place

Rows = list[list[object]]
SCORES = ("n", "wape", "bias", "direction", "crps", "coverage_50", "coverage_80", "judged")
_GAP = ("ags", "base_year", "horizon", "category", "value", "source", "url")
_AGREEMENT = ("vintage", "category", "model", "n", "correlation", "rank_correlation", "level_error", "bias")
_SPREAD = ("key", "scope", "used", "power", "low", "estimate", "estimated_power", "errors")


def scores(tests: list[dict[str, Any]], lang: str) -> Rows:
    """Return every line of every table; shares in percent, n in series."""
    head: list[object] = ["test", "title", "group", "group_name", "model", "model_name", *SCORES]
    return [head, *(_score(test, line, lang) for test in tests for line in test["scores"])]


def _score(test: dict[str, Any], line: dict[str, Any], lang: str) -> list[object]:
    names = [
        test["test"], Text(**test["title"]).in_(lang), line["group"], words.group(line["group"]).in_(lang),
        line["model"], words.model(line["model"]).in_(lang),
    ]  # fmt: skip
    return [*names, *(line.get(key) for key in SCORES)]


def errors(places: list[Place], lang: str) -> Rows:
    """Return the signed error of each Kreis in percent."""
    return [["ags", "name", "error"], *([row.ags, row.name.in_(lang), row.error] for row in places)]


def gaps(document: dict[str, Any]) -> Rows:
    """Return each published figure with what every model says."""
    models = list(dict.fromkeys(model for figure in document["figures"] for model in figure["said"]))
    rows = [[*(figure.get(key) for key in _GAP), *(figure["said"].get(model) for model in models)] for figure in document["figures"]]  # fmt: skip
    return [[*_GAP, *models], *rows]


def agreements(document: dict[str, Any]) -> Rows:
    """Return how far every model agrees with each set of published figures."""
    return [list(_AGREEMENT), *([line.get(key) for key in _AGREEMENT] for line in document["comparison"])]


def spreads(lines: list[dict[str, Any]], lang: str) -> Rows:
    """Return the spreads of the assumptions: used and estimated."""
    head: list[object] = ["name", *_SPREAD, "basis"]
    return [
        head,
        *(
            [Text(**line["name"]).in_(lang), *(line.get(key) for key in _SPREAD), Text(**line["basis"]).in_(lang)]
            for line in lines
        ),
    ]
