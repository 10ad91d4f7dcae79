"""What is different behind two runs: data, assumptions and their spreads number by number, code, draws."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fachkraftwerk.core.text import Text

#: Parts of a distribution in words, before the level they belong to.
_PARTS = {
    "spread": Text("Streuung nach sieben Jahren:", "spread after seven years:"),
    "power": Text("Wachstum mit den Jahren:", "growth with the years:"),
    "size": Text("Abnahme mit der Größe:", "decline with size:"),
    "follows": Text("Zusammenhang mit", "correlation with"),
}
_SCOPES = {
    "national": Text("Deutschland", "Germany"), "land": Text("Land", "Land"), "kreis": Text("Kreis", "Kreis"),
    "sector": Text("Branche", "sector"), "occupation": Text("Beruf", "occupation"),
    "cell": Text("Beruf im Kreis", "occupation in a Kreis"),
}  # fmt: skip
NOTHING = "–"


@dataclass(frozen=True)
class Change:
    """One thing that is different behind two runs: its kind, its name, and both states in words."""

    kind: str  # edition, table, parameter, spread, code, draws
    name: Text
    before: str
    after: str


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Return what is different behind two runs, the data first."""
    found = []
    if before["edition"] != after["edition"]:
        name = Text("Ausgabe", "edition")
        found.append(Change("edition", name, str(before["edition"]), str(after["edition"])))
    found += _tables(before.get("edition_tables", {}), after.get("edition_tables", {}))
    found += _parameters(before.get("parameters", {}), after.get("parameters", {}))
    if before.get("code") != after.get("code"):
        states = [f"{run.get('version', '')} ({run.get('code', '')})" for run in (before, after)]
        found.append(Change("code", Text("Programm", "code"), *states))
    for key, name in (("draws", Text("Zahl der Ziehungen", "number of draws")), ("seed", Text("Startwert", "seed"))):
        if before.get(key) != after.get(key):
            found.append(Change("draws", name, str(before.get(key)), str(after.get(key))))
    return found


def _tables(before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    return [
        Change("table", Text(name, name), before.get(name, "–")[:12], after.get(name, "–")[:12])
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    ]


def _parameters(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for key in sorted({*before, *after}):
        old, new = before.get(key) or {}, after.get(key) or {}
        name = Text(*(new or old).get("name", (key, key)))
        one, two = (_read(entry.get("value")) for entry in (old, new))
        if one != two:
            yield Change("parameter", name, *_states(one, two))
        yield from _spreads(name, *(_read(entry.get("distribution")) for entry in (old, new)))


def _read(told: Any) -> Any:
    """Return what an entry says; earlier runs hold dictionaries as text."""
    if isinstance(told, str) and told.startswith("{"):
        return ast.literal_eval(told)
    return told or {}


def _states(before: Any, after: Any) -> tuple[str, str]:
    """Return both states as text; of values by year or age only those that differ."""
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return str(before or NOTHING), str(after or NOTHING)
    keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    one, two = (", ".join(f"{key}: {state.get(key, NOTHING)}" for key in keys) for state in (before, after))
    return one, two


def _spreads(name: Text, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    """Yield what is different in two distributions, one number a row."""
    for part, words in _PARTS.items():
        one, two = (_by_scope(told, part) for told in (before, after))
        for scope in {**one, **two}:
            states = [str(state.get(scope, NOTHING)).removesuffix(".0") for state in (one, two)]
            if states[0] != states[1]:
                where = _SCOPES.get(scope, Text(scope, scope))
                what = Text(f"{name.de}, {words.de} {where.de}", f"{name.en}, {words.en} {where.en}")
                yield Change("spread", what, *states)


def _by_scope(distribution: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    """Return one part by scope; earlier runs hold one power for all scopes."""
    told = distribution.get(part, {})
    return told if isinstance(told, Mapping) else dict.fromkeys(distribution.get("spread", {}), told)
