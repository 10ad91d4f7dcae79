"""Reading a workshop file: everything is checked first, then stored in one transaction, or nothing at all."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.contrib.auth.models import User
from django.db import transaction
from pydantic import ValidationError

from fachkraftwerk.core.errors import Fault, Refusal, refuse
from fachkraftwerk.core.text import Text
from fachkraftwerk.web.afterwards.domain import shape
from fachkraftwerk.web.afterwards.domain.transfer import INCIDENT, LOST_PREVIOUS
from fachkraftwerk.web.workshops.domain import codes, formats, hosting, setup
from fachkraftwerk.web.workshops.domain.acts import VERBS
from fachkraftwerk.web.workshops.domain.fold import replay
from fachkraftwerk.web.workshops.domain.record import full_record
from fachkraftwerk.web.workshops.domain.state import Actor, Fact, State
from fachkraftwerk.web.workshops.models import Event, Incident, Participant, Workshop

MOST_BYTES = 25_000_000
MOST_FAULTS = 12
_AGAIN = Text("Laden Sie die Werkstattdatei noch einmal herunter und wählen Sie sie unverändert aus.",
              "Download the workshop file once more and choose it unchanged.")  # fmt: skip


@dataclass(frozen=True)
class Taken:
    """What an import did: ``new`` workshop, ``more`` events, or ``same``: nothing to add."""

    workshop: Workshop
    what: Literal["new", "more", "same"]
    added: int


def take(data: bytes, host: User) -> Taken:
    """Store the workshop of a file for ``host``. Raises Refusal, and then nothing has been stored.

    A workshop that is here already gets the events it lacks; what it has is never doubled. Of two versions of the
    same day the closed one counts, because there the pseudonyms are erased.
    """
    file = _read(data)
    state = _replayed(file)
    with transaction.atomic():
        known = Workshop.objects.select_for_update().filter(pk=file.workshop.id).first()
        if known is None:
            taken = Taken(_create(file, state, host), "new", len(file.events))
        else:
            taken = _merge(known, file, state, host)
        _whole(taken.workshop)
    return taken


# --- reading --------------------------------------------------------------------------------------------------------


def _read(data: bytes) -> shape.File:
    if len(data) > MOST_BYTES:
        raise refuse("Die Datei ist zu groß für eine Werkstatt.", "The file is too large for a workshop.", *_AGAIN)
    try:
        raw = json.loads(data.decode("utf-8"), parse_constant=_no_constant)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        place = f"Zeile {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise refuse(
            "Die Datei ist unvollständig oder beschädigt.", "The file is incomplete or damaged.", *_AGAIN, place
        ) from error
    if not _writable(raw):
        raise refuse(
            "Die Datei enthält Zeichen, die es in keiner Schrift gibt.",
            "The file contains signs of no script.",
            *_AGAIN,
        )
    if not isinstance(raw, dict) or raw.get("format") != shape.NAME:
        raise refuse("Das ist keine Werkstattdatei.", "This is not a workshop file.",
                     "Wählen Sie die Datei, die „Werkstattdatei (JSON)“ heruntergeladen hat.",
                     "Choose the file that “Workshop file (JSON)” has downloaded.")  # fmt: skip
    if raw.get("version") != shape.VERSION:
        raise refuse(f"Die Datei hat die Fassung {raw.get('version')}; lesbar ist Fassung {shape.VERSION}.",
                     f"The file has version {raw.get('version')}; version {shape.VERSION} can be read.",
                     "Aktualisieren Sie Fachkraftwerk auf diesem Rechner.", "Update Fachkraftwerk on this computer.")  # fmt: skip
    return _shaped(raw)


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _writable(raw: Any) -> bool:
    """Whether every text can be stored: no lone surrogates, no NUL."""
    try:
        return b"\\u0000" not in json.dumps(raw, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False


def _shaped(raw: dict[str, Any]) -> shape.File:
    try:
        file = shape.File.model_validate(raw)
    except ValidationError as error:
        faults = [Fault(Text("Angabe fehlt oder passt nicht.", "A value is missing or does not fit."), _AGAIN,
                        ".".join(str(part) for part in each["loc"])) for each in error.errors()[:MOST_FAULTS]]  # fmt: skip
        raise Refusal(faults) from error
    if shape.checksum(raw) != file.checksum:
        raise refuse("Die Prüfsumme stimmt nicht: Die Datei wurde verändert oder beim Übertragen beschädigt.",
                     "The checksum does not match: the file was changed or damaged on its way.", *_AGAIN)  # fmt: skip
    faults = [*setup.faults(file.workshop.setup, _AGAIN), *_faults(file)][:MOST_FAULTS]
    if faults:
        raise Refusal(faults)
    return file


def _faults(file: shape.File) -> Iterable[Fault]:
    for place, line in enumerate(file.events, start=1):
        where = f"events[{place}]"
        if line.seq != place:
            yield Fault(Text(f"Hier fehlt Ereignis {place}.", f"Event {place} is missing here."), _AGAIN, where)
            return
        kind = VERBS.get(line.verb)
        if kind is None:
            yield Fault(
                Text(f"Die Handlung „{line.verb}“ gibt es nicht.", f'There is no act "{line.verb}".'), _AGAIN, where
            )
            continue
        try:
            kind.model_validate({key: value for key, value in line.payload.items() if key in kind.model_fields})
        except ValidationError:
            yield Fault(
                Text(f"Inhalt von „{line.verb}“ passt nicht.", f'Content of "{line.verb}" does not fit.'), _AGAIN, where
            )
    if len({(line.client, line.number) for line in file.events}) != len(file.events):
        yield Fault(
            Text("Eine Nachricht steht doppelt in der Datei.", "A message is in the file twice."), _AGAIN, "events"
        )


def _replayed(file: shape.File) -> State:
    """Fold all events; what cannot be folded is refused before it is stored."""
    script = formats.read(file.workshop.format)
    try:
        return replay(script, file.workshop.setup, [_fact(line) for line in file.events])
    except Exception as error:
        raise refuse(
            "Die Ereignisse passen nicht zueinander.", "The events do not fit together.", *_AGAIN, "events"
        ) from error


def _fact(line: shape.Line) -> Fact:
    who = Actor(line.actor, line.role, line.bench, line.table)
    return Fact(line.seq, line.client, line.number, line.verb, line.payload, who, line.phase, line.written, line.stored)


# --- storing --------------------------------------------------------------------------------------------------------


def _create(file: shape.File, state: State, host: User) -> Workshop:
    head = file.workshop
    workshop = Workshop(id=head.id, host=host, code=_free_code(head.code), title=head.title, region=head.region,
                        region_name=head.region_name, format=head.format)  # fmt: skip
    _settle(workshop, file, state)
    workshop.save(force_insert=True)
    Workshop.objects.filter(pk=workshop.pk).update(created=head.created)
    workshop.created = head.created
    _store(workshop, file)
    return workshop


def _settle(workshop: Workshop, file: shape.File, state: State) -> None:
    """Set what follows from the file on the row of the workshop."""
    head = file.workshop
    here = head.previous if head.previous and Workshop.objects.filter(pk=head.previous).exists() else None
    elsewhere = {LOST_PREVIOUS: str(head.previous)} if head.previous and not here else {}
    workshop.previous_id, workshop.setup = here, head.setup | elsewhere
    workshop.day, workshop.closed = head.day, head.closed
    workshop.status, workshop.phase, workshop.sequence = state.status, state.index, state.seq


def _free_code(code: str) -> str:
    """Return the code of the file; another one where somebody else's workshop has it."""
    while Workshop.objects.filter(code=code).exists():
        code = codes.new_code()
    return code


def _store(workshop: Workshop, file: shape.File) -> None:
    undone = _undone(file)
    Event.objects.bulk_create(
        [Event(workshop=workshop, undone=line.seq in undone, **line.model_dump()) for line in file.events],
        batch_size=500,
    )
    _store_incidents(workshop, file)


def _undone(file: shape.File) -> set[int]:
    from fachkraftwerk.web.workshops.domain.fold import undone_by

    return undone_by([_fact(line) for line in file.events])


def _store_incidents(workshop: Workshop, file: shape.File) -> None:
    """Add the lines of the moderation log that are not here yet."""
    known = {(each.at, each.kind, each.verb, each.note) for each in Incident.objects.filter(workshop=workshop)}
    new = [each for each in file.incidents if (each.at, each.kind, each.verb, each.note) not in known]
    rows = Incident.objects.bulk_create(
        [Incident(workshop=workshop, **{name: getattr(each, name) for name in INCIDENT}) for each in new]
    )
    for row, each in zip(rows, new, strict=True):
        row.at = each.at  # set after storing: the column stamps the present by itself
    Incident.objects.bulk_update(rows, ["at"], batch_size=500)


def _merge(known: Workshop, file: shape.File, state: State, host: User) -> Taken:
    """Bring a workshop that is here up to the file, if the file is ahead of it."""
    if not hosting.may_host(host, known):
        raise refuse("Diese Werkstatt gehört hier einem anderen Konto.", "This workshop belongs to another account here.",
                     "Bitten Sie den Gastgeber, Sie als Kollegin oder Kollegen einzutragen.", "Ask the host to add you as a colleague.")  # fmt: skip
    here = [
        (e.verb, e.phase, e.stored)
        for e in Event.objects.filter(workshop=known).order_by("seq").only("verb", "phase", "stored", "seq")
    ]
    there = [(line.verb, line.phase, line.stored) for line in file.events]
    shared = min(len(here), len(there))
    if here[:shared] != there[:shared]:
        place = next(i for i in range(shared) if here[i] != there[i]) + 1
        raise refuse("Diese Werkstatt ist hier anders weitergegangen als in der Datei.",
                     "This workshop went on differently here than in the file.",
                     "Führen Sie einen Tag nur an einem Ort; exportieren Sie beide Fassungen und fragen Sie die Betreuung.",
                     "Keep a day in one place only; export both versions and ask for support.", f"events[{place}]")  # fmt: skip
    added = len(there) - len(here)
    erased = state.status == Workshop.CLOSED and known.closed is None
    if added < 0 or (added == 0 and not erased):
        _store_incidents(known, file)
        return Taken(known, "same", 0)
    Event.objects.filter(workshop=known).delete()
    if state.status == Workshop.CLOSED:
        Participant.objects.filter(workshop=known).delete()
    _settle(known, file, state)
    known.save()
    _store(known, file)
    return Taken(known, "more", max(added, 0))


def _whole(workshop: Workshop) -> None:
    """Refuse what could be stored but not shown."""
    try:
        full_record(workshop)
    except Exception as error:
        raise refuse(
            "Die Datei lässt sich nicht als Werkstatt lesen.", "The file cannot be read as a workshop.", *_AGAIN
        ) from error
