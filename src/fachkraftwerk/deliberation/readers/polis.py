"""Reader and writer for the Polis export layout: ``participants-votes.csv`` and ``comments.csv``.

``participants-votes.csv``: participant, xid, group-id, n-comments, n-votes, n-agree, n-disagree, then one column per
statement; older files have no xid; 1 = agree, -1 = disagree, 0 = pass, empty = not seen. ``comments.csv``: ..., comment-id, ..., moderated
(-1 rejected), comment-body. Layout: https://github.com/compdemocracy/openData (README).
Inside the Polis server agree is stored as -1; in these files 1 means agree.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.text import Text
from fachkraftwerk.deliberation.agreement import Agreement, Array, table

_FIXED = ["participant", "group-id", "n-votes", "n-agree", "n-disagree"]
_VALUES = {"1": 1.0, "-1": -1.0, "0": 0.0, "": np.nan, "1.0": 1.0, "-1.0": -1.0, "0.0": 0.0}


@dataclass(frozen=True)
class Conversation:
    """An agreement table, the published group per person ("" = none) and the statement texts by id."""

    agreement: Agreement
    groups: tuple[str, ...]
    texts: dict[str, str]


def read(folder: Path) -> Conversation:
    """Read the two files of a folder; raises ``Refusal`` naming file and line."""
    comments = folder / "comments.csv"
    return parse((folder / "participants-votes.csv").read_bytes(), comments.read_bytes() if comments.exists() else None)


def parse(votes: bytes, comments: bytes | None = None) -> Conversation:
    """Parse the bytes of ``participants-votes.csv`` and, if there, ``comments.csv``."""
    header, rows = _rows(votes, "participants-votes.csv")
    missing = [column for column in _FIXED if column not in header]
    if missing:
        raise Refusal(
            [_fault(f"Spalte {c} fehlt.", f"Column {c} is missing.", "participants-votes.csv") for c in missing]
        )
    start = header.index("n-disagree") + 1
    statements, group = header[start:], header.index("group-id")
    matrix = _matrix(rows, statements, start)
    texts, rejected = _comments(comments) if comments is not None else ({}, set())
    agreement = table([cells[0] for _, cells in rows], statements, matrix, rejected)
    return Conversation(agreement, tuple(cells[group] for _, cells in rows), texts)


def _matrix(rows: list[tuple[int, list[str]]], statements: list[str], start: int) -> Array:
    faults: list[Fault] = []
    matrix = np.full((len(rows), len(statements)), np.nan)
    known: set[str] = set()
    for place, (line, cells) in enumerate(rows):
        where = f"participants-votes.csv: line {line}"
        votes = cells[start:]
        bad = sorted({vote for vote in votes if vote not in _VALUES})
        if len(votes) != len(statements):
            faults.append(_fault("Anzahl der Spalten weicht ab.", "Number of columns differs.", where))
        elif bad:
            faults.append(_fault(f"Unbekannter Wert {bad[0]}.", f"Unknown value {bad[0]}.", where))
        else:
            matrix[place] = [_VALUES[vote] for vote in votes]
        if cells[0] in known:
            faults.append(_fault("Person kommt doppelt vor.", "Person occurs twice.", where))
        known.add(cells[0])
    if faults:
        raise Refusal(faults)
    return matrix


def _comments(data: bytes) -> tuple[dict[str, str], set[str]]:
    header, rows = _rows(data, "comments.csv")
    if not {"comment-id", "moderated", "comment-body"} <= set(header):
        raise Refusal(_fault("Spalten fehlen.", "Columns are missing.", "comments.csv"))
    entries = [dict(zip(header, cells, strict=False)) for _, cells in rows]
    texts = {entry["comment-id"]: entry.get("comment-body", "") for entry in entries}
    return texts, {entry["comment-id"] for entry in entries if entry.get("moderated") == "-1"}


def _rows(data: bytes, name: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    try:
        reader = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        lines = [(reader.line_num, cells) for cells in reader if cells]
    except (UnicodeDecodeError, csv.Error) as error:
        raise Refusal(_fault("Keine lesbare CSV-Datei in UTF-8.", "No readable CSV file in UTF-8.", name)) from error
    if not lines:
        raise Refusal(_fault("Die Datei ist leer.", "The file is empty.", name))
    return [cell.strip() for cell in lines[0][1]], lines[1:]


def _fault(de: str, en: str, where: str) -> Fault:
    remedy = Text("Datei nach dem Polis-Exportformat berichtigen.", "Correct the file as the Polis export layout says.")
    return Fault(Text(de, en), remedy, where)


def write_votes(conversation: Conversation) -> bytes:
    """Return ``participants-votes.csv``; authorship is not written (n-comments 0)."""
    out = io.StringIO(newline="")
    lines = csv.writer(out, lineterminator="\n")
    head = ["participant", "xid", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"]
    lines.writerow([*head, *conversation.agreement.statements])
    table_rows = zip(conversation.agreement.persons, conversation.groups, conversation.agreement.votes, strict=True)
    for person, group, votes in table_rows:
        counts = [int((~np.isnan(votes)).sum()), int((votes == 1).sum()), int((votes == -1).sum())]
        cells = ["" if np.isnan(vote) else str(int(vote)) for vote in votes]
        lines.writerow([person, "", group, 0, *counts, *cells])
    return out.getvalue().encode()
