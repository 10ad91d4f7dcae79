"""What is wrong with an entry of a parameter file: every fault at once, with what would be possible instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

import numpy as np

from fachkraftwerk.core.errors import Fault
from fachkraftwerk.core.text import Text, both

SCOPES = ("national", "land", "kreis", "sector", "occupation", "cell")
REQUIRED = ("value", "unit", "de", "en", "date", "source", "reason")
_FIELDS = (*REQUIRED, "distribution", "low", "high")
#: What may stand in a distribution, what must, and what maps names to numbers there.
PARTS = ("spread", "power", "source", "estimated", "cases", "follows", "curve", "size", "near")
NEEDED = ("spread", "source")
_TABLES = ("spread", "follows", "curve", "size", "near")
#: Said in both languages; a source may also be a plain citation, which reads the same everywhere.
_IN_BOTH = ("unit", "reason")
#: No deviation grows faster than with this power of the years; beyond, exponentials overflow within the horizon.
STEEPEST = 3


def entry_faults(key: str, entry: Any) -> list[Fault]:
    """Return what is wrong with one entry."""
    if not isinstance(entry, Mapping):
        return [_fault(key, "Hier steht keine Annahme", "This is no assumption", *_listed(REQUIRED))]
    lacking = [_lacks(key, name) for name in REQUIRED if entry.get(name) in (None, "", {})]
    # A comma in an unquoted text of a one-line entry makes a name of its second half.
    faults = lacking + [_foreign(key, name, _FIELDS) for name in entry if name not in _FIELDS]
    faults += [*_language_faults(key, entry), *_value_faults(key, entry)]
    return faults + (distribution_faults(key, entry["distribution"]) if "distribution" in entry else [])


def _value_faults(key: str, entry: Mapping[str, Any]) -> Iterator[Fault]:
    given = entry.get("value")
    if given is not None and not all(isinstance(one, str) or np.isfinite(number(one)) for one in _leaves(given)):
        yield _fault(key, f"Der Wert {given} ist keine Zahl", f"The value {given} is not a number", *_FINITE)
    low, high = (number(entry.get(name, default)) for name, default in (("low", -np.inf), ("high", np.inf)))
    middle = number(given) if isinstance(given, int | float) else low
    if not low <= middle <= high:
        bounds = f"{entry.get('low')} … {entry.get('value')} … {entry.get('high')}"
        yield _fault(
            key, f"Untere Grenze, Wert und obere Grenze stehen nicht in dieser Folge ({bounds})",
            f"Lower bound, value and upper bound are not in this order ({bounds})",
            "Nennen Sie Zahlen mit low ≤ value ≤ high.", "Give numbers with low ≤ value ≤ high.",
        )  # fmt: skip


def distribution_faults(
    key: str, given: Any, parts: Iterable[str] = PARTS, scopes: Iterable[str] = (), needed: Iterable[str] = NEEDED
) -> list[Fault]:
    """Return what is impossible in a distribution.

    parts: what may stand in it; scopes: those it may speak of where it names no spread itself; needed: what it must say.
    """
    if not isinstance(given, Mapping):
        return [_fault(key, "Das ist keine Verteilung", "This is no distribution", *_listed(parts))]
    faults = [_foreign(key, name, parts) for name in given if name not in parts]
    faults += [_lacks(key, f"distribution.{name}") for name in needed if not given.get(name)]
    tables = {name: given[name] for name in _TABLES if given.get(name) is not None}
    tables |= {"power": given["power"]} if isinstance(given.get("power"), Mapping) else {}
    broken = [name for name, table in tables.items() if not isinstance(table, Mapping)]
    faults += [_no_table(key, name) for name in broken]
    sound = {name: table for name, table in tables.items() if name not in broken}
    faults += [*_scope_faults(key, sound, tuple(scopes)), *_number_faults(key, given, sound)]
    return [*faults, *_follow_faults(key, sound)]


def _scope_faults(key: str, tables: Mapping[str, Mapping[str, Any]], scopes: tuple[str, ...]) -> Iterator[Fault]:
    """Unknown scopes, and scopes that say how a spread runs which is not there."""
    for name in ("spread", "power", "curve", "size", "near"):
        known = scopes or (SCOPES if name == "spread" else tuple(tables.get("spread", SCOPES)))
        for scope in (one for one in tables.get(name, {}) if one not in known):
            yield _fault(key, f"Die Ebene „{scope}“ ist unbekannt", f'The scope "{scope}" is unknown', *_listed(known))


def _number_faults(key: str, given: Mapping[str, Any], tables: Mapping[str, Mapping[str, Any]]) -> Iterator[Fault]:
    for value in tables.get("spread", {}).values():
        if not 0 <= number(value) < np.inf:
            yield _fault(key, f"Streuung {value} ist unmöglich", f"A spread of {value} is impossible", *_FROM_ZERO)
    power = given.get("power", 1.0)
    for value in power.values() if isinstance(power, Mapping) else (power,):
        if not 0 <= number(value) <= STEEPEST:
            yield _fault(
                key, f"Wachstum {value} ist unmöglich", f"A growth of {value} is impossible",
                f"Nennen Sie eine Zahl von 0 (bleibt gleich) über 0,5 und 1 (je Jahr gleich viel) bis {STEEPEST}.",
                f"Give a number from 0 (stays the same) over 0.5 and 1 (the same each year) to {STEEPEST}.",
            )  # fmt: skip
    for value in (*tables.get("size", {}).values(), *_leaves(tables.get("curve", {}))):
        if not 0 <= number(value) < np.inf:
            yield _fault(key, f"Der Verlauf {value} ist unmöglich", f"A course of {value} is impossible", *_FROM_ZERO)
    for value in tables.get("near", {}).values():
        if not 0 <= number(value) <= 1:
            yield _fault(
                key, f"Der Anteil der Nachbarn {value} ist unmöglich", f"A share of neighbours of {value} is impossible",
                "Nennen Sie eine Zahl von 0 bis 1.", "Give a number from 0 to 1.",
            )  # fmt: skip
    for course in (one for one in tables.get("curve", {}).values() if not isinstance(one, list) or not one):
        yield _fault(
            key, f"Der Verlauf {course} ist keine Liste", f"The course {course} is not a list",
            "Nennen Sie eine Zahl für jedes Jahr.", "Give a number for each year.",
        )  # fmt: skip


def _follow_faults(key: str, tables: Mapping[str, Mapping[str, Any]]) -> Iterator[Fault]:
    follows = tables.get("follows", {})
    if not sum(number(value) ** 2 for value in follows.values()) <= 1:
        yield _fault(
            key, "Solche Korrelationen sind unmöglich", "Such correlations are impossible",
            "Ihre Quadrate ergeben zusammen höchstens 1.", "Their squares add up to 1 at most.",
        )  # fmt: skip
    if key in follows:
        yield _fault(
            key, "Eine Annahme kann sich nicht selbst folgen", "An assumption cannot follow itself",
            "Nennen Sie eine andere.", "Name another one.",
        )  # fmt: skip


def followed_faults(entries: Mapping[str, Any]) -> list[Fault]:
    """Return faults of assumptions that follow one that is not there, or one that itself follows another."""
    follows = {key: _followed(entry) for key, entry in entries.items()}
    faults = []
    for key, others in follows.items():
        faults += [unknown_name(other, entries) for other in others if other not in entries]
        faults += [
            _fault(
                key, f"„{other}“ folgt selbst einer Annahme", f'"{other}" itself follows an assumption',
                "Nennen Sie diese.", "Name that one.",
            )
            for other in others
            if other != key and follows.get(other)
        ]  # fmt: skip
    return faults


def _followed(entry: Any) -> list[str]:
    given = entry.get("distribution") if isinstance(entry, Mapping) else None
    follows = given.get("follows") if isinstance(given, Mapping) else None
    return list(follows) if isinstance(follows, Mapping) else []


def _language_faults(key: str, entry: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield a fault for every text that one of the two languages lacks."""
    texts = {name: entry[name] for name in (*_IN_BOTH, "source") if entry.get(name)}
    given = entry.get("distribution")
    if isinstance(given, Mapping) and given.get("source"):
        texts["distribution.source"] = given["source"]
    for name, raw in texts.items():
        if not isinstance(raw, Mapping) and name in _IN_BOTH:
            what = f"„{name}“ steht nicht als de und en da", f'"{name}" is not given as de and en'
        elif (isinstance(raw, Mapping) and set(raw) != {"de", "en"}) or not all(both(raw)):
            what = f"„{name}“ fehlt in einer Sprache", f'"{name}" is missing in one language'
        else:
            continue
        yield _fault(key, *what, "Schreiben Sie {de: …, en: …}.", "Write {de: …, en: …}.")


def unknown_name(key: str, known: Iterable[str]) -> Fault:
    """Return the fault of a name that no assumption has, with the nearest that exist."""
    near = ", ".join(get_close_matches(str(key), list(known), 3, 0.4)) or ", ".join(sorted(known)[:3])
    what = Text(f"Eine Annahme „{key}“ gibt es nicht.", f'There is no assumption "{key}".')
    return Fault(what, Text(f"Ähnlich heißen: {near}.", f"Similar are: {near}."), str(key))


def number(value: Any) -> float:
    """The value where it is a number, else not-a-number, which fails every comparison."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else np.nan


def _leaves(value: Any) -> Iterator[Any]:
    """Yield the single values of tables and lists within each other."""
    if isinstance(value, Mapping | list):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from _leaves(one)
    else:
        yield value


_FINITE = ("Nennen Sie eine endliche Zahl.", "Give a finite number.")
_FROM_ZERO = ("Nennen Sie eine Zahl ab 0.", "Give a number from 0.")


def _listed(names: Iterable[str]) -> tuple[str, str]:
    return f"Möglich sind: {', '.join(names)}.", f"Possible are: {', '.join(names)}."


def _lacks(key: str, name: str) -> Fault:
    more = "Ergänzen Sie diese Angabe.", "Add this statement."
    return _fault(key, f"„{name}“ fehlt", f'"{name}" is missing', *more)


def _foreign(key: str, name: Any, known: Iterable[str]) -> Fault:
    return _fault(key, f"„{name}“ kann hier nicht stehen", f'"{name}" cannot stand here', *_listed(known))


def _no_table(key: str, name: str) -> Fault:
    more = "Schreiben Sie {Name: Zahl}.", "Write {name: number}."
    return _fault(key, f"„{name}“ ordnet keinen Namen Zahlen zu", f'"{name}" gives no numbers to names', *more)


def _fault(key: str, de: str, en: str, remedy_de: str, remedy_en: str) -> Fault:
    return Fault(Text(f"{de}.", f"{en}."), Text(remedy_de, remedy_en), key)
