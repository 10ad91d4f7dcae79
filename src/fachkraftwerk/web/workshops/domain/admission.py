"""May this act be taken? Role, step, verb and bell, in this order. Pure: the clock is an argument."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from fachkraftwerk.web.workshops.domain.acts import VERBS, Act
from fachkraftwerk.web.workshops.domain.acts.base import Refused, refused
from fachkraftwerk.web.workshops.domain.formats import Phase
from fachkraftwerk.web.workshops.domain.state import MODERATOR, PARTICIPANT, Actor, State
from fachkraftwerk.web.workshops.domain.values import unfit

GRACE = 60_000
"""Milliseconds after the bell during which acts written before it still count."""


TRANSIT = 2_000
"""Milliseconds a message may be on its way: the age it tells does not count them, so a card finished at the bell
seems to be written after it."""


MORE_TIME = 600_000
"""Milliseconds a person who asked for more time has beyond every bell, as long as totals are not shown."""


VOTES = frozenset({"rank_fields", "give_dots", "cast_ballot", "rate_effort", "take_stance"})
"""Verbs that end when totals are shown: who knows the result no longer votes."""


@dataclass(frozen=True)
class Message:
    """One act as it arrives. ``age`` is the time between writing and sending on the clock of the client, in ms.

    The clock of a phone may be wrong by hours; the difference of two of its readings is not.
    """

    client: str
    number: int
    verb: str
    payload: dict[str, Any] = field(default_factory=dict)
    phase: str = ""
    age: int = 0

    def written(self, now: int) -> int:
        """When it was written, on the clock of the server, milliseconds since 1970."""
        return now - max(0, self.age)


def admit(state: State, who: Actor, message: Message, now: int) -> tuple[Act, str]:
    """Return the checked act and the step it belongs to. Raises Refused."""
    kind = VERBS.get(message.verb)
    if kind is None:
        raise refused(422, "verb", "Diese Handlung gibt es nicht.", "There is no such act.", "Laden Sie die Seite neu.",
                      "Reload the page.")  # fmt: skip
    if who.role not in kind.roles:
        raise refused(403, "role", "Das darf nur die Moderation.", "Only the moderation may do this.",
                      "Wenden Sie sich an die Moderation.", "Ask the moderation.")  # fmt: skip
    phase = _step(state, who, message, kind, now)
    act = _read(kind, message.payload)
    act.check(state, who)
    return act, phase.key


def _read(kind: type[Act], payload: dict[str, Any]) -> Act:
    try:
        return kind.model_validate(payload)
    except ValidationError as error:
        raise unfit(error) from error


def _step(state: State, who: Actor, message: Message, kind: type[Act], now: int) -> Phase:
    """Return the step the act counts for."""
    if state.status == "closed" and (state.signed or not kind.late):
        return _after_the_end(state, who, message, kind, now)
    if kind.always:
        return state.phase
    if state.status != "running" and who.role == PARTICIPANT:
        raise refused(409, "not_running", "Die Werkstatt hat noch nicht begonnen.", "The workshop has not begun yet.",
                      "Sie sind dabei, sobald es losgeht.", "You are in as soon as it starts.")  # fmt: skip
    phase = state.phase
    if message.phase and message.phase != phase.key:
        phase = _earlier(state, message, now, MORE_TIME if state.patient(who.id) else 0)
    elif who.role != MODERATOR:
        _in_time(state, phase, message, now, MORE_TIME if state.patient(who.id) else 0)
    return _provided(phase, message)


def _provided(phase: Phase, message: Message) -> Phase:
    if message.verb not in phase.verbs:
        raise refused(409, "verb", "Dieser Schritt sieht das nicht vor.", "This step does not provide for that.",
                      "Sehen Sie auf die Leinwand.", "Look at the screen.")  # fmt: skip
    return phase


def _after_the_end(state: State, who: Actor, message: Message, kind: type[Act], now: int) -> Phase:
    """Return the step of what was written before the end and was on its way; refuse everything else."""
    if state.signed or kind.always or who.role != PARTICIPANT or not message.phase:
        raise _over(state)
    return _provided(_earlier(state, message, now, 0), message)


def _earlier(state: State, message: Message, now: int, more: int) -> Phase:
    """Return a step that has ended, if the act was written in time and is not too late. Totals shown end a vote for all."""
    phase, ended = state.script.phase(message.phase), state.ended.get(message.phase, 0)
    if ended and not (message.verb in VOTES and state.bells.get(message.phase)):
        ended += more
    if phase is None or now - ended > GRACE or message.written(now) > ended + (0 if message.verb in VOTES else TRANSIT):
        raise _closed("Dieser Schritt ist vorbei.", "This step is over.")
    return phase


def _in_time(state: State, phase: Phase, message: Message, now: int, more: int) -> None:
    """Refuse what was written after the bell, or arrives too late."""
    bell = state.frozen_at if state.frozen else _bell(state, phase, message.verb, more)
    if bell and now >= bell and (message.written(now) >= bell or now - bell > GRACE):
        what = (
            ("Die Eingabe ist angehalten.", "Input is paused.") if state.frozen else ("Die Zeit ist um.", "Time is up.")
        )
        raise _closed(*what)


def _bell(state: State, phase: Phase, verb: str, more: int) -> int:
    """When this vote ended: as its totals were shown, or as its time was over; 0 = still open."""
    shown = state.bells.get(phase.key, 0) if verb in VOTES else 0
    timed = state.ends + more if phase.closes and state.ends else 0
    return min(filter(None, (shown, timed)), default=0)


def _over(state: State) -> Refused:
    """Refuse after the end of the day, or after the minutes were signed off."""
    if state.signed:
        return refused(409, "signed", "Das Protokoll ist freigegeben.", "The minutes are signed off.",
                       "Tragen Sie Nachträge in der Folgewerkstatt ein.", "Enter additions in the next workshop.")  # fmt: skip
    return _closed("Die Werkstatt ist geschlossen.", "The workshop is closed.")


def _closed(de: str, en: str) -> Refused:
    return refused(409, "closed", de, en, "Ihr Text bleibt auf diesem Gerät. Sagen Sie der Moderation Bescheid.",
                   "Your text stays on this device. Tell the moderation.")  # fmt: skip
