"""What the minutes say: from the record of a workshop to blocks, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fachkraftwerk.core.text import Text
from fachkraftwerk.reports.minutes import after, before, weighing
from fachkraftwerk.reports.minutes.blocks import Block, Document, Heading, Listing, Paragraph
from fachkraftwerk.reports.minutes.wording import Say, date

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Names:
    """Words of keys, in the language of the document: bench, judgement, gap, quadrant, lever -> what readers see."""

    benches: Mapping[str, str] = field(default_factory=dict)
    judgements: Mapping[str, str] = field(default_factory=dict)
    gaps: Mapping[str, str] = field(default_factory=dict)
    quadrants: Mapping[str, str] = field(default_factory=dict)
    levers: Mapping[str, str] = field(default_factory=dict)
    strengths: Mapping[str, str] = field(default_factory=dict)
    vocabulary: Mapping[str, str] = field(default_factory=dict)


def document(record: Record, names: Names, lang: str = "de") -> Document:
    """Return the minutes of the workshop of ``record`` (as the workshop's own record describes it)."""
    say = Say(lang)
    head = record["workshop"]
    sections = (
        _summary(record, say), before.forecast(record, names, say), before.existing(record, names.gaps, say),
        before.fields(record, names.vocabulary, say), before.cards(record, say), weighing.sheets(record, names.levers, say),
        weighing.weights(record, names, say), after.dissent(record, names, say), after.not_chosen(record, say),
        after.roadmap(record, say), after.closing(record, say),
    )  # fmt: skip
    blocks: list[Block] = [block for section in sections for block in section]
    title = say("Protokoll", "Minutes") if head["status"] == "closed" else say("Zwischenstand", "Interim minutes")
    return Document(head["title"], title, say.lang, _facts(record, names, say), tuple(blocks))


def _facts(record: Record, names: Names, say: Say) -> tuple[tuple[str, str], ...]:
    head = record["workshop"]
    benches = sorted(record["benches"].items(), key=lambda pair: (not pair[0], -pair[1]))
    seats = ", ".join(f"{names.benches.get(key, '') or say('kleinere Bänke zusammen', 'smaller benches together')} {count}"
                      for key, count in benches)  # fmt: skip
    rows = (
        (say("Region", "Region"), head["region_name"]), (say("Tag", "Day"), date(head["day"], say.lang)),
        (say("Im Raum", "In the room"), say.people(head["people"])), (say("Bänke", "Benches"), seats),
        (say("Stand", "State"), _state(head, say)),
        (say("Drehbuch", "Script"), _named(record["script"]["name"], say.lang)),
        (say("Nächster Termin", "Next date"), after.next_date(record, say)),
    )  # fmt: skip
    return tuple((name, value) for name, value in rows if value)


def _state(head: Mapping[str, Any], say: Say) -> str:
    """Say whether the minutes are final; until they are, paper cards may be added."""
    if head["status"] != "closed":
        return ""
    return (
        say("freigegeben", "signed off")
        if head.get("signed")
        else say("Entwurf, noch nicht freigegeben", "draft, not signed off yet")
    )


def _named(name: Mapping[str, str], lang: str) -> str:
    return Text(name["de"], name.get("en") or name["de"]).in_(lang)


def _summary(record: Record, say: Say) -> list[Block]:
    """The first screen: what goes on, and how it came about."""
    kept = weighing.chosen(record)
    blocks: list[Block] = [Heading(say("Das Ergebnis", "The result"))]
    if not record["sheets"]:
        return [
            *blocks,
            Paragraph(say("Noch steht keine Maßnahme auf einem Blatt.", "No measure is on a sheet yet."), "lead"),
        ]
    blocks.append(Paragraph(weighing.chosen_sentence(record, say), "lead"))
    titles = tuple(_goes_on(sheet, say) for sheet in record["sheets"] if sheet["id"] in kept)
    if titles:
        blocks.append(Listing(titles))
    blocks.append(Paragraph(say(
        f"Grundlage: {say.count(len(record['cards']), 'Karte', 'Karten')}, {say.count(len(record['sheets']), 'Maßnahmenblatt', 'Maßnahmenblätter')}.",
        f"Based on {say.count(len(record['cards']), 'card', 'cards')} and {say.count(len(record['sheets']), 'measure sheet', 'measure sheets')}.",
    ), "note"))  # fmt: skip
    return blocks


def _goes_on(sheet: Mapping[str, Any], say: Say) -> str:
    owner = weighing.owner(sheet, say)
    return f"{sheet['title']} – {owner}" if owner else str(sheet["title"])
