"""Change a script step by step: headings, minutes, order, and which steps there are."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from fachkraftwerk.core.errors import refuse
from fachkraftwerk.web.workshops.domain import formats


def changed(content: Mapping[str, Any], form: Mapping[str, Any], lang: str = "de") -> dict[str, Any]:
    """Return the script with what a form in ``lang`` says of each step. Raises Refusal with every fault.

    Fields of the form by position n of the step: ``title-n``, ``minutes-n``, ``place-n`` (order), ``keep-n``.
    """
    found: dict[str, Any] = deepcopy(dict(content))
    kept = []
    for number, phase in enumerate(found["phases"]):
        if not form.get(f"keep-{number}"):
            continue
        title = str(form.get(f"title-{number}", "")).strip()
        if title and title != phase["title"]["en" if lang.startswith("en") else "de"]:
            phase["title"] = {"de": title, "en": title}
        phase["minutes"] = _number(form.get(f"minutes-{number}", ""), phase["minutes"])
        kept.append((_place(form.get(f"place-{number}", ""), number + 1), phase))
    found["phases"] = [phase for _, phase in sorted(kept, key=lambda each: each[0])]
    _whole(found["phases"])
    return formats.dump(formats.read(found))


def _place(typed: Any, before: int) -> tuple[int, int]:
    """Return the place asked for; who moves up stands before the one who has it, who moves down behind."""
    place = _number(typed, before)
    return place, (place > before) - (place < before)


def _number(typed: Any, otherwise: int) -> int:
    words = str(typed).strip()
    return int(words) if words.isdigit() and len(words) < 5 else otherwise


def _whole(phases: list[dict[str, Any]]) -> None:
    """Refuse a script whose later step shows the cards of a step that is no longer there."""
    keys = {phase["key"] for phase in phases}
    missing = [phase["title"]["de"] for phase in phases if set(phase.get("options", {}).get("wall", ())) and not
               set(phase["options"]["wall"]) & keys]  # fmt: skip
    if missing:
        names = ", ".join(missing)
        raise refuse(
            f"Diesen Schritten fehlen die Karten: {names}.", f"These steps lack their cards: {names}.",
            "Lassen Sie den Schritt dabei, in dem Karten geschrieben werden.", "Keep the step in which cards are written.",
        )  # fmt: skip
