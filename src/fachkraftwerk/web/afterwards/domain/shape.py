"""Shape of the workshop file: what an import accepts, checked before anything is stored."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

NAME = "fachkraftwerk-werkstatt"
VERSION = 1

Whole = Annotated[int, Field(ge=0, le=2**31 - 1)]
Clock = Annotated[int, Field(ge=-(2**62), le=2**62)]
MOST_EVENTS = 200_000


def _word(most: int, least: int = 0) -> Any:
    return StringConstraints(min_length=least, max_length=most)


class Part(BaseModel):
    """No key too many, none too few."""

    model_config = ConfigDict(extra="forbid")


class Head(Part):
    """The workshop itself; status, step and number of events follow from the events."""

    id: UUID
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{6}$")]
    title: Annotated[str, _word(200, 1)]
    region: Annotated[str, _word(80)]
    region_name: Annotated[str, _word(200)]
    format: dict[str, Any]
    setup: dict[str, Any]
    previous: UUID | None
    day: date | None
    created: datetime
    closed: datetime | None


class Line(Part):
    """One event."""

    seq: Whole
    client: Annotated[str, _word(36)]
    number: Whole
    verb: Annotated[str, _word(30, 1)]
    payload: dict[str, Any]
    actor: Annotated[str, _word(60)]
    role: Literal["participant", "moderator", "system"]
    bench: Annotated[str, _word(20)]
    table: Annotated[int, Field(ge=0, le=32767)]
    phase: Annotated[str, _word(40)]
    written: Clock
    stored: Clock


class Note(Part):
    """One line of the moderation log."""

    at: datetime
    kind: Annotated[str, _word(30)]
    actor: Annotated[str, _word(60)]
    verb: Annotated[str, _word(30)]
    note: Annotated[str, _word(300)]
    count: Whole


class File(Part):
    """The whole file. ``record`` repeats the results for readers and other programs; an import computes them anew."""

    format: Literal["fachkraftwerk-werkstatt"]
    version: Literal[1]
    checksum: str
    workshop: Head
    events: Annotated[list[Line], Field(max_length=MOST_EVENTS)]
    incidents: Annotated[list[Note], Field(max_length=MOST_EVENTS)]
    record: dict[str, Any]


def write(content: dict[str, Any]) -> bytes:
    """Return the bytes of a file: keys sorted, one value a line, the same content always the same bytes."""
    whole = {**content, "checksum": checksum(content)}
    return (json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n").encode()


def checksum(content: dict[str, Any]) -> str:
    """Return the SHA-256 of everything except the checksum, independent of spaces and order."""
    rest = {key: value for key, value in content.items() if key != "checksum"}
    return hashlib.sha256(
        json.dumps(rest, ensure_ascii=True, separators=(",", ":"), sort_keys=True).encode()
    ).hexdigest()
