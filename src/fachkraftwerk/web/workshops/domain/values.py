"""What does not fit in an act, said so that whoever typed it knows what to do."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from fachkraftwerk.core.text import Text
from fachkraftwerk.web.workshops.domain.acts.base import Refused

NAMES = {
    "text": Text("Der Text", "The text"), "title": Text("Der Titel", "The title"), "heading": Text("Die Überschrift", "The heading"),
    "name": Text("Der Name", "The name"), "owner": Text("Der Träger", "The owner"), "note": Text("Die Bemerkung", "The note"),
    "reason": Text("Die Begründung", "The reason"), "estimate": Text("Ihre Zahl", "Your figure"), "value": Text("Der Eintrag", "The entry"),
    "place": Text("Der Ort", "The place"), "date": Text("Das Datum", "The date"), "budget": Text("Das Budget", "The budget"),
    "count": Text("Die Anzahl", "The count"), "paper": Text("Die Nummer der Karte", "The number of the card"),
    "judgement": Text("Die Antwort", "The answer"), "stance": Text("Die Antwort", "The answer"), "effort": Text("Der Aufwand", "The effort"),
    "impact": Text("Die Wirkung", "The impact"), "dots": Text("Die Punkte", "The dots"), "minutes": Text("Die Minuten", "The minutes"),
    "rounds": Text("Die Runden", "The rounds"), "quarter": Text("Das Quartal", "The quarter"), "order": Text("Die Auswahl", "The choice"),
}  # fmt: skip
_AGAIN = Text("Laden Sie die Seite neu und versuchen Sie es noch einmal.", "Reload the page and try again.")


def unfit(error: ValidationError) -> Refused:
    """Return the refusal of a payload: the first value that somebody typed, or that the message itself is broken."""
    for each in error.errors():
        name = NAMES.get(str(each["loc"][0])) if each["loc"] else None
        if name is not None:
            return Refused(422, "payload", *_said(name, str(each["type"]), each.get("ctx", {})))
    return Refused(
        422, "payload", Text("Die Angaben passen nicht zusammen.", "The values do not fit together."), _AGAIN
    )


def _said(name: Text, kind: str, context: dict[str, Any]) -> tuple[Text, Text]:
    if kind in ("missing", "string_too_short", "too_short"):
        return (
            Text(f"{name.de} fehlt.", f"{name.en} is missing."),
            Text("Bitte ergänzen Sie das.", "Please fill it in."),
        )
    if kind == "string_too_long":
        most = context["max_length"]
        return (Text(f"{name.de} ist zu lang: höchstens {most} Zeichen.", f"{name.en} is too long: {most} characters at most."),
                Text("Kürzen Sie, oder machen Sie zwei daraus.", "Shorten it, or make two of it."))  # fmt: skip
    if kind.startswith(("int_", "greater_", "less_")):
        return (Text(f"{name.de}: Das ist keine ganze Zahl, oder sie ist zu groß.", f"{name.en}: this is no whole number, or it is too large."),
                Text("Schreiben Sie nur Ziffern, zum Beispiel 8700.", "Write digits only, for example 8700."))  # fmt: skip
    return (Text(f"{name.de} passt hier nicht.", f"{name.en} does not fit here."), _AGAIN)
