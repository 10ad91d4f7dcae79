"""Scenario documents: a named set of measures on a region as JSON, checked on the way in, byte-equal on the way out.

The document is canonical: fixed order of fields, two spaces, one final newline. Reading and writing a document written
here gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from fachkraftwerk.core.classifications import BASE_YEAR, HORIZON
from fachkraftwerk.core.errors import Fault, Refusal, reason
from fachkraftwerk.core.text import Text
from fachkraftwerk.model.adjustments import Adjustments
from fachkraftwerk.model.measures.kind import Kind
from fachkraftwerk.model.measures.measure import Measure, faults, plan
from fachkraftwerk.model.measures.registry import kinds
from fachkraftwerk.runs import relations
from fachkraftwerk.runs.frames import BASELINE, FRAMES, frame_adjustments, joined
from fachkraftwerk.runs.inputs import Inputs
from fachkraftwerk.runs.judgements import Judgement
from fachkraftwerk.runs.judgements import adjustments as adjusted
from fachkraftwerk.runs.judgements import faults as unfit
from fachkraftwerk.runs.library import records
from fachkraftwerk.runs.zero_sum import booked

FORMAT = "fachkraftwerk-scenario/1"
LONGEST = 256 * 1024
MOST = 30


@dataclass(frozen=True)
class Scenario:
    """A set of measures on a Kreis or zone. ``frame`` is the framework it is set in (see ``frames``).

    ``judgements`` are figures of a group, for example of a workshop, in place of those of the forecast.
    """

    name: str
    region: str
    year: int = 2030
    indicator: str = "gap_cumulated"
    frame: str = "baseline"
    measures: tuple[Measure, ...] = ()
    note: str = ""
    judgements: tuple[Judgement, ...] = ()

    def adding(self, measure: Measure) -> Scenario:
        """Return the scenario with one measure more; its id is made unique."""
        taken, ident, number = {m.id for m in self.measures}, measure.id, 2
        while ident in taken:
            ident, number = f"{measure.id}-{number}", number + 1
        return replace(self, measures=(*self.measures, replace(measure, id=ident)))

    def without(self, ident: str) -> Scenario:
        """Return the scenario without one measure."""
        return replace(self, measures=tuple(m for m in self.measures if m.id != ident))

    def changing(self, measure: Measure) -> Scenario:
        """Return the scenario with the measure of the same id replaced."""
        return replace(self, measures=tuple(measure if m.id == measure.id else m for m in self.measures))


def dump(scenario: Scenario) -> str:
    """Write the canonical document."""
    return json.dumps(as_dict(scenario), ensure_ascii=False, indent=2) + "\n"


def as_dict(scenario: Scenario) -> dict[str, Any]:
    """Return the document as plain data, fields in their order; judgements only where there are any."""
    plain = {
        "format": FORMAT, "name": scenario.name, "region": scenario.region, "year": scenario.year,
        "indicator": scenario.indicator, "frame": scenario.frame, "note": scenario.note,
        "measures": [_measure(m) for m in scenario.measures],
    }  # fmt: skip
    return plain | ({"judgements": [_judgement(one) for one in scenario.judgements]} if scenario.judgements else {})


def _judgement(one: Judgement) -> dict[str, Any]:
    plain = asdict(one) | {name: _plain(getattr(one, name)) for name in ("value", "low", "high")}
    return plain | {"reasons": list(one.reasons)}


def _measure(m: Measure) -> dict[str, Any]:
    levels = {"levels": list(m.levels)} if m.levels else {}  # absent in documents written before levels could be chosen
    return {
        "id": m.id, "kind": m.kind.key, "title": m.title, "record": m.record, "dose": _plain(m.dose),
        "start": m.timing.start, "ramp": m.timing.ramp, "duration": m.timing.duration, "fade": m.timing.fade,
        "reason": m.reason, "euro": _plain(m.euro), "days": _plain(m.days), "capacity": _plain(m.capacity),
        "excludes": m.excludes, "requires": list(m.requires), "occupations": list(m.occupations),
        **levels, "assumptions": {key: [_plain(v) for v in values] for key, *values in m.assumptions},
    }  # fmt: skip


def _plain(value: float | None) -> float | int | None:
    return None if value is None else int(value) if float(value).is_integer() else float(value)


# --- reading -----------------------------------------------------------------------------------------------------

_HUGE = 1e15  # more than any amount in euros; also keeps out what is not a number
_TEXT: Callable[[Any], bool] = lambda v: isinstance(v, str) and len(v) <= 2000  # noqa: E731
_WHOLE: Callable[[Any], bool] = lambda v: isinstance(v, int) and not isinstance(v, bool) and abs(v) < _HUGE  # noqa: E731
_NUMBER: Callable[[Any], bool] = lambda v: isinstance(v, int | float) and not isinstance(v, bool) and abs(v) < _HUGE  # noqa: E731
_AMOUNT: Callable[[Any], bool] = lambda v: v is None or _NUMBER(v)  # noqa: E731
_TEXTS: Callable[[Any], bool] = lambda v: isinstance(v, list) and all(_TEXT(x) for x in v)  # noqa: E731
_RANGES: Callable[[Any], bool] = lambda v: (  # noqa: E731
    isinstance(v, dict) and all(isinstance(x, list) and len(x) == 3 and all(map(_NUMBER, x)) for x in v.values())
)
_DOCUMENT = {
    "format": _TEXT, "name": _TEXT, "region": _TEXT, "year": _WHOLE, "indicator": _TEXT, "frame": _TEXT, "note": _TEXT,
    "measures": lambda v: isinstance(v, list) and all(isinstance(x, dict) for x in v),
    "judgements": lambda v: isinstance(v, list) and len(v) <= MOST and all(isinstance(x, dict) for x in v),
}  # fmt: skip
_JUDGEMENT = {
    "indicator": _TEXT, "year": _WHOLE, "value": _NUMBER, "low": _NUMBER, "high": _NUMBER, "n": _WHOLE, "origin": _TEXT,
    "day": _TEXT, "reasons": _TEXTS,
}  # fmt: skip
_MEASURE = {
    "id": _TEXT, "kind": _TEXT, "title": _TEXT, "record": _TEXT, "dose": _NUMBER, "start": _WHOLE, "ramp": _WHOLE,
    "duration": _WHOLE, "fade": _WHOLE, "reason": _TEXT, "euro": _AMOUNT, "days": _AMOUNT, "capacity": _AMOUNT,
    "excludes": _TEXT, "requires": _TEXTS, "occupations": _TEXTS, "levels": _TEXTS,
    "assumptions": _RANGES,
}  # fmt: skip
_NEEDED = {"format", "name", "region", "measures"}
_READINGS = ("gap_cumulated", "gap_commuting_closed")


def parse(text: str | bytes, check: bool = True) -> Scenario:
    """Read a document. Raises Refusal with every fault: no JSON, foreign format, unknown fields, impossible values.

    Without ``check`` a well-formed document is read even where its measures need a reason or contradict each other, so
    that a page can show what is missing and let people put it right.
    """
    raw = _load(text)
    found = [*_shape(raw, _DOCUMENT, _NEEDED, "")]
    if not found:
        found += _words(raw)
        for i, row in enumerate(raw["measures"]):
            found += _shape(row, _MEASURE, {"id", "kind", "dose"}, f"measures[{i}].") + _kind(row, f"measures[{i}].")
        for i, row in enumerate(raw.get("judgements", ())):
            found += _shape(row, _JUDGEMENT, set(_JUDGEMENT) - {"day", "reasons"}, f"judgements[{i}].")
    if found:
        raise Refusal(found)
    return _scenario(raw, check)


def _load(text: str | bytes) -> dict[str, Any]:
    if len(text) > LONGEST:
        size = LONGEST // 1024
        what = Text(f"Die Datei ist zu groß (mehr als {size} KB).", f"The file is too large (more than {size} KB).")
        remedy = Text(
            "Wählen Sie eine Szenario-Datei; sie ist viel kleiner.", "Choose a scenario file; it is much smaller."
        )
        raise Refusal(Fault(what, remedy))
    try:
        raw = json.loads(text)
    except (ValueError, UnicodeDecodeError, RecursionError):
        raise Refusal(_fault("", "Die Datei ist kein JSON.", "The file is not JSON.")) from None
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise Refusal(
            _fault(
                "format",
                "Die Datei ist kein Szenario von Fachkraftwerk.",
                "The file is not a scenario of Fachkraftwerk.",
            )
        )
    return raw


def _shape(
    row: Mapping[str, Any], fields: Mapping[str, Callable[[Any], bool]], needed: set[str], where: str
) -> list[Fault]:
    strange = [
        _fault(where + key, "Dieses Feld ist unbekannt.", "This field is unknown.") for key in row if key not in fields
    ]
    absent = [_fault(where + key, "Dieses Feld fehlt.", "This field is missing.") for key in sorted(needed - set(row))]
    wrong = [
        _fault(where + key, "Der Wert hat die falsche Art.", "The value is of the wrong kind.")
        for key, fits in fields.items()
        if key in row and not fits(row[key])
    ]
    return strange + absent + wrong


def _kind(row: Mapping[str, Any], where: str) -> list[Fault]:
    key = row.get("kind")
    if not isinstance(key, str) or key in kinds():
        return []
    what = Text(f"Die Maßnahme „{key}“ gibt es nicht.", f'There is no measure "{key}".')
    listed = ", ".join(kinds())
    return [Fault(what, Text(f"Bekannt sind: {listed}.", f"Known are: {listed}."), f"{where}kind")]


def _words(raw: Mapping[str, Any]) -> list[Fault]:
    found = []
    if raw.get("indicator", _READINGS[0]) not in _READINGS:
        found.append(_fault("indicator", "Diese Lesart gibt es nicht.", "There is no such reading."))
    if raw.get("frame", "baseline") not in FRAMES:
        found.append(_fault("frame", "Diesen Rahmen gibt es nicht.", "There is no such framework."))
    if len(raw["measures"]) > MOST:
        found.append(_fault("measures", f"Mehr als {MOST} Maßnahmen.", f"More than {MOST} measures."))
    if not BASE_YEAR < raw.get("year", HORIZON) <= HORIZON:
        found.append(_fault("year", "Dieses Jahr liegt außerhalb der Rechnung.", "This year is outside the forecast."))
    return found


def _scenario(raw: Mapping[str, Any], check: bool) -> Scenario:
    measures, found = [], []
    for i, row in enumerate(raw["measures"]):
        try:
            measures.append(_read(row))
        except Refusal as refusal:
            found += [replace(fault, where=f"measures[{i}] {fault.where}".strip()) for fault in refusal.faults]
    judged = tuple(_told(row) for row in raw.get("judgements", ()))
    known = {key: raw[key] for key in ("name", "region", "year", "indicator", "frame", "note") if key in raw}
    made = Scenario(**known, measures=tuple(measures), judgements=judged)
    found += unfit(judged) + (incomplete(made) if check else [])
    if found:
        raise Refusal(found)
    return made


def incomplete(scenario: Scenario) -> list[Fault]:
    """Return what people still have to put right: missing reasons, impossible values, contradictions."""
    return [fault for m in scenario.measures for fault in faults(m, saved=True)] + relations.faults(scenario.measures)


def _told(row: Mapping[str, Any]) -> Judgement:
    numbers = {name: float(row[name]) for name in ("value", "low", "high")}
    return Judgement(**(dict(row) | numbers | {"reasons": tuple(row.get("reasons", ()))}))


def _read(row: Mapping[str, Any]) -> Measure:
    if row.get("record"):
        records.record(row["record"])
    fixed = ("title", "record", "ramp", "duration", "fade", "excludes", "capacity")
    more: dict[str, Any] = {key: row[key] for key in fixed if key in row}
    more |= {key: tuple(row[key]) for key in ("requires", "occupations", "levels") if key in row}
    ranges = row.get("assumptions", {})
    more["assumptions"] = tuple((key, float(v[0]), float(v[1]), float(v[2])) for key, v in ranges.items())
    return plan(
        row["kind"], row["dose"], row["id"], row.get("start"), row.get("reason", ""), row.get("euro"), row.get("days"),
        check=False, **more,
    )  # fmt: skip


def _fault(where: str, de: str, en: str) -> Fault:
    remedy = Text(
        "Speichern Sie ein Szenario als Datei und vergleichen Sie die Felder.",
        "Save a scenario as a file and compare the fields.",
    )
    return Fault(Text(de, en), remedy, where)


def read(path: Path) -> Scenario:
    """Read a document from a file. Raises Refusal where it cannot be read or is not a scenario."""
    try:
        return parse(path.read_bytes())
    except OSError as error:
        what = Text(
            f"„{path}“ lässt sich nicht lesen ({reason(error).de}).", f'"{path}" cannot be read ({reason(error).en}).'
        )
        raise Refusal(Fault(what, Text("Prüfen Sie Ort und Rechte.", "Check place and rights."))) from None


def adjustments_of(scenario: Scenario, inputs: Inputs, draws: int = 0, seed: int = 0) -> dict[str, Adjustments]:
    """Return what a scenario changes in the model, AGS → Adjustments, for a full forecast."""
    from fachkraftwerk.model.measures.adjust import adjustments
    from fachkraftwerk.model.measures.combine import effects
    from fachkraftwerk.runs import ensemble
    from fachkraftwerk.runs.place import place_of

    members = inputs.members(scenario.region)
    found: dict[str, Adjustments] = {}
    if scenario.frame != BASELINE:
        around = sorted({home for kreis in members for home in ensemble.homes_of(inputs, kreis)})
        made = {inputs.ags[k]: frame_adjustments(inputs, k, scenario.frame) for k in around}
        found = {ags: one for ags, one in made.items() if one is not None}
    found |= _judged(scenario, inputs, found, draws, seed)
    if scenario.measures:
        base = ensemble.forecast(inputs, [scenario.region], 0)[scenario.region]
        place = place_of(inputs, scenario.region, base)
        wrong = [fault for m in scenario.measures for fault in faults(m.at(place), saved=True)]
        if wrong:
            raise Refusal(wrong)
        acting = effects(place, scenario.measures, draws, seed)
        whole = adjustments(place, acting)
        size = inputs.places.workforce[members].sum((1, 2))
        for kreis, part in zip(members, size / size.sum(), strict=True):
            mine = whole.share(float(part))
            ags = inputs.ags[kreis]
            found[ags] = joined(mine, found[ags]) if ags in found else mine
        for ags, lost in booked(inputs, acting, place.commuters).items():
            found[ags] = joined(lost, found[ags]) if ags in found else lost
    return found


def _judged(
    scenario: Scenario, inputs: Inputs, given: Mapping[str, Adjustments], draws: int, seed: int
) -> dict[str, Adjustments]:
    """Return what judgements change, joined with what the framework changes."""
    from fachkraftwerk.runs import ensemble

    if not scenario.judgements:
        return {}
    base = ensemble.forecast(inputs, [scenario.region], draws, seed=seed)[scenario.region]
    found = dict(given)
    for one in scenario.judgements:
        for ags, change in adjusted(one, base, seed).items():
            found[ags] = joined(change, found[ags]) if ags in found else change
    return found


def levers() -> Sequence[Kind]:
    """Return all levers, sorted by field and name."""
    return sorted(kinds().values(), key=lambda kind: (kind.field, kind.name.de))
