"""From the view of an audience to pieces of a page. The same pieces serve the first page and every change."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from itertools import count
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from fachkraftwerk.core.text import number
from fachkraftwerk.reports.minutes.wording import date as written
from fachkraftwerk.web.workshops.domain.acts.fields import VOCABULARY
from fachkraftwerk.web.workshops.domain.acts.people import BENCHES
from fachkraftwerk.web.workshops.domain.codes import show_code
from fachkraftwerk.web.workshops.domain.view import View
from fachkraftwerk.web.workshops.views import fragments, said, screens, wordings

PARTS = {
    "phone": ("head", "task", "wall"),
    "screen": ("top", "body", "foot"),
    "desk": ("step", "people", "wall", "log"),
}
OWN = ("task", "own")


def parts(client: str, lang: str, code: str, view: View, known: dict[str, Any] | None = None) -> dict[str, str]:
    """Render the shared pieces of a client; ``known`` is the context, where it is made already."""
    with translation.override(lang):
        known = known or context(view, lang, code)
        if client == "screen":
            known = known | screens.body(known)
        if client in ("desk", "phone"):
            fragments.put_cards(client, known)
        return {
            name: render(f"{client}/{name}", known) for name in PARTS[client] if (client, name) != ("phone", "task")
        }


def own_parts(lang: str, code: str, view: View, mine: View, known: dict[str, Any] | None = None) -> dict[str, str]:
    """Render the pieces of a phone that depend on the person; ``known`` is the context, where it is made already."""
    with translation.override(lang):
        own = [card | {"id_text": str(card["id"])} for card in mine["cards"]]
        known = (known or context(view, lang, code)) | {"mine": mine | {"cards": own}}
        known |= personal(known, mine)
        return {name: render(f"phone/{name}", known) for name in OWN}


def with_form_fields(pieces: dict[str, str], fields: str) -> dict[str, str]:
    """Put the hidden fields that a plain form needs into the pieces of a first page."""
    numbers = count(1)
    return {name: re.sub("<!--form-->", lambda _: fields.format(next(numbers)), html) for name, html in pieces.items()}


def render(name: str, known: dict[str, Any]) -> str:
    """Render one piece."""
    return render_to_string(f"workshops/{name}.html", known).strip()


def context(view: View, lang: str, code: str) -> dict[str, Any]:
    """Return what templates need: texts in one language, things in the order of the wall, ids as text."""
    step, room = view["step"], view["room"]
    fields = {key: {"id": key, **value, "name": said.field_name(value, lang)} for key, value in things(view, "field")}
    told = step | {name: step[name].get(lang) or step[name]["de"] for name in ("title", "prompt", "plain")}
    told |= {
        "advice": wordings.ADVICE.get(step["kind"], ""),
        "number": step["index"] + 1,
        "last": step["index"] + 1 >= step["count"],
        "ends_ms": str(step["ends"] or ""),
        "back_at": said.clock(step["ends"]),
    }
    if "next" in step:
        told["next"] = step["next"].get(lang) or step["next"].get("de", "")
    known: dict[str, Any] = {
        "code": code, "code_shown": show_code(code), "lang": lang, "act_address": reverse("workshops:act", args=[code]),
        "room": room | {"budget_text": str(room["budget"])}, "people": view["people"],
        "step": told,
        "kind": step["kind"], "options": step["options"], "verbs": step["verbs"],
        "fields": list(fields.values()), "tables": _tables(view, fields), "result": said.result_named(view.get("result"), fields, step["kind"], len(view["tables"]) or said.FOUR),
        "wall": wall(view, fields), "sheets": _sheets(view, fields),
        "existing": [{"id": key, **value, "field_name": _name(fields, value["field"])} for key, value in things(view, "existing")],
        "figures": [_figure(key, value, lang) for key, value in things(view, "figure")],
        "gaps": _gaps(view, fields), "roadmap": _roadmap(view, lang),
        "agenda": [each | {"title": each["title"].get(lang) or each["title"]["de"]} for each in view.get("agenda", ())],
        "benches": [(key, words[1 if lang == "en" else 0], words[2]) for key, words in BENCHES.items()],
        "vocabulary": [(key, words[1 if lang == "en" else 0]) for key, words in VOCABULARY.items()],
    }  # fmt: skip
    known |= _words(step)
    known["concordance"] = said.concordance(view.get("concordance"), lang)
    known["any_chosen"] = any(sheet.get("chosen") for sheet in known["sheets"])
    for name in ("acted", "answers", "log", "script", "rotation", "slow"):
        known[name] = view.get(name)
    if known["script"]:
        known["script"] = said.times(known["script"], step, room)
    if known["rotation"]:
        known["rotation"] |= {"repeated": round(100 * known["rotation"]["fairness"].get("repeated", 0))}
    if known["script"]:
        known["script"] = [each | {"title": each["title"].get(lang) or each["title"]["de"]} for each in known["script"]]
        told["next_title"] = "" if told["last"] else known["script"][told["number"]]["title"]
        titles = {each["key"]: each["title"] for each in known["script"]}
        known["log"] = [
            line | {"seq_text": str(line["seq"]), "words": wordings.VERBS.get(line["verb"], line["verb"]),
                    "where": titles.get(line["phase"], "")}
            for line in view["log"]
        ]  # fmt: skip
        known["last_steering"] = next(
            (line for line in known["log"] if line["steering"] and not line["undone"] and line["verb"] != "undo"), None
        )
        known["acted"] = [row | {"missing": row["seated"] - row["acted"]} for row in view["acted"]]
    return known


def _words(step: View) -> dict[str, Any]:
    day = time.gmtime(step["started"] / 1000 or None)
    first = day.tm_year * 4 + (day.tm_mon - 1) // 3
    return {
        "judgements": wordings.JUDGEMENTS, "gap_words": wordings.GAPS, "stances": wordings.STANCES,
        "scale": range(1, 6), "quarters": [(key := f"{each // 4}-Q{each % 4 + 1}", said.quarter_name(key)) for each in range(first, first + 12)],
    }  # fmt: skip


def things(view: View, kind: str) -> list[tuple[str, dict[str, Any]]]:
    """Return id and value of all things of a kind, in their order."""
    found = [(key.partition(":")[2], value) for key, value in view.items() if key.startswith(f"{kind}:")]
    return sorted(found, key=lambda pair: (pair[1].get("order", 0), len(pair[0]), pair[0]))


def wall(view: View, fields: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the wall as a list of groups, each with its cards; loose cards last."""
    groups = {key: {"id": key, "cards": [], **value} for key, value in things(view, "group")}
    loose: dict[str, Any] = {"id": "", "heading": "", "cards": [], "table": 0}
    for key, card in things(view, "card"):
        home = groups.get(str(card["group"]), loose)
        home["cards"].append({"id": key, **card, "field_name": _name(fields, card["field"])})
    return [group for group in (*groups.values(), loose) if group["cards"]]


def personal(known: dict[str, Any], mine: View) -> dict[str, Any]:
    """Mark own votes in the things a person votes on."""
    votes, before = mine["votes"], mine["before"]
    whole = votes.get("")
    ranked = whole if isinstance(whole, list) else []
    given = whole if isinstance(whole, dict) else {}
    turn = _first_open(known["figures"], votes)
    return {
        "figures": [each | _own_figure(each, votes.get(each["id"]), before.get(each["id"]), known["lang"])
                    | {"turn": each["id"] == turn} for each in known["figures"]],
        "gaps": [each | {"vote": votes.get(each["id"]), "turn": each["id"] == _first_open(known["gaps"], votes)}
                 for each in known["gaps"]],
        "sheets": [each | {"vote": votes.get(each["id"]), "dots": given.get(each["id"], 0), "chosen_by_me": each["id"] in ranked}
                   for each in known["sheets"]],
        "voted": "" in votes, "ranked": ranked, "places": _places(known, ranked),
        "statements": (stances := _stances(known, votes, mine.get("queue", ()))), "judged": sum(each["vote"] != "" for each in stances),
    }  # fmt: skip


def _first_open(things: Sequence[dict[str, Any]], votes: dict[str, Any]) -> str:
    """Return the first thing without an answer: it stands open, the others are one touch away."""
    return next((each["id"] for each in things if not votes.get(each["id"])), "")


def _stances(known: dict[str, Any], votes: dict[str, Any], queue: Sequence[str]) -> list[dict[str, Any]]:
    """Return the statements with the own stance: those to answer in this person's order, then the answered ones."""
    if known["kind"] not in ("opinion", "gallery"):
        return []
    places = {key: place for place, key in enumerate(queue)}
    found = [{**each, "vote": votes.get(each["id"], "")} for each in _statements(known)]
    return sorted(found, key=lambda each: (each["vote"] != "", places.get(each["id"], len(places))))


def _own_figure(figure: dict[str, Any], vote: Any, before: Any, lang: str) -> dict[str, Any]:
    """Return own answers beside the statistics of the round before, as words and written numbers."""
    estimate = (vote or {}).get("estimate")
    earlier = (before or {}).get("estimate")
    names = dict(wordings.JUDGEMENTS)
    rounds = figure.get("before", {})
    return {
        "vote": vote, "vote_before": before, "vote_estimate": "" if estimate is None else str(estimate),
        "vote_before_name": names.get((before or {}).get("judgement", ""), ""),
        "vote_before_estimate": "" if earlier is None else number(earlier, lang),
        "before_rows": [{"name": name, "count": rounds.get("counts", {}).get(key, 0)} for key, name in wordings.JUDGEMENTS],
        "before_shown": said.quartiles(rounds, lang),
    }  # fmt: skip


def _statements(known: dict[str, Any]) -> list[dict[str, Any]]:
    cards = [{"id": card["id"], "text": card["text"]} for group in known["wall"] for card in group["cards"]]
    return cards + [{"id": sheet["id"], "text": sheet["title"]} for sheet in known["sheets"]]


def _places(known: dict[str, Any], ranked: list[str]) -> list[dict[str, Any]]:
    places = int(known["options"].get("places", 3))
    return [{"number": place + 1, "field": ranked[place] if place < len(ranked) else ""} for place in range(places)]


def _tables(view: View, fields: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "number": int(key),
            "field": value["field"],
            "field_name": _name(fields, value["field"]),
            "notes": value["notes"],
        }
        for key, value in view["tables"].items()
    ]


def _sheets(view: View, fields: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    lines = view.get("roadmap", {}).get("lines", {})
    return [
        {
            "id": key,
            **value,
            "field_name": _name(fields, value["field"]),
            "quarter": lines.get(key, {}).get("quarter", ""),
            "quarter_name": said.quarter_name(lines.get(key, {}).get("quarter", "")),
            "slot_rows": [slot | {"value": value.get(str(slot["key"]), "")} for slot in wordings.SLOTS],
        }
        for key, value in things(view, "sheet")
    ]


def _roadmap(view: View, lang: str) -> dict[str, Any]:
    """Return lines and next date, the date as people write it."""
    found = view.get("roadmap", {"lines": {}, "next": {}})
    return {**found, "next": found["next"] | {"shown": written(found["next"].get("date", ""), lang)}}


def _gaps(view: View, fields: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    existing = things(view, "existing")
    return [
        {
            "id": key,
            "name": _name(fields, key),
            **value,
            "existing": [each for _, each in existing if each["field"] == key],
        }
        for key, value in things(view, "gap")
    ]


def _figure(key: str, value: dict[str, Any], lang: str) -> dict[str, Any]:
    label, text = value.get("label", {}), value.get("text", {})
    counts = value.get("counts", {})
    shown = {
        name: number(value[name], lang) for name in ("value", "low", "high") if isinstance(value.get(name), int | float)
    }
    return {
        **value,
        "id": key,
        "label": label.get(lang) or label.get("de", key),
        "text": text.get(lang) or text.get("de", ""),
        "shown": shown,
        "group": said.quartiles(value, lang),
        "group_before": said.quartiles(value.get("before", {}), lang),
        "judged_bars": [
            {"name": name, "count": counts[each]} for each, name in wordings.JUDGEMENTS if counts.get(each)
        ],
    }


def _name(fields: dict[str, dict[str, Any]], key: str) -> str:
    return str(fields[key]["name"]) if key in fields else ""
