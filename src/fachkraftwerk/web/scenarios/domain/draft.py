"""The scenario in the address: every field of the form has its place there, so a link is the scenario."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from fachkraftwerk.core.classifications import BASE_YEAR, HORIZON, INDICATORS
from fachkraftwerk.core.errors import Fault, Refusal, refuse
from fachkraftwerk.core.text import Text
from fachkraftwerk.model.measures.measure import Measure, faults, plan
from fachkraftwerk.model.measures.registry import kind, kinds
from fachkraftwerk.runs.frames import BASELINE, FRAMES
from fachkraftwerk.runs.judgements import Judgement
from fachkraftwerk.runs.judgements import faults as unfit
from fachkraftwerk.runs.library import records
from fachkraftwerk.runs.scenario import Scenario

READINGS = {"initiative": "gap_cumulated", "pendeln": "gap_commuting_closed"}
#: Field of a row → its short name in the address.
ROW = {"kind": "k", "dose": "d", "start": "s", "duration": "u", "record": "x", "reason": "w", "euro": "e"}
MOST = 30


@dataclass(frozen=True)
class Row:
    """One measure as typed."""

    kind: str
    dose: str
    start: str
    duration: str
    record: str = ""
    reason: str = ""
    euro: str = ""
    assumptions: tuple[tuple[str, str, str, str], ...] = ()


@dataclass(frozen=True)
class Draft:
    """The form as filled in; nothing is checked yet."""

    region: str = ""
    year: str = "2030"
    reading: str = "initiative"
    frame: str = BASELINE
    name: str = ""
    rows: tuple[Row, ...] = ()
    token: str = ""
    judgements: tuple[str, ...] = ()

    def query(self, **changes: object) -> str:
        """Return the address part of this draft with some fields changed."""
        draft = replace(self, **changes)  # type: ignore[arg-type]
        pairs = [("region", draft.region), ("jahr", draft.year), ("lesart", draft.reading), ("rahmen", draft.frame)]
        pairs += [("name", draft.name)] if draft.name else []
        pairs += [("s_id", draft.token)] if draft.token else []
        pairs += [("z", words) for words in draft.judgements]
        for number, row in enumerate(draft.rows, 1):
            pairs += [(short, getattr(row, name)) for name, short in ROW.items()]
            pairs += [(f"a{number}.{key}", "/".join(values)) for key, *values in row.assumptions]
        return urlencode(pairs)

    def adding(self, ident: str) -> Draft:
        """Return the draft with a lever or a measure of the library added. Raises Refusal for an unknown one."""
        if len(self.rows) >= MOST:
            raise refuse(
                f"Mehr als {MOST} Maßnahmen sind zu viel für eine Seite.", f"More than {MOST} measures are too many for one page.",
                "Nehmen Sie zuerst eine heraus.", "Remove one first.",
            )  # fmt: skip
        key, title = records.lever_of(ident)
        lever = kind(key)
        row = Row(
            key,
            f"{lever.dose.central:g}",
            str(lever.timing["start"]),
            str(lever.timing["duration"]),
            ident if title else "",
        )
        return replace(self, rows=(*self.rows, row))

    def disbelieving(self, position: int) -> Draft:
        """Return the draft without the judgement at ``position`` (1 is the first)."""
        return replace(self, judgements=tuple(one for i, one in enumerate(self.judgements, 1) if i != position))

    def removing(self, position: int) -> Draft:
        """Return the draft without the row at ``position`` (1 is the first)."""
        return replace(self, rows=tuple(row for i, row in enumerate(self.rows, 1) if i != position))


def zone_words(words: str) -> str:
    """Return the zone as typed; a plus in an address arrives as a blank ("06611 06633")."""
    stripped = words.strip()
    return stripped.replace(" ", "+") if stripped.replace(" ", "").isdigit() else stripped


def read(data: QueryDict) -> Draft:
    """Read the form from an address or a sent form; missing lists are filled with the lever's own values."""
    lists = {name: data.getlist(short) for name, short in ROW.items()}
    rows = []
    for i in range(len(lists["kind"][:MOST])):
        given = {name: values[i].strip() if i < len(values) else "" for name, values in lists.items()}
        rows.append(Row(**given, assumptions=_assumptions(data, i + 1, given["kind"])))
    plain = Draft()
    return Draft(
        zone_words(data.get("region", "")), data.get("jahr", plain.year).strip(), data.get("lesart", plain.reading),
        data.get("rahmen", plain.frame), data.get("name", "").strip()[:200], tuple(rows), data.get("s_id", ""),
        tuple(data.getlist("z")[:MOST]),
    )  # fmt: skip


def _assumptions(data: QueryDict, number: int, key: str) -> tuple[tuple[str, str, str, str], ...]:
    """Read own ranges of a row, "a1.effect=1/2/3" or three fields each; the kind's own values are left out."""
    found = []
    for p in kinds()[key].parameters if key in kinds() else ():
        plain = [f"{v:g}" for v in (p.low, p.central, p.high)]
        name = f"a{number}.{p.key}"
        given = (
            data.get(name, "").split("/") if name in data else [data.get(f"{name}.{i}", v) for i, v in enumerate(plain)]
        )
        values = [one.strip().replace(",", ".") for one in (given + plain[len(given) :])[:3]]
        if values != plain:
            found.append((p.key, values[0], values[1], values[2]))
    return tuple(found)


def of(scenario: Scenario, token: str = "") -> Draft:
    """Return the draft that shows a scenario."""
    reading = next(key for key, name in READINGS.items() if name == scenario.indicator)
    rows = tuple(
        Row(
            m.kind.key, f"{m.dose:g}", str(m.timing.start), str(m.timing.duration), m.record, m.reason,
            "" if m.euro is None else f"{m.euro:g}",
            tuple((key, f"{a:g}", f"{b:g}", f"{c:g}") for key, a, b, c in m.assumptions),
        )
        for m in scenario.measures
    )  # fmt: skip
    judged = tuple(judgement_words(one) for one in scenario.judgements)
    return Draft(scenario.region, str(scenario.year), reading, scenario.frame, scenario.name, rows, token, judged)


def scenario(draft: Draft, region: str, saved: Scenario | None = None) -> Scenario:
    """Return the checked scenario of a draft on the zone ``region``. Raises Refusal with every fault.

    What the form does not show (ramp-up, prerequisites, …) is taken over from ``saved``.
    """
    found: list[Fault] = []
    origins = list(saved.measures) if saved else []
    measures: list[Measure] = []
    for number, row in enumerate(draft.rows, 1):
        try:
            origin = _origin(row, origins)
            measures.append(_measure(row, number, [m.id for m in measures], origin))
        except Refusal as refusal:
            found += [replace(fault, where=_place(row, number)) for fault in refusal.faults]
    judged, wrong = _judged(draft.judgements)
    found += _frame_faults(draft) + wrong
    if found:
        raise Refusal(found)
    return Scenario(
        draft.name or "Szenario", region, int(draft.year), READINGS[draft.reading], draft.frame, tuple(measures),
        saved.note if saved else "", judged,
    )  # fmt: skip


def judgement_words(one: Judgement) -> str:
    """Return a judgement as one field of an address: its values in order, reasons last."""
    return "|".join((one.indicator, str(one.year), *(f"{v:.12g}" for v in (one.value, one.low, one.high)), str(one.n),
                     one.origin.replace("|", "/"), one.day, *(each.replace("|", "/") for each in one.reasons)))  # fmt: skip


def told(draft: Draft) -> list[dict[str, object]]:
    """Return the judgements of a draft as its form shows them: figure, source, reasons."""
    made = [(words, _read_judgement(words.split("|"))) for words in draft.judgements]
    return [
        {"words": words, "title": INDICATORS.get(one.indicator, Text(one.indicator, one.indicator)),
         "sentence": one.sentence(), "reasons": one.reasons}
        for words, one in made
    ]  # fmt: skip


def _judged(fields: tuple[str, ...]) -> tuple[tuple[Judgement, ...], list[Fault]]:
    """Read the judgements of an address; values that are no numbers become faults."""
    made = tuple(_read_judgement(words.split("|")) for words in fields)
    return made, unfit(made)


def _read_judgement(cells: list[str]) -> Judgement:
    indicator, year, value, low, high, n, origin, day = [*cells, *[""] * 8][:8]
    whole = [int(each) if each.isdigit() and len(each) < 7 else 0 for each in (year, n)]
    return Judgement(
        indicator, whole[0], _part(value), _part(low), _part(high), whole[1], origin, day, tuple(cells[8:])
    )


def _origin(row: Row, origins: list[Measure]) -> Measure | None:
    """Take the saved measure a row stands for out of the list."""
    for measure in origins:
        if (measure.kind.key, measure.record) == (row.kind, row.record):
            origins.remove(measure)
            return measure
    return None


def _measure(row: Row, number: int, taken: list[str], origin: Measure | None) -> Measure:
    lever = kind(row.kind)
    title = records.record(row.record).title.de if row.record else ""
    ident = row.record or row.kind
    ident = ident if ident not in taken else f"{ident}-{number}"
    start = _whole(row.start or str(lever.timing["start"]))
    duration = _whole(row.duration or str(lever.timing["duration"]))
    dose, euro = row.dose.replace(",", ".") or "central", _amount(row.euro)
    own = tuple((key, _part(a), _part(b), _part(c)) for key, a, b, c in row.assumptions)
    if origin is None:
        made = plan(
            row.kind,
            dose,
            ident,
            start,
            row.reason,
            euro,
            check=False,
            title=title,
            record=row.record,
            duration=duration,
            assumptions=own,
        )
    else:
        timing = replace(origin.timing, start=start, duration=duration)
        made = replace(origin, dose=lever.strength(dose), timing=timing, reason=row.reason, euro=euro, assumptions=own)
    wrong = faults(made)
    if wrong:
        raise Refusal(wrong)
    return made


def _whole(words: str) -> int:
    if not words.lstrip("-").isdigit() or len(words) > 6:
        raise refuse(
            f"„{words}“ ist keine ganze Zahl.",
            f'"{words}" is not a whole number.',
            "Geben Sie ein Jahr oder Jahre an.",
            "Give a year or years.",
        )
    return int(words)


def _part(words: str) -> float:
    """Return a number of an own range; anything else becomes not-a-number, which the check names."""
    try:
        return float(words)
    except ValueError:
        return float("nan")


def _amount(words: str) -> float | None:
    if not words:
        return None
    try:
        return float(words.replace(",", "."))
    except ValueError:
        raise refuse(
            f"„{words}“ ist kein Betrag.",
            f'"{words}" is not an amount.',
            "Geben Sie Euro im Jahr an.",
            "Give euros a year.",
        ) from None


def _place(row: Row, number: int) -> str:
    return f"{number}. {row.kind}"


def _frame_faults(draft: Draft) -> list[Fault]:
    remedy = Text("Wählen Sie einen Eintrag der Liste.", "Choose an entry of the list.")
    found = []
    if draft.reading not in READINGS:
        found.append(
            Fault(Text("Diese Zählweise gibt es nicht.", "There is no such way of counting."), remedy, draft.reading)
        )
    if draft.frame not in FRAMES:
        found.append(Fault(Text("Diesen Rahmen gibt es nicht.", "There is no such framework."), remedy, draft.frame))
    if not draft.year.isdigit() or not BASE_YEAR < int(draft.year) <= HORIZON:
        found.append(
            Fault(
                Text("Dieses Jahr liegt außerhalb der Rechnung.", "This year is outside the forecast."),
                remedy,
                draft.year,
            )
        )
    return found
