"""Minutes, last part: differing opinions, what was not chosen, Fahrplan, next date, how to check it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fachkraftwerk.reports.minutes import weighing
from fachkraftwerk.reports.minutes.blocks import Block, Heading, Listing, Paragraph, Table
from fachkraftwerk.reports.minutes.wording import Say, date, field_names

if TYPE_CHECKING:
    from fachkraftwerk.reports.minutes.content import Names

Record = Mapping[str, Any]
DISPUTED = 0.25
"""A statement is disputed where at least this share of those who took a side stands on either side."""


def dissent(record: Record, names: Names, say: Say) -> list[Block]:
    """Differing opinions: disputed statements, opinion groups, benches that see a measure differently."""
    blocks: list[Block] = []
    opinion = weighing.result_of(record, "opinion")
    if opinion:
        blocks += _stances(opinion, say) + _camps(opinion, say)
    balanced = weighing.result_of(record, "balanced")
    if balanced:
        blocks += _benches(balanced, names.benches, say)
    return [Heading(say("Abweichende Meinungen", "Differing opinions")), *blocks] if blocks else []


def _stances(result: Record, say: Say) -> list[Block]:
    disputed = [row for row in result["rows"] if _divided(row)]
    if not disputed:
        return []
    rows = tuple((row["name"], str(row["agree"]), str(row["disagree"]), str(row["pass"])) for row in disputed)
    header = (
        say("Aussage", "Statement"),
        say("stimmen zu", "agree"),
        say("lehnen ab", "disagree"),
        say("weiß nicht", "don't know"),
    )
    return [
        Table(
            say("Strittige Aussagen", "Disputed statements"), header, rows, numeric=(1, 2, 3), widths=(5, 1.2, 1.2, 1.2)
        )
    ]


def _divided(row: Record) -> bool:
    sides: int = row["agree"] + row["disagree"]
    return bool(sides > 0 and min(row["agree"], row["disagree"]) / sides >= DISPUTED)


def _camps(result: Record, say: Say) -> list[Block]:
    if not result["groups"]:
        reason = result.get("reason")
        return (
            [Paragraph(say("Meinungsgruppen: keine. ", "Opinion groups: none. ") + say.of(reason), "note")]
            if reason
            else []
        )
    blocks: list[Block] = []
    for number, group in enumerate(result["groups"], start=1):
        sides = {
            1: say("dafür", "for"),
            -1: say("dagegen", "against"),
            "agree": say("dafür", "for"),
            "disagree": say("dagegen", "against"),
        }
        stands = tuple(f"{each['name']} ({sides.get(each['side'], each['side'])})" for each in group["stands_for"])
        title = say(
            f"Meinungsgruppe {number}, {say.people(group['size'])}",
            f"Opinion group {number}, {say.people(group['size'])}",
        )
        blocks += [Heading(title, 3), Listing(stands)]
    if result.get("shared"):
        blocks += [
            Heading(say("Was alle Gruppen teilen", "What all groups share"), 3),
            Listing(tuple(each["name"] for each in result["shared"])),
        ]
    return blocks


def _benches(result: Record, names: Mapping[str, str], say: Say) -> list[Block]:
    """Only measures on which the two results differ carry a breakdown; benches below five are pooled before."""
    rows = []
    for row in result["rows"]:
        if row["benches"]:
            parts = (
                f"{names.get(bench, '') or say('Übrige', 'others')} {for_it}/{of}"
                for bench, (for_it, of) in row["benches"].items()
            )
            rows.append((row["name"], ", ".join(parts)))
    if not rows:
        return []
    caption = say(
        "Unterstützung je Bank, wo die Ergebnisse auseinandergehen", "Support by bench where the results differ"
    )
    return [Table(caption, (say("Maßnahme", "Measure"), say("Unterstützung", "Support")), tuple(rows), widths=(2.6, 5)),
            Paragraph(say("Aufgeschlüsselt wird erst ab fünf Personen je Bank.", "Broken down from five people per bench only."), "note")]  # fmt: skip


def not_chosen(record: Record, say: Say) -> list[Block]:
    """What stays behind, so that nobody looks for it in vain."""
    kept, texts = set(weighing.chosen(record)), []
    names = field_names(record)
    if kept:
        texts += [f"{sheet['title']} ({names[sheet['field']]})" if sheet["field"] in names else sheet["title"]
                  for sheet in record["sheets"] if sheet["id"] not in kept]  # fmt: skip
    used = {card for sheet in record["sheets"] for card in sheet["cards"]}
    idle = [group["heading"] for group in record["groups"] if group["heading"] and not any(
        card["id"] in used for card in record["cards"] if card["group"] == group["id"])]  # fmt: skip
    blocks: list[Block] = [Heading(say("Was nicht gewählt wurde", "What was not chosen"))]
    if texts:
        blocks += [
            Paragraph(say("Diese Maßnahmen gehen vorerst nicht weiter:", "These measures do not go on for now:")),
            Listing(tuple(texts)),
        ]
    if idle and record["sheets"]:
        blocks += [
            Paragraph(
                say("Aus diesen Überschriften wurde noch keine Maßnahme:", "No measure came of these headings yet:")
            ),
            Listing(tuple(idle)),
        ]
    return blocks if len(blocks) > 1 else []


def roadmap(record: Record, say: Say) -> list[Block]:
    """Fahrplan version 0: quarter, measure, owner, first step."""
    if not record["sheets"]:
        return []
    blocks: list[Block] = [Heading(say("Fahrplan, Version 0", "Fahrplan, version 0"))]
    rows = tuple((quarter(line["quarter"], say), sheet["title"], weighing.owner(sheet, say), line["note"] or sheet["values"].get("first_step", ""))
                 for line, sheet in lines(record))  # fmt: skip
    if not rows:
        return [*blocks, Paragraph(_empty(record["workshop"]["status"] == "closed", say))]
    header = (
        say("Beginn", "Start"),
        say("Maßnahme", "Measure"),
        say("Träger", "Owner"),
        say("Nächster Schritt", "Next step"),
    )
    return [
        *blocks,
        Table(say("Wer was wann beginnt", "Who starts what when"), header, rows, widths=(1.3, 3, 2.8, 3.6)),
    ]


def _empty(over: bool, say: Say) -> str:
    if over:
        return say("Der Raum hat keine Quartale festgelegt. Das ist der erste Punkt beim nächsten Termin.",
                   "The room has set no quarters. This is the first item of the next meeting.")  # fmt: skip
    return say("Noch steht nichts auf dem Fahrplan. Im letzten Schritt der Werkstatt legt der Raum Quartale fest.",
               "The Fahrplan is still empty. In the last step of the workshop the room sets quarters.")  # fmt: skip


def lines(record: Record) -> list[tuple[Record, Record]]:
    """Return (line, sheet) of the Fahrplan in the order of quarters."""
    sheets = {str(sheet["id"]): sheet for sheet in record["sheets"]}
    found = [(line, sheets[key]) for key, line in record["roadmap"].items() if key in sheets]
    return sorted(found, key=lambda pair: (pair[0]["quarter"], pair[1]["id"]))


def quarter(key: str, say: Say) -> str:
    """Return "1. Quartal 2027" for "2027-Q1"."""
    year, _, number = key.partition("-Q")
    return say(f"{number}. Quartal {year}", f"Q{number} {year}") if number else key


def next_date(record: Record, say: Say) -> str:
    """Return date and place of the next meeting, or nothing."""
    planned = record["next_date"]
    return ", ".join(filter(None, (date(planned.get("date", ""), say.lang), planned.get("place", ""))))


def closing(record: Record, say: Say) -> list[Block]:
    """Next date, notes of the tables, and where the moderation log is."""
    blocks: list[Block] = []
    if record["notes"]:
        notes = tuple(
            say(f"Tisch {table}: {text}", f"Table {table}: {text}")
            for table, texts in record["notes"].items()
            for text in texts
        )
        blocks += [Heading(say("Notizen der Tische", "Notes of the tables")), Listing(notes)]
    blocks.append(Heading(say("Wie es weitergeht", "What comes next")))
    when = next_date(record, say)
    blocks.append(Paragraph(say(f"Nächster Termin: {when}.", f"Next date: {when}.") if when else say(
        "Ein nächster Termin ist nicht vereinbart.", "No next date has been agreed."), "lead"))  # fmt: skip
    blocks.append(Paragraph(_log(record, say), "note"))
    return blocks


def _log(record: Record, say: Say) -> str:
    log = record.get("log", {})
    seen = say.number(int(log.get("events", record["workshop"]["last_event"])))
    refused, hidden = (say.number(int(log.get(key, 0))) for key in ("incidents", "hidden"))
    return say(
        f"Moderationsprotokoll: {seen} Handlungen sind gezählt, {hidden} davon haben etwas verdeckt, {refused} Vorgänge wurden abgewiesen. Es liegt beim "
        "Gastgeber. Dieses Protokoll nennt keine Personen; wer wie abgestimmt hat, ist nach dem Schließen nicht mehr feststellbar.",
        f"Moderation log: {seen} acts were counted, {hidden} of them hid something, {refused} incidents were refused. The host keeps it. "
        "These minutes name no persons; after closing nobody can find out who voted how.",
    )
