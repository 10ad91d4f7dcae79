"""How measures of a set depend on each other: prerequisites, rings of them, and what excludes what."""

from __future__ import annotations

from collections.abc import Sequence

from fachkraftwerk.core.errors import Fault
from fachkraftwerk.core.text import Text
from fachkraftwerk.model.measures.measure import Measure


def faults(measures: Sequence[Measure]) -> list[Fault]:
    """Return what can never be: ids that occur twice, prerequisites that are not in the set, rings of prerequisites."""
    return [*doubled(measures), *_absent(measures), *_ring(measures)]


def doubled(measures: Sequence[Measure]) -> list[Fault]:
    """Return a fault for every id that occurs twice."""
    ids = [m.id for m in measures]
    remedy = Text("Geben Sie jeder Maßnahme ein eigenes Kennzeichen.", "Give every measure an id of its own.")
    return [
        Fault(Text(f"„{one}“ kommt zweimal vor.", f'"{one}" occurs twice.'), remedy, one)
        for one in dict.fromkeys(ids)
        if ids.count(one) > 1
    ]


def _absent(measures: Sequence[Measure]) -> list[Fault]:
    known = {m.id for m in measures}
    remedy = Text("Nehmen Sie sie auf oder streichen Sie die Voraussetzung.", "Add it or drop the prerequisite.")
    return [
        Fault(
            Text(f"Die Voraussetzung „{need}“ fehlt in der Liste.", f'The prerequisite "{need}" is not in the list.'),
            remedy, m.id,
        )
        for m in measures
        for need in m.requires
        if need not in known
    ]  # fmt: skip


def _ring(measures: Sequence[Measure]) -> list[Fault]:
    ring = cycle(measures)
    if not ring:
        return []
    names = {m.id: name(m) for m in measures}
    de, en = (" → ".join(names[one].in_(lang) for one in ring) for lang in ("de", "en"))
    what = Text(f"Voraussetzungen im Kreis: {de}.", f"Prerequisites in a circle: {en}.")
    return [Fault(what, Text("Streichen Sie eine von ihnen.", "Drop one of them."), ring[0])]


def cycle(measures: Sequence[Measure]) -> list[str]:
    """Return the ids of a ring of prerequisites, first one repeated; empty where there is none."""
    needs = {m.id: m.requires for m in measures}
    done: set[str] = set()

    def walk(one: str, way: list[str]) -> list[str]:
        if one in way:
            return [*way[way.index(one) :], one]
        if one in done:
            return []
        for need in needs.get(one, ()):
            if ring := walk(need, [*way, one]):
                return ring
        done.add(one)
        return []

    for ident in needs:
        if ring := walk(ident, []):
            return ring
    return []


def conflicts(measures: Sequence[Measure]) -> list[Text]:
    """Return what a set should not contain as it stands, in words: two of one group, a prerequisite that comes later."""
    return [*_exclusive(measures), *_late(measures)]


def _exclusive(measures: Sequence[Measure]) -> list[Text]:
    found = []
    for group in dict.fromkeys(m.excludes for m in measures if m.excludes):
        inside = [name(m) for m in measures if m.excludes == group]
        if len(inside) > 1:
            de, en = ("“, „".join(n.de for n in inside), '", "'.join(n.en for n in inside))
            found.append(Text(
                f"Von „{de}“ soll nur eine gewählt werden ({group}); gerechnet sind alle.",
                f'Of "{en}" only one is to be chosen ({group}); all are counted.',
            ))  # fmt: skip
    return found


def _late(measures: Sequence[Measure]) -> list[Text]:
    known = {m.id: m for m in measures}
    pairs = [(m, known[need]) for m in measures for need in m.requires if need in known]
    return [
        Text(
            f"„{name(m).de}“ beginnt {m.timing.start}, vor der Voraussetzung „{name(need).de}“ ({need.timing.start}).",
            f'"{name(m).en}" starts in {m.timing.start}, before its prerequisite "{name(need).en}" ({need.timing.start}).',
        )
        for m, need in pairs
        if need.timing.start > m.timing.start
    ]


def name(measure: Measure) -> Text:
    """Return the name of a measure: its own title, that of its record in the library, or that of its lever."""
    from fachkraftwerk.runs.library import records

    known = records.record(measure.record).title if measure.record else measure.kind.name
    own = measure.title and measure.title not in known
    return Text(measure.title, measure.title) if own else known
