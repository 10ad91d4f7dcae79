"""What the projector shows of a step: seven lines to a column, chosen here so that templates stay plain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fachkraftwerk.core.text import number
from fachkraftwerk.web.workshops.views.wordings import GAPS, JUDGEMENTS, QUADRANTS, Words

SEVEN, NINE, SLOTS = 7, 9, 14
"""Lines with a picture each; most of them where all can be shown; short texts in two columns of seven."""
Known = dict[str, Any]


def body(known: Known) -> Known:
    """Return the lines of the screen."""
    groups = known["wall"]
    cards = [card for group in groups for card in group["cards"]]
    headings = sorted((g for g in groups if g["heading"]), key=lambda group: -len(group["cards"]))
    sheets = known["sheets"]
    planned = sorted((s for s in sheets if s["quarter"]), key=lambda sheet: sheet["quarter"])
    planned = planned or [s for s in sheets if s.get("chosen")] or sheets
    figures, gaps = known["figures"][:SEVEN], few(known["gaps"])
    return {
        "newest": still(sorted(cards, key=lambda card: int(card["id"]))), "card_count": len(cards),
        "headings": headings[:SLOTS], "more": max(len(sheets) - SLOTS, 0), "first_sheets": sheets[:SLOTS],
        "newest_existing": still(known["existing"]), "first_fields": known["fields"][:SLOTS],
        "first_figures": [figure | _judged(figure) for figure in figures],
        "first_gaps": [gap | {"split": split(gap.get("counts", {}), GAPS)} for gap in gaps],
        "figure_rows": rows(figures), "gap_rows": rows(gaps), "planned": planned[:SLOTS],
        "wall_at_tables": known["kind"] in ("group", "tables"), "agenda": _agenda(known)[: 2 * NINE],
    } | _result(known.get("result"), known["lang"])  # fmt: skip


def still(things: Sequence[Known]) -> list[Known]:
    """Return the newest in fixed places: a new one takes the place of the oldest, and nothing else moves."""
    places: list[Known] = []
    for place, each in enumerate(things):
        if place < SLOTS:
            places.append(each)
        else:
            places[place % SLOTS] = each
    return places


def rows(lines: Sequence[Any]) -> str:
    """Return the class that shares the height out: four lines at least, so that a further one moves nothing much."""
    return f"rows-{min(max(len(lines), 4), NINE)}"


def few(lines: Sequence[Any]) -> Sequence[Any]:
    """Return all of up to nine lines (the shared vocabulary of fields), else the first seven."""
    return lines if len(lines) <= NINE else lines[:SEVEN]


def _judged(figure: Known) -> Known:
    """Return the answers to a figure as a bar: those of this round once revealed, until then those of the round before."""
    before = figure.get("before", {}) if "counts" not in figure else {}
    counts = figure.get("counts", before.get("counts", {}))
    group = figure["group_before"] if before else figure["group"]
    return {"split": split(counts, JUDGEMENTS), "group": group, "earlier": bool(before)}


def split(counts: Known, names: Words) -> list[Known]:
    """Return the parts of a bar, in the order of the words; nothing where nobody has answered."""
    total, at, found = sum(counts.values()), 0.0, []
    for key, name in names:
        width = 100 * counts.get(key, 0) / max(total, 1)
        if width:
            found.append({"key": key, "name": name, "count": counts[key], "x": _f(at), "width": _f(width)})
        at += width
    return found


def _agenda(known: Known) -> list[Known]:
    """Steps of the day, with times on the clock once the first one has begun."""
    at = known["step"]["started"] if known["step"]["index"] == 0 else 0
    found = []
    for each in known["agenda"]:
        shown = timezone.localtime(datetime.fromtimestamp(at / 1000, UTC)).strftime("%H:%M") if at else ""
        found.append(each | {"at": shown})
        at += each["minutes"] * 60_000 if at else 0
    return found


def _result(result: Known | None, lang: str) -> Known:
    if not result:
        return {}
    rows_ = result.get("rows", [])
    if result["kind"] == "points":
        return {"bars": bars(few(rows_), rows_), "bar_rows": rows(few(rows_)), "level": level(result.get("level", []))}
    if result["kind"] == "balanced":
        return {
            "by_points": [r for r in rows_ if r["points"]][:NINE],
            "by_shares": [r for r in rows_ if r["balanced"]][:NINE],
            "budget_shown": number(result["budget"], lang),
        }
    if result["kind"] == "effort":
        return {"effort_rows": [row | {"said": QUADRANTS[row["quadrant"]]} for row in rows_[:SLOTS]]}
    reason = (result.get("reason") or {}).get(lang, "")
    return {
        "stance_rows": [row | {"width": _f(100 * row["agree"] / max(row["n"], 1))} for row in rows_[:SEVEN]],
        "stance_count": rows(rows_[:SEVEN]),
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


def level(pairs: Sequence[int]) -> Known | None:
    """Return the first run of places that are level: pairs 1 and 2 mean places 1 to 3."""
    if not pairs:
        return None
    last = pairs[0]
    while last + 1 in pairs:
        last += 1
    return {"first": pairs[0], "last": last + 1, "more": last > pairs[0]}


def score_at(scores: Sequence[float], rank: float) -> float:
    """Return the score that belongs to a rank (1 = best), between two ranks by straight line."""
    place = min(max(rank - 1, 0), len(scores) - 1)
    lower = int(place)
    upper = min(lower + 1, len(scores) - 1)
    return scores[lower] + (scores[upper] - scores[lower]) * (place - lower)


def _f(value: float) -> str:
    """Write a number for SVG: a point, never a comma."""
    return f"{value:.2f}"
