"""One measure as the form holds it: typed words in, a checked measure out, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from django.http import QueryDict
from django.utils.translation import get_language

from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.text import Text
from fachkraftwerk.model.measures.kind import Kind
from fachkraftwerk.model.measures.measure import Measure, faults, plan
from fachkraftwerk.model.measures.place import Place
from fachkraftwerk.model.measures.registry import kind, kinds
from fachkraftwerk.runs.library import records
from fachkraftwerk.web.scenarios.domain.amounts import amount, number, whole, written

#: Field of a row → its short name in the address; an empty field means the lever's own value.
FIELDS = {
    "ident": "i", "kind": "k", "dose": "d", "start": "s", "ramp": "n", "duration": "u", "fade": "v", "record": "x",
    "title": "t", "reason": "w", "euro": "e", "days": "p", "capacity": "c", "excludes": "g",
}  # fmt: skip
LONGEST = 500
Words = tuple[str, ...]
_T = TypeVar("_T")


@dataclass(frozen=True)
class Row:
    """One measure as typed; nothing is checked yet."""

    kind: str
    dose: str = ""
    start: str = ""
    duration: str = ""
    record: str = ""
    reason: str = ""
    euro: str = ""
    ident: str = ""
    ramp: str = ""
    fade: str = ""
    days: str = ""
    capacity: str = ""
    title: str = ""
    excludes: str = ""
    requires: Words = ()
    occupations: Words = ()
    levels: Words = ()
    assumptions: tuple[tuple[str, str, str, str], ...] = ()

    @property
    def special(self) -> bool:
        """Tell whether anything beyond strength and start was changed."""
        rest = replace(self, kind="", dose="", start="", record="", ident="")
        return rest != Row("")

    def pairs(self, place: int) -> Iterator[tuple[str, str]]:
        """Return the fields of the row at ``place`` (1 is the first) as they stand in the address."""
        for name, short in FIELDS.items():
            yield short, getattr(self, name)
        for short, values in (("r", self.requires), ("b", self.occupations), ("l", self.levels)):
            yield from ((f"{short}{place}", one) for one in values)
        yield from ((f"a{place}.{key}", "/".join(values)) for key, *values in self.assumptions)


def read(data: QueryDict, most: int) -> tuple[Row, ...]:
    """Read the rows of a form or an address."""
    lists = {name: data.getlist(short) for name, short in FIELDS.items()}
    rows = []
    for i in range(len(lists["kind"][:most])):
        given = {name: values[i].strip()[:LONGEST] if i < len(values) else "" for name, values in lists.items()}
        chosen = [tuple(dict.fromkeys(data.getlist(f"{short}{i + 1}"))) for short in ("r", "b", "l")]
        own = _assumptions(data, i + 1, given["kind"])
        rows.append(Row(**given, requires=chosen[0], occupations=chosen[1], levels=chosen[2], assumptions=own))
    return tuple(rows)


def _assumptions(data: QueryDict, place: int, key: str) -> tuple[tuple[str, str, str, str], ...]:
    """Read own ranges of a row, "a1.effect=1/2/3" or three fields each; the kind's own values are left out."""
    found = []
    for p in kinds()[key].parameters if key in kinds() else ():
        plain = [f"{v:g}" for v in (p.low, p.central, p.high)]
        name = f"a{place}.{p.key}"
        given = (
            data.get(name, "").split("/") if name in data else [data.get(f"{name}.{i}", v) for i, v in enumerate(plain)]
        )
        values = [one.strip().replace(",", ".") for one in (given + plain[len(given) :])[:3]]
        if values != plain:
            found.append((p.key, values[0], values[1], values[2]))
    return tuple(found)


def lever_in(key: str, place: Place | None) -> Kind:
    """Return the lever as it is usual in a place, or in the Kreis it refers to. Raises Refusal for an unknown one."""
    return kind(key) if place is None else kind(key).at(place)


def fresh(ident: str, taken: Sequence[str], place: Place | None = None) -> Row:
    """Return the row of a lever or of a measure of the library. Raises Refusal for an unknown one."""
    key, title = records.lever_of(ident)
    lever = lever_in(key, place)
    return Row(
        key,
        written(lever.dose.central),
        str(lever.timing["start"]),
        record=ident if title else "",
        ident=unique(ident, taken),
    )


def unique(ident: str, taken: Sequence[str]) -> str:
    """Return the id, with a number behind it where it is taken."""
    made, count = ident, 2
    while made in taken:
        made, count = f"{ident}-{count}", count + 1
    return made


def of(m: Measure) -> Row:
    """Return the row that shows a measure; what the lever says itself stays empty."""
    usual = m.kind.timing
    times = {name: _unless(getattr(m.timing, name), int(usual[name] or 0)) for name in ("ramp", "duration", "fade")}
    titled = records.record(m.record).title.de if m.record else ""
    return Row(
        m.kind.key, written(m.dose), str(m.timing.start), record=m.record, reason=m.reason, euro=written(m.euro), ident=m.id,
        days=written(m.days), capacity=written(m.capacity), title=m.title if m.title != titled else "", excludes=m.excludes,
        requires=m.requires, occupations=m.occupations, levels=m.levels, **times,
        assumptions=tuple((key, written(a), written(b), written(c)) for key, a, b, c in m.assumptions),
    )  # fmt: skip


def _unless(value: int, usual: int) -> str:
    return "" if value == usual else str(value)


def measure(row: Row, ident: str, place: Place | None = None) -> Measure:
    """Return the checked measure of a row in a place. Raises Refusal with every fault in it."""
    lever, wrong = lever_in(row.kind, place), list[Fault]()

    def told(read: Callable[[str], _T], words: str, otherwise: _T) -> _T:
        try:
            return read(words) if words else otherwise
        except Refusal as refusal:
            wrong.extend(refusal.faults)
            return otherwise

    times = {
        name: told(whole, getattr(row, name), int(lever.timing[name] or 0))
        for name in ("start", "ramp", "duration", "fade")
    }
    own = tuple((key, number(a), number(b), number(c)) for key, a, b, c in row.assumptions)
    made = plan(
        row.kind, told(lambda words: _strength(lever, words), row.dose, lever.dose.central), ident, times.pop("start"),
        row.reason, told(_maybe, row.euro, None), told(_maybe, row.days, None), check=False, place=place, **times,
        capacity=told(_maybe, row.capacity, None), title=row.title or _titled(row), record=row.record,
        excludes=row.excludes[:80], requires=row.requires, occupations=row.occupations, levels=row.levels, assumptions=own,
    )  # fmt: skip
    wrong += faults(made)
    if wrong:
        raise Refusal(wrong)
    return made


def _maybe(words: str) -> float | None:
    return amount(words)


def _strength(lever: Kind, words: str) -> float:
    return lever.strength(words.replace(",", "."))


def _titled(row: Row) -> str:
    return records.record(row.record).title.de if row.record else ""


def place(row: Row, position: int) -> str:
    """Return where a fault stands: number and name of the measure, in the language of the page."""
    return f"{position}. {name(row).in_(get_language() or 'de')}"


def name(row: Row) -> Text:
    """Return the name of a row: its own title, that of its record, or that of its lever."""
    if row.title:
        return Text(row.title, row.title)
    if row.record:
        return records.record(row.record).title
    return kinds()[row.kind].name if row.kind in kinds() else Text(row.kind, row.kind)
