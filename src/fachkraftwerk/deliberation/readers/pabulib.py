"""Reader and writer for Pabulib ``.pb`` files: META, PROJECTS and VOTES sections, semicolon separated, UTF-8.

Format: https://pabulib.org/format. Approval, cumulative, ordinal and scoring ballots become ``Approval``, ``Dots``
and ``Ranking``. A bad file is refused with every fault and its line number.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from fachkraftwerk.core.errors import Fault, Refusal, refuse
from fachkraftwerk.core.text import Text
from fachkraftwerk.deliberation.ballots import Approval, Ballot, Dots, Measure, Ranking, natural

Row = tuple[int, dict[str, str]]
_KINDS = {"approval", "cumulative", "ordinal", "scoring"}


@dataclass(frozen=True)
class Election:
    """A stored election: measures, ballots, budget, what was officially ``selected`` (empty if not recorded)."""

    meta: Mapping[str, str]
    measures: tuple[Measure, ...]
    ballots: tuple[Ballot, ...]
    budget: Fraction
    selected: frozenset[str]


def read(path: Path) -> Election:
    """Read a file; raises ``Refusal`` naming file and lines."""
    return parse(path.read_bytes(), path.name)


def parse(data: bytes, name: str = "pb") -> Election:
    """Parse the bytes of a ``.pb`` file; ``name`` is used in messages."""
    sections = _sections(_text(data, name), name)
    meta = {row.get("key", ""): row.get("value", "") for _, row in sections["META"]}
    faults: list[Fault] = []
    budget = _number(meta.get("budget", ""), f"{name}: budget", faults)
    kind = meta.get("vote_type", "")
    if kind not in _KINDS:
        faults.append(_fault(f"vote_type „{kind}“ unbekannt.", f'vote_type "{kind}" unknown.', f"{name}: META"))
    measures = _measures(sections["PROJECTS"], name, faults)
    ballots = _ballots(sections["VOTES"], kind, meta, {m.id for m in measures}, name, faults)
    if faults:
        raise Refusal(faults)
    selected = frozenset(row["project_id"] for _, row in sections["PROJECTS"] if row.get("selected") in {"1", "2"})
    return Election(meta, tuple(measures), tuple(ballots), budget, selected)


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = f"{name}: byte {error.start}"
        raise refuse("Keine UTF-8-Datei.", "Not UTF-8.", "Als UTF-8 speichern.", "Save as UTF-8.", where) from error


def _sections(text: str, name: str) -> dict[str, list[Row]]:
    """Return section -> rows with line numbers."""
    sections: dict[str, list[Row]] = {}
    current, header = "", list[str]()
    lines = csv.reader(text.splitlines(), delimiter=";")
    for cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) == 1 and cells[0].strip().upper() in {"META", "PROJECTS", "VOTES"}:
            current, header = cells[0].strip().upper(), []
            sections[current] = []
        elif not header:
            header = [cell.strip() for cell in cells]
        elif current:
            sections[current].append((lines.line_num, {k: v.strip() for k, v in zip(header, cells, strict=False)}))
    missing = [section for section in ("META", "PROJECTS", "VOTES") if not sections.get(section)]
    if missing:
        raise Refusal([_fault(f"Abschnitt {s} fehlt.", f"Section {s} is missing.", name) for s in missing])
    return sections


def _measures(rows: list[Row], name: str, faults: list[Fault]) -> list[Measure]:
    measures: dict[str, Measure] = {}
    for line, row in rows:
        where = f"{name}: line {line}"
        key = row.get("project_id", "")
        cost = _number(row.get("cost", ""), where, faults)
        if not key or key in measures:
            faults.append(_fault("project_id fehlt oder ist doppelt.", "project_id missing or doubled.", where))
        measures[key] = Measure(key, cost, row.get("name", ""))
    return list(measures.values())


def _ballots(
    rows: list[Row], kind: str, meta: Mapping[str, str], known: set[str], name: str, faults: list[Fault]
) -> list[Ballot]:
    places = int(meta["max_length"]) if meta.get("max_length", "").isdecimal() else 0
    ballots: list[Ballot] = []
    seen: set[str] = set()
    for line, row in rows:
        where = f"{name}: line {line}"
        voter = row.get("voter_id", "")
        choice = [item.strip() for item in row.get("vote", "").split(",") if item.strip()]
        if not voter or voter in seen:
            faults.append(_fault("voter_id fehlt oder ist doppelt.", "voter_id missing or doubled.", where))
        for item in choice:
            if item not in known:
                faults.append(_fault(f"Projekt {item} unbekannt.", f"Project {item} unknown.", where))
        seen.add(voter)
        ballots.append(_ballot(kind, voter, choice, row, places, where, faults))
    return ballots


def _ballot(
    kind: str, voter: str, choice: list[str], row: Mapping[str, str], places: int, where: str, faults: list[Fault]
) -> Ballot:
    if kind == "ordinal":
        return Ranking(voter, tuple(choice), places=places)
    if kind not in {"cumulative", "scoring"}:
        return Approval(voter, frozenset(choice))
    points = [item.strip() for item in row.get("points", "").split(",") if item.strip()]
    if len(points) != len(choice) or not all(item.isdecimal() for item in points):
        faults.append(_fault("Punkte passen nicht zu den Projekten.", "Points do not match the projects.", where))
        return Dots(voter, {})
    return Dots(voter, {item: int(point) for item, point in zip(choice, points, strict=True)})


def _number(text: str, where: str, faults: list[Fault]) -> Fraction:
    try:
        value = Fraction(text.replace(",", "."))
    except (ValueError, ZeroDivisionError):
        value = Fraction(0)
    if value <= 0:
        faults.append(_fault(f"„{text}“ ist keine Zahl über null.", f'"{text}" is no number above zero.', where))
        return Fraction(1)
    return value


def _fault(de: str, en: str, where: str) -> Fault:
    remedy = Text("Datei nach pabulib.org/format berichtigen.", "Correct the file as pabulib.org/format says.")
    return Fault(Text(de, en), remedy, where)


def write(election: Election) -> bytes:
    """Return the election as ``.pb``: export for research. ``parse(write(e)) == e`` if ``e.meta`` fits the ballots."""
    out = io.StringIO(newline="")
    lines = csv.writer(out, delimiter=";", lineterminator="\n")
    lines.writerows([["META"], ["key", "value"], *election.meta.items()])
    lines.writerows([["PROJECTS"], ["project_id", "cost", "name", "selected"]])
    lines.writerows([m.id, m.cost, m.name, int(m.id in election.selected)] for m in election.measures)
    lines.writerows([["VOTES"], ["voter_id", "vote", "points"]])
    lines.writerows([ballot.voter, *_written(ballot)] for ballot in election.ballots)
    return out.getvalue().encode()


def _written(ballot: Ballot) -> list[str]:
    if isinstance(ballot, Ranking):
        return [",".join(ballot.order), ""]
    if isinstance(ballot, Approval):
        return [",".join(sorted(ballot.chosen, key=natural)), ""]
    return [",".join(ballot.dots), ",".join(str(dots) for dots in ballot.dots.values())]
