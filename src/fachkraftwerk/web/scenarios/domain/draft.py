"""The scenario in the address: every field of the form has its place there, so a link is the scenario."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from fachkraftwerk.core.classifications import BASE_YEAR, HORIZON
from fachkraftwerk.core.errors import Fault, Refusal, refuse
from fachkraftwerk.core.text import Text
from fachkraftwerk.model.measures.measure import Measure
from fachkraftwerk.model.measures.place import Place
from fachkraftwerk.runs import relations
from fachkraftwerk.runs.frames import BASELINE, FRAMES
from fachkraftwerk.runs.judgements import TITLES, Judgement
from fachkraftwerk.runs.judgements import faults as unfit
from fachkraftwerk.runs.scenario import MOST, Scenario
from fachkraftwerk.web.scenarios.domain import rows
from fachkraftwerk.web.scenarios.domain.amounts import number
from fachkraftwerk.web.scenarios.domain.rows import Row

READINGS = {"initiative": "gap_cumulated", "pendeln": "gap_commuting_closed"}


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
        for place, row in enumerate(draft.rows, 1):
            pairs += row.pairs(place)
        return urlencode(pairs)

    def adding(self, ident: str, place: Place | None = None) -> Draft:
        """Return the draft with a lever or a measure of the library added, as usual in a place. Raises Refusal for an unknown one."""
        if len(self.rows) >= MOST:
            raise refuse(
                f"Mehr als {MOST} Maßnahmen sind zu viel für eine Seite.", f"More than {MOST} measures are too many for one page.",
                "Nehmen Sie zuerst eine heraus.", "Remove one first.",
            )  # fmt: skip
        return replace(self, rows=(*self.rows, rows.fresh(ident, self.idents, place)))

    @property
    def idents(self) -> list[str]:
        """Ids of the rows, those of old links made from lever or record."""
        taken: list[str] = []
        for row in self.rows:
            taken.append(row.ident or rows.unique(row.record or row.kind, taken))
        return taken

    def disbelieving(self, position: int) -> Draft:
        """Return the draft without the judgement at ``position`` (1 is the first)."""
        return replace(self, judgements=tuple(one for i, one in enumerate(self.judgements, 1) if i != position))

    def removing(self, position: int) -> Draft:
        """Return the draft without the row at ``position`` (1 is the first) and without what requires it."""
        gone = dict(enumerate(self.idents, 1)).get(position)
        kept = [
            replace(row, ident=ident, requires=tuple(one for one in row.requires if one != gone))
            for row, ident in zip(self.rows, self.idents, strict=True)
            if ident != gone
        ]
        return replace(self, rows=tuple(kept))


def zone_words(words: str) -> str:
    """Return the zone as typed; a plus in an address arrives as a blank ("06611 06633")."""
    stripped = words.strip()
    return stripped.replace(" ", "+") if stripped.replace(" ", "").isdecimal() else stripped


def read(data: QueryDict) -> Draft:
    """Read the form from an address or a sent form; missing lists are filled with the lever's own values."""
    plain = Draft()
    return Draft(
        zone_words(data.get("region", "")), data.get("jahr", plain.year).strip()[:6], data.get("lesart", plain.reading),
        data.get("rahmen", plain.frame), data.get("name", "").strip()[:200], rows.read(data, MOST), data.get("s_id", ""),
        tuple(data.getlist("z")[:MOST]),
    )  # fmt: skip


def of(scenario: Scenario, token: str = "") -> Draft:
    """Return the draft that shows a scenario."""
    reading = next(key for key, name in READINGS.items() if name == scenario.indicator)
    shown = tuple(rows.of(m) for m in scenario.measures)
    judged = tuple(judgement_words(one) for one in scenario.judgements)
    return Draft(scenario.region, str(scenario.year), reading, scenario.frame, scenario.name, shown, token, judged)


def scenario(draft: Draft, region: str, saved: Scenario | None = None, place: Place | None = None) -> Scenario:
    """Return the checked scenario of a draft on the zone ``region``, whose data are ``place``. Raises Refusal with every fault.

    The note of a saved scenario, which the form does not show, is taken over from ``saved``.
    """
    found: list[Fault] = []
    measures: list[Measure] = []
    for position, (row, ident) in enumerate(zip(draft.rows, draft.idents, strict=True), 1):
        try:
            measures.append(rows.measure(row, ident, place))
        except Refusal as refusal:
            found += [replace(fault, where=rows.place(row, position)) for fault in refusal.faults]
    judged, wrong = _judged(draft.judgements)
    found += _frame_faults(draft) + wrong
    if not found:
        found = relations.faults(measures)
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
        {"words": words, "title": TITLES.get(one.indicator, Text(one.indicator, one.indicator)),
         "sentence": one.sentence(), "reasons": one.reasons}
        for words, one in made
    ]  # fmt: skip


def _judged(fields: tuple[str, ...]) -> tuple[tuple[Judgement, ...], list[Fault]]:
    """Read the judgements of an address; values that are no numbers become faults."""
    made = tuple(_read_judgement(words.split("|")) for words in fields)
    return made, unfit(made)


def _read_judgement(cells: list[str]) -> Judgement:
    indicator, year, value, low, high, n, origin, day = [*cells, *[""] * 8][:8]
    whole = [int(each) if each.isdecimal() and len(each) < 7 else 0 for each in (year, n)]
    return Judgement(
        indicator, whole[0], number(value), number(low), number(high), whole[1], origin, day, tuple(cells[8:])
    )


def _frame_faults(draft: Draft) -> list[Fault]:
    remedy = Text("Wählen Sie einen Eintrag der Liste.", "Choose an entry of the list.")
    found = []
    if draft.reading not in READINGS:
        found.append(
            Fault(Text("Diese Zählweise gibt es nicht.", "There is no such way of counting."), remedy, draft.reading)
        )
    if draft.frame not in FRAMES:
        found.append(Fault(Text("Diesen Rahmen gibt es nicht.", "There is no such framework."), remedy, draft.frame))
    if not draft.year.isdecimal() or not BASE_YEAR < int(draft.year) <= HORIZON:
        found.append(
            Fault(
                Text("Dieses Jahr liegt außerhalb der Rechnung.", "This year is outside the forecast."),
                remedy,
                draft.year,
            )
        )
    return found
