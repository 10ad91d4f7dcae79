"""Single values as readers meet them: times on the clock, quarters, names of fields, how far people agree."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from fachkraftwerk.core.text import number, significant
from fachkraftwerk.web.workshops.domain.acts.fields import VOCABULARY
from fachkraftwerk.web.workshops.domain.acts.people import BENCHES
from fachkraftwerk.web.workshops.domain.view import View
from fachkraftwerk.web.workshops.views import wordings

FOUR = 4
"""Fields a room can work on in a day."""


def concordance(found: dict[str, Any] | None, lang: str) -> dict[str, Any]:
    """Return how far room and benches are of one mind, in words."""
    if not found:
        return {}
    names = {key: words[1 if lang == "en" else 0] for key, words in BENCHES.items()}
    lines = [("", found), *((names.get(bench, bench), each) for bench, each in found["benches"].items())]
    return found | {"lines": [
        {"name": name, "said": wordings.STRENGTHS[each["strength"]], "w": number(each["w"], lang, 2), "n": each["raters"]}
        for name, each in lines
    ]}  # fmt: skip


def clock(moment: int) -> str:
    """Return a moment (milliseconds since 1970) as it stands on the clock of the room; empty where there is none."""
    return timezone.localtime(datetime.fromtimestamp(moment / 1000, UTC)).strftime("%H:%M") if moment else ""


def quarter_name(key: str) -> str:
    """Return "Q4 2026" of "2026-Q4", and nothing of nothing."""
    year, _dash, quarter = key.partition("-")
    return f"{quarter} {year}".strip()


def quartiles(found: dict[str, Any], lang: str) -> dict[str, str]:
    """Return median and quartiles of a group as people say them: two digits, as far as they carry."""
    shown = {key: number(significant(found[key]), lang) for key in ("median", "q1", "q3") if key in found}
    return shown | ({"same": shown["median"]} if shown and shown["q1"] == shown["q3"] else {})


def field_name(field: dict[str, Any], lang: str) -> str:
    """Return the name of a field of action; one that is called as in the shared vocabulary, in the reader's language."""
    words = VOCABULARY.get(field.get("vocabulary", ""), ())
    return words[1 if lang == "en" else 0] if field["name"] in words else str(field["name"])


def result_named(result: Any, fields: dict[str, dict[str, Any]], kind: str, tables: int) -> Any:
    """Return the result with the names of fields as the reader calls them; ``kept``: proposed to go on with."""
    if not result or kind != "fields":
        return result
    aside = any(field.get("aside") for field in fields.values())
    return result | {"rows": [
        row | {"name": fields.get(row["id"], {}).get("name", "") or row["name"],
               "kept": (place <= min(FOUR, tables) and not aside) or (aside and not fields.get(row["id"], {}).get("aside"))}
        for place, row in enumerate(result["rows"], start=1)
    ]}  # fmt: skip


def times(script: list[dict[str, Any]], step: View, room: View) -> list[dict[str, Any]]:
    """Return the steps with the time on the clock: the running one its begin, later ones when they come as things stand."""
    at, found = step["ends"] or step["started"], []
    for place, each in enumerate(script):
        ahead = place - step["index"]
        moment = 0 if ahead < 0 or room["status"] != "running" else at if ahead else step["started"]
        found.append(each | {"at": clock(moment)})
        at += each["minutes"] * 60_000 if ahead > 0 else 0
    return found
