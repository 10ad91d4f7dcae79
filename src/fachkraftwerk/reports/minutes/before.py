"""Minutes, first part: forecast, what exists, fields, cards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fachkraftwerk.core.text import significant
from fachkraftwerk.reports.minutes.blocks import Bar, Bars, Block, Cards, Heading, Listing, Paragraph, Table
from fachkraftwerk.reports.minutes.wording import Say, counted, date, field_names

if TYPE_CHECKING:
    from fachkraftwerk.reports.minutes.content import Names

Record = Mapping[str, Any]


def forecast(record: Record, names: Names, say: Say) -> list[Block]:
    """Figures of the wall, how the room judged them round by round, and the reasons given."""
    figures = [figure for figure in record["figures"] if figure["rounds"]]
    if not figures:
        return []
    header = (
        say("Zahl", "Figure"),
        say("Prognose", "Forecast"),
        say("Raum", "Room"),
        say("Median des Raums (mittlere Hälfte)", "Median of the room (middle half)"),
    )
    rows = tuple(row for figure in figures for row in _figure(figure, names.judgements, say))
    blocks: list[Block] = [Heading(say("Die Prognose im Raum", "The forecast in the room")),
                           Table(say("Wie der Raum die Zahlen beurteilt", "How the room judges the figures"), header, rows,
                                 widths=(3, 1.6, 3, 1.8)), *_concordance(record.get("concordance"), names, say)]  # fmt: skip
    reasons = tuple(f"{say.of(figure['label'])}: „{reason}“" if say.lang == "de" else f"{say.of(figure['label'])}: “{reason}”"
                    for figure in figures for turn in figure["rounds"] for reason in turn["reasons"])  # fmt: skip
    if reasons:
        blocks += [Heading(say("Was dahinter steckt", "What is behind it"), 2), Listing(reasons)]
    return blocks


def _concordance(found: Record | None, names: Names, say: Say) -> list[Block]:
    """How far the room is of one mind in which figures are too high and which too low, and each bench for itself."""
    if not found:
        return []
    word = names.strengths.get
    w, n = say.number(found["w"], 2), found["raters"]
    text = say(f"Welche Zahlen zu hoch und welche zu niedrig sind: Der Raum ist sich darin {word(found['strength'])} (Kendalls W {w}, {n} Personen).",
               f"Which figures are too high and which too low: the room is {word(found['strength'])} (Kendall's W {w}, {n} people).")  # fmt: skip
    benches = "; ".join(f"{names.benches.get(key, key)}: {word(each['strength'])} ({say.number(each['w'], 2)}; n = {each['raters']})"
                        for key, each in found["benches"].items())  # fmt: skip
    if benches:
        text += say(f" Nach Bereichen: {benches}.", f" By group: {benches}.")
    if found["divided"]:
        text += say(
            " Jeder Bereich für sich ist einiger als der ganze Raum.",
            " Each group by itself is more of one mind than the room.",
        )
    return [Paragraph(text)]


def _figure(figure: Record, names: Mapping[str, str], say: Say) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for number, turn in enumerate(figure["rounds"], start=1):
        label = say.of(figure["label"])
        if len(figure["rounds"]) > 1:
            label += say(f" (Runde {number})", f" (round {number})")
        shown = say.number(figure["value"])
        if figure.get("low") is not None and figure.get("high") is not None:
            low, high = say.number(figure["low"]), say.number(figure["high"])
            shown += say(f" ({low} bis {high})", f" ({low} to {high})")
        rows.append((label, shown, counted(turn["counts"], names), _estimate(turn, say)))
    return rows


def _estimate(turn: Record, say: Say) -> str:
    if "median" not in turn:
        return "–"
    middle, low, high = (say.number(significant(turn[key])) for key in ("median", "q1", "q3"))
    return say(
        f"{middle} ({low} bis {high}), n = {turn['numbers']}", f"{middle} ({low} to {high}), n = {turn['numbers']}"
    )


def existing(record: Record, gaps: Mapping[str, str], say: Say) -> list[Block]:
    """The register, with what became of earlier measures, and the gap check."""
    names = field_names(record)
    blocks: list[Block] = []
    past = [each for each in record["existing"] if each.get("origin")]
    present = [each for each in record["existing"] if not each.get("origin")]
    if present:
        blocks += [Heading(say("Was es schon gibt", "What exists already")),
                   _register(present, say("Verzeichnis der Maßnahmen", "Register of measures"), names, say)]  # fmt: skip
    if past:
        before = record.get("previous") or {}
        title = say("Was aus der vorigen Werkstatt wurde", "What became of the workshop before")
        caption = ", ".join(filter(None, (before.get("title", ""), date(before.get("day", ""), say.lang))))
        blocks += [Heading(title), _register(past, caption or title, names, say)]
    judged = [(names[field], found) for field, found in record["gaps"].items() if field in names]
    if judged:
        rows = tuple((name, counted(found["counts"], gaps), " · ".join(found["notes"])) for name, found in judged)
        blocks += [Heading(say("Reicht, was es gibt?", "Is what exists enough?"), 2),
                   Table(say("Lückenprüfung je Handlungsfeld", "Gap check by field"),
                         (say("Feld", "Field"), say("Urteil", "Judgement"), say("Bemerkungen", "Remarks")), rows,
                         widths=(2, 3, 3.5))]  # fmt: skip
    return blocks


def _register(entries: list[Record], caption: str, names: Mapping[str, str], say: Say) -> Table:
    """A register; a column that would be empty is left out."""
    columns = [
        (say("Maßnahme", "Measure"), 3.0, [each["title"] for each in entries]),
        (say("Träger", "Owner"), 2.2, [each["owner"] for each in entries]),
        (say("Feld", "Field"), 2.0, [names.get(each["field"], "") for each in entries]),
        (say("Stand", "State"), 3.0, [each["note"] for each in entries]),
    ]
    shown = [column for column in columns if any(column[2])]
    rows = tuple(zip(*(texts for _, _, texts in shown), strict=True))
    return Table(caption, tuple(name for name, _, _ in shown), rows, widths=tuple(width for _, width, _ in shown))


def fields(record: Record, vocabulary: Mapping[str, str], say: Say) -> list[Block]:
    """The fields of action and their ranking."""
    if not record["fields"]:
        return []
    blocks: list[Block] = [Heading(say("Handlungsfelder", "Fields of action"))]
    ranked = next((result for result in record["results"].values() if result and result["kind"] == "points"
                   and {row["id"] for row in result["rows"]} <= set(field_names(record))), None)  # fmt: skip
    if ranked:
        caption = say(
            f"Punkte der Rangliste, {say.people(ranked['voters'])}",
            f"Points of the ranking, {say.people(ranked['voters'])}",
        )
        return [*blocks, point_bars(ranked, caption, say), Paragraph(level(ranked, say), "note")]
    return [*blocks, Listing(tuple(_mapped(field, vocabulary) for field in record["fields"]))]


def _mapped(field: Record, vocabulary: Mapping[str, str]) -> str:
    word = vocabulary.get(field["vocabulary"], "")
    return f"{field['name']} ({word})" if word and word != field["name"] else str(field["name"])


def point_bars(result: Record, caption: str, say: Say) -> Bars:
    """Bars of a vote by points with the interval of the rank in words."""
    return Bars(caption, tuple(
        Bar(row["name"], row["score"], say.number(row["score"]),
            _places(row, say))
        for row in result["rows"]
    ))  # fmt: skip


def _places(row: Record, say: Say) -> str:
    """Return "Platz 2 bis 7,5", or one place where it does not move."""
    low, high = (f"{row[key]:g}".replace(".", say(",", ".")) for key in ("rank_low", "rank_high"))
    if low == high:
        return say(f"Platz {low}", f"place {low}")
    return say(f"Platz {low} bis {high}", f"place {low} to {high}")


def level(result: Record, say: Say) -> str:
    """Say how certain the order is."""
    places = result.get("level", [])
    base = say("Der Platz-Bereich zeigt, was geschieht, wenn andere aus demselben Raum abgestimmt hätten (90 von 100 Ziehungen).",
               "The range of places shows what happens if others of the same room had voted (90 of 100 draws).")  # fmt: skip
    if not places:
        return base
    spans = ", ".join(say(f"{first} bis {last}", f"{first} to {last}") for first, last in _spans(places))
    return base + say(f" Praktisch gleichauf: Platz {spans}.", f" Practically level: places {spans}.")


def _spans(places: list[int]) -> list[tuple[int, int]]:
    """Join places that are level with the next one: 2, 3, 4 and 7 become 2 to 5 and 7 to 8."""
    spans: list[tuple[int, int]] = []
    for place in places:
        if spans and spans[-1][1] == place:
            spans[-1] = (spans[-1][0], place + 1)
        else:
            spans.append((place, place + 1))
    return spans


def cards(record: Record, say: Say) -> list[Block]:
    """All cards by field and heading; loose ones last; doubles counted with the card they were joined to."""
    if not record["cards"]:
        return []
    names = field_names(record)
    doubles = Counter(card["merged_into"] for card in record["cards"] if card["merged_into"])
    shown = sorted(
        (card for card in record["cards"] if not card["merged_into"]), key=lambda card: (card["order"], card["id"])
    )
    blocks: list[Block] = [Heading(say("Die Karten", "The cards"))]
    for key, name in [*names.items(), ("", say("Ohne Handlungsfeld", "Without a field"))]:
        inside = [card for card in shown if (card["field"] if card["field"] in names else "") == key]
        if inside:
            blocks.append(Heading(name, 2))
            blocks += _grouped(record, inside, doubles, say)
    return blocks


def _grouped(record: Record, inside: list[Record], doubles: Counter[int], say: Say) -> list[Block]:
    blocks: list[Block] = []
    for group in sorted(record["groups"], key=lambda group: group["order"]):
        members = [card for card in inside if card["group"] == group["id"]]
        if members:
            blocks += [
                Heading(group["heading"] or say("Ohne Überschrift", "Without a heading"), 3),
                _cards(members, doubles, say),
            ]
    known = {group["id"] for group in record["groups"]}
    loose = [card for card in inside if card["group"] not in known]
    if loose and blocks:
        blocks.append(Heading(say("Einzelne Karten", "Single cards"), 3))
    return [*blocks, _cards(loose, doubles, say)] if loose else blocks


def _cards(members: list[Record], doubles: Counter[int], say: Say) -> Cards:
    marks = tuple(" · ".join(filter(None, (
        say(f"{doubles[card['id']] + 1}-mal genannt", f"named {doubles[card['id']] + 1} times") if doubles[card["id"]] else "",
        say(f"Papier {card['paper']}", f"paper {card['paper']}") if card["paper"] else "",
    ))) for card in members)  # fmt: skip
    return Cards(tuple(card["text"] for card in members), marks)
