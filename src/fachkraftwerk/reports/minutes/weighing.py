"""Minutes, second part: measure sheets, dots, both selections, effort and impact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fachkraftwerk.reports.minutes.before import level, point_bars
from fachkraftwerk.reports.minutes.blocks import Block, Heading, Paragraph, Sheet, Table
from fachkraftwerk.reports.minutes.wording import Say, date, field_names

if TYPE_CHECKING:
    from fachkraftwerk.reports.minutes.content import Names

Record = Mapping[str, Any]


def result_of(record: Record, kind: str) -> Record | None:
    """Return the last result of a kind that was voted on: points (of measures), balanced, effort, opinion."""
    sheets = {str(sheet["id"]) for sheet in record["sheets"]}
    found = None
    for result in record["results"].values():
        if result and result["kind"] == kind and result.get("rows"):
            measures = {row["id"] for row in result["rows"]} <= sheets
            found = result if measures or kind == "opinion" else found
    return found


def chosen(record: Record) -> list[int]:
    """Return the measures that go on: as the room decided, else those on the Fahrplan, else the balanced selection."""
    decided = [sheet["id"] for sheet in record["sheets"] if sheet["values"].get("chosen") is True]
    planned = [sheet["id"] for sheet in record["sheets"] if str(sheet["id"]) in record["roadmap"]]
    balanced = result_of(record, "balanced")
    if decided or is_decided(record) or planned:
        return decided if is_decided(record) else planned
    return [int(key) for key in balanced["balanced"]] if balanced else []


def is_decided(record: Record) -> bool:
    """Whether the room itself has decided which measures go on."""
    return any("chosen" in sheet["values"] for sheet in record["sheets"])


def is_planned(record: Record) -> bool:
    """Whether a measure stands on the Fahrplan."""
    return any(str(sheet["id"]) in record["roadmap"] for sheet in record["sheets"])


def chosen_sentence(record: Record, say: Say) -> str:
    """Say how many measures go on, and who says so."""
    count, of = len(chosen(record)), say.number(len(record["sheets"]))
    go, stand = ("geht", "steht") if count == 1 else ("gehen", "stehen")
    goes, are = ("goes", "is") if count == 1 else ("go", "are")
    if is_decided(record):
        return say(f"{say.number(count)} von {of} Maßnahmen {go} weiter. So hat es der Raum entschieden.",
                   f"{say.number(count)} of {of} measures {goes} on. The room has decided so.")  # fmt: skip
    if is_planned(record):
        return say(
            f"{say.number(count)} von {of} Maßnahmen {stand} im Fahrplan.",
            f"{say.number(count)} of {of} measures {are} on the Fahrplan.",
        )
    if count:
        return say(f"Nach der ausgewogenen Auswahl {go} {say.number(count)} von {of} Maßnahmen weiter. Entschieden ist das noch nicht.",
                   f"By the balanced selection {say.number(count)} of {of} measures {goes} on. This is not decided yet.")  # fmt: skip
    return say(
        "Welche Maßnahmen weitergehen, ist noch nicht entschieden.", "It is not decided yet which measures go on."
    )


def owner(sheet: Record, say: Say) -> str:
    """Return the owner with the state of the promise."""
    values = sheet["values"]
    state = {"present": say("hat zugesagt", "has agreed"), "asked": say("angefragt", "asked")}.get(
        values.get("owner_state", ""), ""
    )
    return f"{values['owner']} ({state})" if values.get("owner") and state else str(values.get("owner", ""))


def sheets(record: Record, levers: Mapping[str, str], say: Say) -> list[Block]:
    """Every measure sheet with its filled lines."""
    if not record["sheets"]:
        return []
    names, kept = field_names(record), chosen(record)
    tag = (
        say("ausgewählt", "chosen")
        if is_decided(record)
        else say("im Fahrplan", "on the Fahrplan")
        if is_planned(record)
        else say("in der ausgewogenen Auswahl", "in the balanced selection")
    )
    blocks: list[Block] = [Heading(say("Maßnahmenblätter", "Measure sheets"))]
    for sheet in record["sheets"]:
        lines = tuple((name, value) for name, value in _lines(sheet, levers, record, say) if value)
        blocks.append(Sheet(sheet["title"], names.get(sheet["field"], ""), tag if sheet["id"] in kept else "", lines))
    return blocks


def _lines(sheet: Record, levers: Mapping[str, str], record: Record, say: Say) -> list[tuple[str, str]]:
    values = sheet["values"]
    by = date(values.get("first_step_date", ""), say.lang)
    step = " – ".join(filter(None, (values.get("first_step", ""), by and say(f"bis {by}", f"by {by}"))))
    cost = str(values.get("cost", ""))
    texts = {card["id"]: card["text"] for card in record["cards"]}
    lever = str(values.get("lever", ""))
    return [
        (say("Ziel", "Goal"), values.get("goal", "")), (say("Für wen", "For whom"), values.get("target_group", "")),
        (say("Träger", "Owner"), owner(sheet, say)), (say("Partner", "Partners"), values.get("partners", "")),
        (say("Erster Schritt", "First step"), step), (say("Woran wir es merken", "How we notice"), values.get("indicator", "")),
        (say("Hebel", "Lever"), levers.get(lever, lever)),
        *_effect(sheet, record, say),
        (say("Aufwand", "Effort"), say.cost(int(cost), record["workshop"]["unit"]) if cost.isdigit() else cost),
        (say("Bemerkung", "Note"), values.get("note", "")),
        (say("Aus den Karten", "From the cards"), " · ".join(texts[card] for card in sheet["cards"] if card in texts)),
    ]  # fmt: skip


def _effect(sheet: Record, record: Record, say: Say) -> list[tuple[str, str]]:
    """What the lever changes in the gap, as the table saw it; only its strength where that was not computed."""
    told = record.get("effects", {}).get(str(sheet["id"]))
    if told:
        return [(say("Wirkung auf die Lücke", "Effect on the gap"), say.of(told))]
    return [(say("Stärke", "Strength"), str(sheet["values"].get("strength", "")))]


def weights(record: Record, names: Names, say: Say) -> list[Block]:
    """Dots, both selections side by side, effort and impact."""
    blocks: list[Block] = []
    dots, balanced, effort = (result_of(record, kind) for kind in ("points", "balanced", "effort"))
    if dots:
        caption = say(f"Punkte, {say.people(dots['voters'])}", f"Dots, {say.people(dots['voters'])}")
        blocks += [
            Heading(say("Punkte", "Dots"), 2),
            point_bars(dots, caption, say),
            Paragraph(level(dots, say), "note"),
        ]
    if balanced:
        blocks += _both(balanced, say)
    if effort:
        blocks += _effort(effort, names.quadrants, say)
    return [Heading(say("Gewichtung", "Weighing")), *blocks] if blocks else []


def _both(result: Record, say: Say) -> list[Block]:
    yes, no = say("ja", "yes"), "–"
    rows = tuple(
        (
            row["name"],
            say.number(row["cost"]),
            say.number(row["supporters"]),
            yes if row["points"] else no,
            yes if row["balanced"] else no,
        )
        for row in sorted(result["rows"], key=lambda row: (-(row["points"] + row["balanced"]), -row["supporters"]))
    )
    budget = say.cost(result["budget"], result.get("unit", "days"))
    header = (say("Maßnahme", "Measure"), say("Aufwand", "Cost"), say("Stimmen", "Votes"), say("meiste Stimmen", "most votes"),
              say("ausgewogen", "balanced"))  # fmt: skip
    caption = say(
        f"Budget {budget}, {say.people(result['voters'])}",
        f"Budget {budget}, {say.people(result['voters'])}",
    )
    how = say("„Meiste Stimmen“ nimmt der Reihe nach, was die meisten unterstützen, bis das Budget aufgebraucht ist. „Ausgewogen“ gibt jeder "
              "Person einen gleichen Anteil am Budget (Method of Equal Shares), sodass auch kleinere Gruppen ihr Gewicht haben.",
              "“Most votes” takes what most people support, in turn, until the budget is spent. “Balanced” gives each person an equal share "
              "of the budget (Method of Equal Shares), so that smaller groups have their weight too.")  # fmt: skip
    return [Heading(say("Beide Ergebnisse", "Both results"), 2), Paragraph(how, "note"),
            Table(caption, header, rows, numeric=(1, 2), widths=(4.2, 1.2, 1.2, 1.4, 1.6)), Paragraph(_same(result, say))]  # fmt: skip


def _same(result: Record, say: Say) -> str:
    only = [
        [row["name"] for row in result["rows"] if row[a] and not row[b]]
        for a, b in (("points", "balanced"), ("balanced", "points"))
    ]
    if result.get("ties"):
        return say(
            "Gleichstand: Andere Maßnahmen haben ebenso viele Stimmen bei gleichem Aufwand. Darüber entscheidet der Raum.",
            "A tie: other measures have as many votes at the same effort. The room decides.",
        )
    if not any(only):
        return say(
            "Beide Ergebnisse sind gleich. Es gibt nichts zu verhandeln.",
            "Both results are the same. There is nothing to negotiate.",
        )
    parts = [say(f"Nur nach Stimmen: {'; '.join(only[0])}.", f"By votes only: {'; '.join(only[0])}.") if only[0] else "",
             say(f"Nur ausgewogen: {'; '.join(only[1])}.", f"Balanced only: {'; '.join(only[1])}.") if only[1] else ""]  # fmt: skip
    return " ".join([say("Nur hierin unterscheiden sie sich.", "They differ in this only."), *filter(None, parts)])


def _effort(result: Record, quadrants: Mapping[str, str], say: Say) -> list[Block]:
    header = (
        say("Maßnahme", "Measure"),
        say("Aufwand", "Effort"),
        say("Wirkung", "Impact"),
        say("Einordnung", "Reading"),
    )
    unsure = say(" (unsicher)", " (uncertain)")
    rows = tuple(
        (row["name"], f"{row['effort']:g}".replace(".", say(",", ".")), f"{row['impact']:g}".replace(".", say(",", ".")),
         quadrants.get(row["quadrant"], row["quadrant"]) + (unsure if row["uncertain"] else ""))
        for row in result["rows"]
    )  # fmt: skip
    caption = say(
        f"Aufwand und Wirkung von 1 bis 5, {say.people(result['voters'])}",
        f"Effort and impact from 1 to 5, {say.people(result['voters'])}",
    )
    return [
        Heading(say("Aufwand und Wirkung", "Effort and impact"), 2),
        Table(caption, header, rows, numeric=(1, 2), widths=(4, 1, 1, 3.2)),
    ]
