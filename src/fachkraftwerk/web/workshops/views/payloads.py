"""From a plain form to the payload of an act; the script of the pages reads the same names.

``text`` a text, ``n.card`` a number, ``list.order`` texts, ``nlist.cards`` numbers, ``map.dots.12`` a map of numbers,
``b.on`` a yes or no, ``in.`` before any of
these a part of the inner payload of an entry for somebody else. Empty numbers and empty list entries are left out.
"""

from __future__ import annotations

import re
from typing import Any

from django.http import QueryDict

_GROUPED = re.compile(r"^-?\d{1,3}(\.\d{3})+$|^-?\d{1,3}(,\d{3})+$")
_WHOLE = re.compile(r"^-?[0-9]{1,11}$")
_ENVELOPE = ("csrfmiddlewaretoken", "client", "number", "verb", "seat", "next")


def payload(form: QueryDict) -> dict[str, Any]:
    """Return the payload."""
    found: dict[str, Any] = {}
    inner: dict[str, Any] = {}
    for name in form:
        if name.startswith("in."):
            _enter(inner, name[3:], form.getlist(name))
        elif name not in _ENVELOPE and not (name == "phase" and form.get("verb") != "reveal"):
            _enter(found, name, form.getlist(name))
    return found | ({"payload": inner} if inner else {})


def _enter(found: dict[str, Any], name: str, values: list[str]) -> None:
    kind, _, key = name.rpartition(".") if not name.startswith("map.") else ("map", "", name)
    if kind == "map":
        _, key, item = name.split(".", 2)
        found.setdefault(key, {})[item] = _number(values[-1]) or 0
    elif kind == "list":
        found[key] = [value for value in values if value]
    elif kind == "nlist":
        found[key] = [number for value in values if isinstance(number := _number(value), int)]
    elif kind == "b":
        found[key] = values[-1] in ("1", "true", "on")
    elif kind == "n":
        if (number := _number(values[-1])) is not None:
            found[key] = number
    else:
        found[key] = values[-1]


def _number(value: str) -> int | str | None:
    """Return what was typed as a number: 8700, 8.700 and 8,700 alike; None if nothing was typed.

    Anything else stays as it is, so that it is refused with a reason instead of getting lost.
    """
    plain = "".join(value.split()).replace("'", "").replace("’", "")
    if _GROUPED.match(plain):
        plain = plain.replace(".", "").replace(",", "")
    return int(plain) if _WHOLE.match(plain) else plain or None
