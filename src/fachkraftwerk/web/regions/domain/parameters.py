"""Every number of the world the product uses, as the parameter files beside the functions state it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from fachkraftwerk.core.classifications import QUALIFICATIONS
from fachkraftwerk.core.text import Text, both, number
from fachkraftwerk.model.measures.constants import constants
from fachkraftwerk.model.measures.evidence import GRADES
from fachkraftwerk.model.measures.evidence import Parameter as Effect
from fachkraftwerk.model.measures.kind import Kind
from fachkraftwerk.model.measures.registry import kinds
from fachkraftwerk.model.parameters import Distribution, Parameter, parameters

NOTHING = Text("", "")
#: Part of a key → heading; in the order of the method.
STEPS = {
    "population": Text("Bevölkerung", "Population"),
    "supply": Text("Arbeitskräfte, Abgänge und Nachwuchs", "Labour force, exits and entrants"),
    "demand": Text("Bedarf der Betriebe", "Demand of employers"),
    "balance": Text("Bilanz", "Balance"),
}
SCOPES = {
    "national": Text("Deutschland", "Germany"), "land": Text("Land", "Land"), "kreis": Text("Kreis", "Kreis"),
    "sector": Text("Branche", "sector"), "occupation": Text("Beruf", "occupation"),
    "cell": Text("Beruf im Kreis", "occupation in a Kreis"),
}  # fmt: skip


@dataclass(frozen=True)
class Assumption:
    """One dated assumption as the method page shows it; empty texts are left out."""

    name: str
    title: Text
    value: Any
    unit: Text
    source: Text
    reason: Text
    file: str
    date: str = ""
    spread: Text = NOTHING
    measured: Text = NOTHING
    grade: Text = NOTHING


@cache
def groups() -> list[tuple[Text, list[Assumption]]]:
    """Return the assumptions of every step, in the order of the method."""
    found: list[tuple[Text, list[Assumption]]] = []
    for step, heading in STEPS.items():
        mine = [one for key, one in parameters().items() if key.startswith(f"{step}.")]
        found.append((heading, [_assumption(one) for one in mine]))
    today = Text("Beschäftigte heute: geheime Zahlen ergänzen", "Employees today: completing secret figures")
    found.insert(1, (today, [*_edition("completion"), *_edition("qualification")]))
    figures = Text("Maßnahmen: Zielgruppen", "Measures: target groups")
    effects = Text("Maßnahmen: Wirkungen", "Measures: effects")
    return [
        *found,
        (figures, list(_constants())),
        (effects, [one for kind in kinds().values() for one in _effects(kind)]),
    ]


#: Columns of the table of all assumptions.
_COLUMNS = Text(
    "Schritt;Annahme;Wert;Einheit;Streuung;woraus;Grund;Quelle;Beleg;Stand;Datei;Kennzeichen",
    "step;assumption;value;unit;spread;from what;reason;source;evidence;as of;file;key",
)


def table(lang: str) -> list[list[str]]:
    """Return every assumption as a row, in the order of the method; values as the page writes them."""
    rows = [_COLUMNS.in_(lang).split(";")]
    for heading, entries in groups():
        for one in entries:
            words = (one.unit, one.spread, one.measured, one.reason, one.source, one.grade)
            said = [
                heading.in_(lang),
                one.title.in_(lang),
                written(one.value, lang),
                *(text.in_(lang) for text in words),
            ]
            rows.append([*said, one.date, one.file, one.name])
    return rows


def _edition(name: str) -> Iterator[Assumption]:
    from fachkraftwerk.edition.parameters import load

    for key, entry in load(f"{name}.yaml").items():
        title, unit = Text(str(entry["de"]), str(entry["en"])), both(entry["unit"])
        source, reason = both(entry["source"]), both(entry["reason"])
        yield Assumption(key, title, entry["value"], unit, source, reason, f"edition/{name}.yaml")


def _assumption(one: Parameter) -> Assumption:
    file = f"model/{one.key.split('.', 1)[0]}/parameters.yaml"
    shown = Assumption(one.key, one.name, one.value, one.unit, one.source, one.reason, file, one.date)
    if one.distribution is None:
        return shown
    return Assumption(
        **vars(shown) | {"spread": spread_in_words(one.distribution), "measured": one.distribution.source}
    )


def spread_in_words(one: Distribution) -> Text:
    """Say how far an assumption may lie from its value after seven years, and how this grows."""
    return Text(*(_spread(one, lang) for lang in ("de", "en")))


def _spread(one: Distribution, lang: str) -> str:
    sizes = "; ".join(f"{SCOPES[scope].in_(lang)} ± {_plain(size, lang)}" for scope, size in one.spread.items())
    powers = {scope: one.growth(scope) for scope in one.spread}
    grows = any(powers.values())
    after = Text("nach sieben Jahren", "after seven years") if grows else Text("in jedem Jahr", "in every year")
    words = [f"{sizes} {after.in_(lang)}"]
    if grows:
        growth = Text("wächst mit den Jahren hoch", "grows with the years to the power of").in_(lang)
        words.append(f"{growth} {_powers(powers, lang)}")
    if one.sizes:
        falls = Text("fällt mit der Größe des Kreises hoch", "falls with the size of the Kreis to the power of")
        words.append(f"{falls.in_(lang)} {_plain(one.sizes['kreis'], lang)}")
    for other, share in one.follows.items():
        follows = Text("Gleichlauf mit", "moves with").in_(lang)
        words.append(
            f"{follows} „{parameters()[other].name.de}“: {_plain(share, lang)}"
            if lang == "de"
            else f"{follows} {parameters()[other].name.en}: {_plain(share, lang)}"
        )
    return "; ".join(words)


def _powers(powers: dict[str, float], lang: str) -> str:
    """Write one power where all scopes share it, else each with its scope."""
    if len(set(powers.values())) == 1:
        return _plain(next(iter(powers.values())), lang)
    return ", ".join(f"{_plain(power, lang)} ({SCOPES[scope].in_(lang)})" for scope, power in powers.items())


def _constants() -> Iterator[Assumption]:
    for one in constants().values():
        yield Assumption(
            one.key, one.name, one.value, one.unit, one.source, one.reason, "model/measures/constants.yaml", one.date,
            grade=_grade(one.grade),
        )  # fmt: skip


def _effects(kind: Kind) -> Iterator[Assumption]:
    for one in kind.parameters:
        title = Text(f"{kind.name.de}: {one.name.de}", f"{kind.name.en}: {one.name.en}")
        file, grade = f"model/measures/kinds/{kind.key}.yaml", _grade(one.grade)
        yield Assumption(one.key, title, _range(one), one.unit, both(one.source), one.note, file, grade=grade)


def _range(one: Effect) -> Text:
    low, central, high = ([_plain(v, lang) for lang in ("de", "en")] for v in (one.low, one.central, one.high))
    if one.low == one.high:
        return Text(*central)
    return Text(f"{low[0]} bis {high[0]}, am ehesten {central[0]}", f"{low[1]} to {high[1]}, most likely {central[1]}")


def _grade(letter: str) -> Text:
    return Text(f"{letter} – {GRADES[letter].de}", f"{letter} – {GRADES[letter].en}")


def written(value: Any, lang: str) -> str:
    """Return a value on one line, numbers as the language writes them; long tables are cut with their size."""
    if isinstance(value, Text):
        return value.in_(lang)
    if isinstance(value, dict):
        shown = "; ".join(f"{_label(key, lang)}: {written(one, lang)}" for key, one in list(value.items())[:16])
        return shown + (f"; … ({len(value)})" if len(value) > 16 else "")
    if isinstance(value, list | tuple):
        shown = ", ".join(written(one, lang) for one in value[:8])
        return shown + (f", … ({len(value)})" if len(value) > 8 else "")
    if isinstance(value, float):
        return _plain(value, lang)
    if isinstance(value, int) and abs(value) >= 10_000:
        return number(value, lang)
    return "" if value is None else str(value)


def _label(key: Any, lang: str) -> str:
    """Write a key: a qualification by name, a year in the middle as month and year, anything else as it is."""
    if isinstance(key, float):
        return f"{math.ceil(key % 1 * 12)}/{int(key)}"
    return QUALIFICATIONS[key].in_(lang) if key in QUALIFICATIONS else str(key)


def _plain(value: float, lang: str) -> str:
    decimals = next((n for n in range(6) if abs(value - round(value, n)) < 1e-9), 6)
    return number(value, lang, decimals)
