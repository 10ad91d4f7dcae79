"""Cards with equal words become one by themselves: the first one stands for all, its count is kept.

Equal means equal after normalising case, blanks and punctuation, in the same step and the same field of action. Nothing
is lost: every card keeps its author, its words and its way back. Whoever changes the words of a card leaves the others;
the moderation can take any card out again. Cards that are merely alike are proposed to the moderation, never merged.
"""

from __future__ import annotations

from fachkraftwerk.web.workshops.domain.state import Card, State


def hang(state: State, card: Card) -> None:
    """Put a card on the wall; if one with the same words hangs there, that one stands for it."""
    state.cards[card.id] = card
    _note(state, card)
    _join(state, card)


def reword(state: State, card: Card, text: str) -> None:
    """Change the words of a card: it leaves those it was equal to, and those equal to it go on without it."""
    card.text = text
    if card.same:
        card.merged_into, card.same = 0, False
    _succeed(state, card)
    _note(state, card)
    if not any(each.merged_into == card.id for each in state.cards.values()):
        _join(state, card)


def _words(card: Card) -> str:
    from fachkraftwerk.deliberation.ngrams import normalise

    return normalise(card.text)


def _note(state: State, card: Card) -> None:
    state.words.setdefault((card.phase, _words(card)), []).append(card.id)


def _join(state: State, card: Card) -> None:
    words = _words(card)
    if not words or card.apart or card.hidden or card.merged_into:
        return
    for number in state.words[(card.phase, words)]:
        head = state.cards.get(number)
        if head is not None and head.id != card.id and _stands(head, card) and _words(head) == words:
            card.merged_into, card.same = head.id, True
            return


def _stands(head: Card, card: Card) -> bool:
    return not (head.merged_into or head.hidden or head.apart) and head.field == card.field


def _succeed(state: State, card: Card) -> None:
    """Let the first of the equal cards take the place of one whose words have changed."""
    words = _words(card)
    left = [
        each for each in state.cards.values() if each.merged_into == card.id and each.same and _words(each) != words
    ]
    if left:
        heir, *rest = left
        heir.merged_into, heir.same, heir.group, heir.order = 0, False, card.group, card.order
        for each in rest:
            each.merged_into = heir.id
