"""Lines of a kept result, made by hand."""

from __future__ import annotations


def line(model: str, group: str, wape: float, c50: float | None = None, c80: float | None = None) -> dict[str, object]:
    """Return one line of a table."""
    return {"model": model, "group": group, "n": 10, "wape": wape, "bias": -1.0, "direction": None, "crps": None,
            "coverage_50": c50, "coverage_80": c80}  # fmt: skip


def document(scores: list[dict[str, object]]) -> dict[str, object]:
    """Return a result with one test."""
    title = {"de": "Beschäftigte", "en": "Employees"}
    return {"tests": [{"test": "t", "title": title, "method": title, "notes": [], "scores": scores, "errors": {}}]}
