"""What the machine proposes for cards: doubles, fields, headings. The moderator decides, and everything can be undone."""

from __future__ import annotations

from functools import cache
from typing import Any

from fachkraftwerk.web.workshops.domain.acts.fields import VOCABULARY
from fachkraftwerk.web.workshops.domain.results import statements
from fachkraftwerk.web.workshops.domain.state import State

MOST = 20


def propose(state: State) -> list[dict[str, Any]]:
    """Return proposals; each is one act: verb, payload, and the words to show."""
    cards = {str(card.id): card.text for card in state.visible_cards(state.phase.wall)}
    return [*_doubles(cards), *_headings(state), *_fields(state, cards)][:MOST]


def _doubles(cards: dict[str, str]) -> list[dict[str, Any]]:
    from fachkraftwerk.deliberation.cards import exact_duplicates, near_duplicates

    found = []
    for same in exact_duplicates(cards):
        found.append(_merge(same[0], list(same[1:]), cards, "equal"))
    for pair in near_duplicates(cards):
        found.append(_merge(pair.first, [pair.second], cards, "near"))
    return found


def _merge(keep: str, merge: list[str], cards: dict[str, str], why: str) -> dict[str, Any]:
    payload = {"keep": int(keep), "merge": [int(card) for card in merge]}
    return {"verb": "merge_cards", "payload": payload, "why": why, "texts": [cards[card] for card in (keep, *merge)]}


def _headings(state: State) -> list[dict[str, Any]]:
    from fachkraftwerk.deliberation.headings import heading

    found = []
    cards = state.visible_cards(state.phase.wall)
    for group in state.groups.values():
        inside = [card.text for card in cards if card.group == group.id]
        words = (
            heading(inside, [card.text for card in cards if card.group != group.id])
            if inside and not group.heading
            else []
        )
        if words:
            payload = {"group": group.id, "heading": ", ".join(words)}
            found.append(
                {"verb": "name_group", "payload": payload, "why": "heading", "texts": [", ".join(words), *inside[:3]]}
            )
    return found


def _fields(state: State, cards: dict[str, str]) -> list[dict[str, Any]]:
    """Propose up to two fields for cards without one."""
    by_word = {field.vocabulary: field for field in state.fields.values() if field.vocabulary and field.on}
    loose = [card for card in state.visible_cards(state.phase.wall) if not card.field]
    if not by_word or not loose:
        return []
    found = []
    for card in loose:
        best = [s.field for s in _tagger().suggest(card.text, 4) if s.field in by_word][:2]
        choices = [{"payload": {"card": card.id, "field": by_word[word].id}, "name": by_word[word].name, "vocabulary": word}
                   for word in best]  # fmt: skip
        if choices:
            found.append({"verb": "move_card", "why": "field", "texts": [card.text], "choices": choices})
    return found


@cache
def _tagger() -> Any:
    """Train on the words of the vocabulary itself; a few typical words per field stand in the examples."""
    from fachkraftwerk.deliberation.fields import train

    return train((example, key) for key, words in EXAMPLES.items() for example in (VOCABULARY[key][0], *words))


EXAMPLES: dict[str, tuple[str, ...]] = {
    "ausbildung-berufsorientierung": ("Praktikum für Schüler", "Azubi gewinnen", "Berufsschule stärken", "Ausbildungsmesse im Kreis"),
    "potenziale-zielgruppen": ("Frauen in Teilzeit aufstocken", "Ältere länger halten", "Langzeitarbeitslose einstellen", "Kinderbetreuung ausbauen"),
    "zuwanderung-integration": ("Sprachkurs Deutsch im Betrieb", "Anerkennung ausländischer Abschlüsse", "Willkommensbüro", "Geflüchtete beschäftigen"),
    "kompetenz-qualifizierung": ("Weiterbildung für Beschäftigte", "Teilqualifizierung", "Schulung in neuen Techniken", "Umschulung"),
    "quereinstieg": ("Quereinsteiger in die Pflege", "Seiteneinstieg erleichtern", "Berufswechsel begleiten"),
    "arbeitgeberattraktivitaet": ("Dienstpläne passend zu Kindern", "Vier-Tage-Woche", "Gute Führung", "Patin für neue Kollegen", "Werksbus zur Schicht"),
    "regionale-attraktivitaet-bindung": ("Wohnungen für Fachkräfte", "Bus und Bahn im Landkreis", "Rückkehrer werben", "Freizeit und Kultur"),
    "nachfragesenkung": ("Roboter und Automatisierung", "Digitale Verwaltung", "Prozesse vereinfachen", "Künstliche Intelligenz im Büro"),
    "steuerung-vernetzung": ("Netzwerk der Akteure", "Gemeinsame Strategie", "Runder Tisch", "Koordinierungsstelle im Kreis"),
}  # fmt: skip

__all__ = ["EXAMPLES", "propose", "statements"]
