"""What an act is: a checked payload, a rule that may refuse it, and its effect on the state."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.text import Text
from fachkraftwerk.web.workshops.domain.state import MODERATOR, PARTICIPANT, Actor, Card, Fact, Sheet, State

CARD_LENGTH = 240


class Refused(Refusal):
    """An act that is not accepted. ``status`` is the HTTP status, ``kind`` a stable word for programs."""

    def __init__(self, status: int, kind: str, what: Text, remedy: Text) -> None:
        super().__init__(Fault(what, remedy))
        self.status, self.kind = status, kind


def refused(status: int, kind: str, de: str, en: str, remedy_de: str = "", remedy_en: str = "") -> Refused:
    """Build a refusal of an act."""
    return Refused(status, kind, Text(de, en), Text(remedy_de, remedy_en))


INVISIBLE = frozenset("\u200b\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs of no width, and those that turn the words of others around. Joiners stay: emoji and Persian need them."""


def _clean(value: Any) -> Any:
    """Drop control characters, lone surrogates and what nobody sees: no database and no screen wants them."""
    if not isinstance(value, str):
        return value
    kept = (sign for sign in value if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs"))
    kept = (sign for sign in kept if sign not in INVISIBLE)
    return unicodedata.normalize("NFC", "".join(kept))


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _text(least: int, most: int) -> Any:
    """Constraints on a text; cleaning comes last in the list, so that it happens first."""
    return StringConstraints(strip_whitespace=True, min_length=least, max_length=most)


Plain = BeforeValidator(_clean)
Line = Annotated[str, _text(1, CARD_LENGTH), Plain, AfterValidator(_one_line)]
Optional = Annotated[str, _text(0, CARD_LENGTH), Plain, AfterValidator(_one_line)]
Paragraph = Annotated[str, _text(0, 1200), Plain]
Key = Annotated[str, _text(0, 60), Plain]
Count = Annotated[int, Field(ge=0, le=10_000)]
Number = Annotated[int, Field(ge=-100_000, le=100_000_000)]
Few = Annotated[list[Number], Field(min_length=1, max_length=200)]


class Act(BaseModel):
    """One verb. Subclasses name it, say who may use it, check it against the state and apply it.

    ``check`` is called before storing, ``apply`` after storing and on every replay: it must bear that things it
    refers to are gone, because an earlier act may have been undone since.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    verb: ClassVar[str]
    roles: ClassVar[frozenset[str]] = frozenset({PARTICIPANT, MODERATOR})
    always: ClassVar[bool] = False
    undoable: ClassVar[bool] = True
    late: ClassVar[bool] = False
    """Still possible for the moderation after closing, until the minutes are signed off."""

    def check(self, state: State, who: Actor) -> None:
        """Raise Refused if the act does not fit the state."""

    def settle(self, state: State) -> dict[str, Any]:
        """Return what is computed once, before storing, so that a replay need not compute it again."""
        return {}

    def apply(self, state: State, fact: Fact) -> None:
        """Change the state."""


class ModeratorAct(Act):
    """A verb of the moderation, allowed in every step."""

    roles = frozenset({MODERATOR})
    always = True


def card_of(state: State, number: int) -> Card:
    """Return a card or refuse."""
    card = state.cards.get(number)
    if card is None:
        raise unknown("Karte", "card")
    return card


def sheet_of(state: State, number: int) -> Sheet:
    """Return a measure sheet or refuse."""
    sheet = state.sheets.get(number)
    if sheet is None:
        raise unknown("Maßnahme", "measure")
    return sheet


def unknown(what_de: str, what_en: str) -> Refused:
    """Refuse a reference to something that is not in this workshop."""
    return refused(
        404, "unknown", f"Diese {what_de} gibt es hier nicht.", f"There is no such {what_en} here.",
        "Laden Sie die Seite neu.", "Reload the page.",
    )  # fmt: skip


def known_field(state: State, field: str) -> None:
    """Refuse a field that this workshop does not have; the empty field is always fine."""
    if field and (field not in state.fields or state.fields[field].removed):
        raise refused(
            404, "unknown", "Dieses Handlungsfeld gibt es hier nicht.", "There is no such field of action here.",
            "Wählen Sie eines aus der Liste.", "Choose one from the list.",
        )  # fmt: skip
