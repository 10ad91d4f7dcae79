"""What the projector shows of a step: at most seven lines, chosen here so that templates stay plain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from fachkraftwerk.web.workshops.views.wordings import GAPS, QUADRANTS

SEVEN = 7
Known = dict[str, Any]


def body(known: Known) -> Known:
    """Return the lines of the screen."""
    groups = known["wall"]
    cards = [card for group in groups for card in group["cards"]]
    headings = sorted((g for g in groups if g["heading"]), key=lambda group: -len(group["cards"]))
    sheets = known["sheets"]
    return {
        "newest": sorted(cards, key=lambda card: int(card["id"]))[-SEVEN:], "card_count": len(cards),
        "headings": headings[:SEVEN], "more": len(sheets) - SEVEN + 1 if len(sheets) > SEVEN else 0,
        "first_sheets": sheets if len(sheets) <= SEVEN else sheets[: SEVEN - 1],
        "first_existing": known["existing"][-SEVEN:], "first_fields": known["fields"][:SEVEN],
        "first_figures": [figure | {"bars": figure["judged_bars"]} for figure in known["figures"][:SEVEN]],
        "first_gaps": [gap | _gap(gap) for gap in known["gaps"][:SEVEN]],
        "planned": sorted((s for s in sheets if s["quarter"]), key=lambda sheet: sheet["quarter"])[:SEVEN],
    } | _result(known.get("result"), known["lang"])  # fmt: skip


def _gap(gap: Known) -> Known:
    counts = gap.get("counts", {})
    total = sum(counts.values())
    if not total:
        return {"bars": []}
    bars, at = [], 0.0
    for key, name in GAPS:
        width = 100 * counts.get(key, 0) / total
        bars.append({"key": key, "name": name, "x": _f(at), "width": _f(width)})
        at += width
    lead = max(GAPS, key=lambda pair: counts.get(pair[0], 0))
    return {"bars": bars, "lead": f"{counts.get(lead[0], 0)} {lead[1]}"}


def _result(result: Known | None, lang: str) -> Known:
    if not result:
        return {}
    rows = result.get("rows", [])
    if result["kind"] == "points":
        return {"bars": bars(rows[:SEVEN], rows)}
    if result["kind"] == "balanced":
        return {
            "by_points": [r for r in rows if r["points"]][:SEVEN],
            "by_shares": [r for r in rows if r["balanced"]][:SEVEN],
        }
    if result["kind"] == "effort":
        return {"effort_rows": [row | {"said": QUADRANTS[row["quadrant"]]} for row in rows[:SEVEN]]}
    reason = (result.get("reason") or {}).get(lang, "")
    return {
        "stance_rows": [row | {"width": _f(100 * row["agree"] / max(row["n"], 1))} for row in rows[:SEVEN]],
        "reason": reason,
    }


def bars(shown: Sequence[Known], rows: Sequence[Known]) -> list[Known]:
    """Return bars in percent of the longest; the soft band goes from the score at the worst to that at the best rank."""
    scores = [row["score"] for row in rows]
    most = max([*scores, 1])
    found = []
    for row in shown:
        low, high = score_at(scores, row["rank_high"]), score_at(scores, row["rank_low"])
        said = _("%(score)s Punkte, Platz %(low)g bis %(high)g") % {
            "score": row["score"],
            "low": row["rank_low"],
            "high": row["rank_high"],
        }
        found.append(row | {"width": _f(100 * row["score"] / most), "x": _f(100 * low / most),
                            "span": _f(max(100 * (high - low) / most, 1.5)), "said": said})  # fmt: skip
    return found


def score_at(scores: Sequence[float], rank: float) -> float:
    """Return the score that belongs to a rank (1 = best), between two ranks by straight line."""
    place = min(max(rank - 1, 0), len(scores) - 1)
    lower = int(place)
    upper = min(lower + 1, len(scores) - 1)
    return scores[lower] + (scores[upper] - scores[lower]) * (place - lower)


def _f(value: float) -> str:
    """Write a number for SVG: a point, never a comma."""
    return f"{value:.2f}"
