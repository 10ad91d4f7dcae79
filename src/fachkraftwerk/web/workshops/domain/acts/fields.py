"""Fields of action: free per workshop, mapped to the shared vocabulary, ranked by everyone."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field as Limits

from fachkraftwerk.web.workshops.domain.acts.base import Act, Key, Line, ModeratorAct, known_field, refused
from fachkraftwerk.web.workshops.domain.state import Actor, Fact, Field, State

VOCABULARY = {
    "ausbildung-berufsorientierung": ("Ausbildung und Berufsorientierung", "Training and career guidance"),
    "potenziale-zielgruppen": ("Potenziale von Zielgruppen", "Potentials of target groups"),
    "zuwanderung-integration": ("Zuwanderung und Integration", "Immigration and integration"),
    "kompetenz-qualifizierung": ("Kompetenzen und Qualifizierung", "Competences and further training"),
    "quereinstieg": ("Quereinstieg", "Career changers"),
    "arbeitgeberattraktivitaet": ("Attraktive Arbeitgeber", "Attractive employers"),
    "regionale-attraktivitaet-bindung": ("Attraktive Region", "Attractive region"),
    "nachfragesenkung": ("Digitalisierung und weniger Bedarf", "Digitalisation and lower demand"),
    "steuerung-vernetzung": ("Steuerung und Vernetzung", "Steering and networking"),
}


class ProposeField(Act):
    """Propose a field of action in one's own words; the moderation maps it to the vocabulary."""

    verb = "propose_field"
    name: Line
    vocabulary: Key = ""

    def check(self, state: State, who: Actor) -> None:
        """Refuse doubles and words outside the vocabulary."""
        if self.vocabulary and self.vocabulary not in VOCABULARY:
            raise refused(422, "vocabulary", "Dieses Wort steht nicht im gemeinsamen Verzeichnis.",
                          "This word is not in the shared vocabulary.", "Wählen Sie eines aus der Liste.",
                          "Choose one from the list.")  # fmt: skip
        if any(field.name.casefold() == self.name.casefold() and not field.removed for field in state.fields.values()):
            raise refused(409, "double", "Dieses Handlungsfeld hängt schon an der Wand.", "This field is on the wall already.",
                          "Wählen Sie ein anderes Wort.", "Choose another word.")  # fmt: skip

    def apply(self, state: State, fact: Fact) -> None:
        """Put the field on the wall."""
        state.fields[f"f{fact.seq}"] = Field(f"f{fact.seq}", self.name, self.vocabulary)


class EditField(ModeratorAct):
    """Rename a field, map it to the vocabulary, or take it off the wall."""

    verb = "edit_field"
    field: Key
    name: Line
    vocabulary: Key = ""
    removed: bool = False

    def check(self, state: State, who: Actor) -> None:
        """Refuse unknown fields and words outside the vocabulary."""
        if self.field not in state.fields:
            known_field(state, self.field or "?")
        if self.vocabulary and self.vocabulary not in VOCABULARY:
            raise refused(422, "vocabulary", "Dieses Wort steht nicht im gemeinsamen Verzeichnis.",
                          "This word is not in the shared vocabulary.", "Wählen Sie eines aus der Liste.",
                          "Choose one from the list.")  # fmt: skip

    def apply(self, state: State, fact: Fact) -> None:
        """Replace the field."""
        if self.field in state.fields:
            aside = state.fields[self.field].aside
            state.fields[self.field] = Field(self.field, self.name, self.vocabulary, self.removed, aside)


class KeepFields(ModeratorAct):
    """Go on with some fields, in the order given, and deal them out over the tables; the others are put aside."""

    verb = "keep_fields"
    fields: Annotated[list[Key], Limits(min_length=1, max_length=12)]

    def check(self, state: State, who: Actor) -> None:
        """Refuse fields that are not here."""
        for field in self.fields:
            if not field:
                raise refused(422, "field", "Es fehlt das Handlungsfeld.", "The field of action is missing.",
                              "Wählen Sie eines aus der Liste.", "Choose one from the list.")  # fmt: skip
            known_field(state, field)

    def apply(self, state: State, fact: Fact) -> None:
        """Put the others aside. A table keeps its field if that goes on; neighbours share one otherwise."""
        kept = [field for field in dict.fromkeys(self.fields) if field in state.fields]
        for field in state.fields.values():
            field.aside = field.id not in kept
        tables = [state.tables[number] for number in sorted(state.tables)]
        for place, table in enumerate(tables):
            if kept and table.field not in kept:
                table.field = kept[place * len(kept) // len(tables)]


class RankFields(Act):
    """Name the most important fields, the first one first."""

    verb = "rank_fields"
    order: Annotated[list[Key], Limits(min_length=1, max_length=20)]

    def check(self, state: State, who: Actor) -> None:
        """Refuse unknown fields, doubles and too many places."""
        for field in self.order:
            known_field(state, field)
        places = int(state.phase.options.get("places", 3))
        if len(set(self.order)) != len(self.order) or len(self.order) > places:
            raise refused(422, "order", f"Bitte höchstens {places} verschiedene Handlungsfelder.",
                          f"At most {places} different fields, please.", "Prüfen Sie Ihre Auswahl.",
                          "Check your choice.")  # fmt: skip

    def apply(self, state: State, fact: Fact) -> None:
        """Keep the last ranking of each person."""
        state.ballot(state.vote_key(fact.phase)).setdefault("", {})[fact.actor.id] = list(self.order)
