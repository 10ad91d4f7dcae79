"""Handlungsfelder: which field a card belongs to, offered as the two best, never decided.

    centroid of a field = mean of the vectors of its examples, scaled to length 1;   score = cosine(card, centroid)

Trained on texts with known fields (a measure register), on the headings of the wall, and on cards a moderator has
placed. Leave-one-out on 71 real measures in 8 fields (title, description and target group): right at once 73 %,
among two 87 % (69 and 87 % if the left-out text still counts for the idf); always the largest field 18 %. Titles
alone: 51 %. Short cards of another subject reach the same cosines as short cards of the subject, so a low cosine
alone does not find them: where two fields are almost equal the card is left over for people to place.
Reference: E. Han, G. Karypis, "Centroid-Based Document Classification" (2000). Ties: natural order of the fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from fachkraftwerk.deliberation.agreement import Array
from fachkraftwerk.deliberation.ballots import natural
from fachkraftwerk.deliberation.ngrams import TextSpace, space

LEAST, LEAD = 0.06, 1.1
"""A card goes to "ohne Thema" below this cosine, or if its best field leads the second by less than this factor."""
NO_FIELD = ""


@dataclass(frozen=True)
class Suggestion:
    """A field for a card and its cosine, 0 to 1."""

    field: str
    score: float


@dataclass(frozen=True)
class Tagger:
    """Trained fields: ``centroids`` of shape (fields, n-grams)."""

    fields: tuple[str, ...]
    space: TextSpace
    centroids: Array

    def scores(self, texts: Sequence[str]) -> Array:
        """Return cosines of shape (texts, fields)."""
        return np.asarray(self.space.vectors(texts) @ self.centroids.T, dtype=np.float64)

    def suggest(self, text: str, most: int = 2) -> list[Suggestion]:
        """Return the best fields for one card, best first; only fields that share anything with it."""
        row = self.scores([text])[0]
        order = np.argsort(-row, kind="stable")[:most]
        return [Suggestion(self.fields[i], float(row[i])) for i in order.tolist() if row[i] > 0]


def train(examples: Iterable[tuple[str, str]]) -> Tagger:
    """Return a tagger from (text, field) examples. ValueError without examples."""
    given = list(examples)
    if not given:
        raise ValueError("fields need at least one example")
    texts = [text for text, _ in given]
    fields = tuple(sorted({field for _, field in given}, key=natural))
    fitted = space(texts)
    member = np.array([[field == own for _, own in given] for field in fields], dtype=np.float64)
    sums = np.asarray(fitted.vectors(texts).T @ member.T, dtype=np.float64).T
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    return Tagger(fields, fitted, sums / np.where(lengths > 0, lengths, 1.0))


def group(cards: Mapping[str, str], tagger: Tagger, least: float = LEAST, lead: float = LEAD) -> dict[str, list[str]]:
    """Return field -> card ids, each field in the order of ``cards``; ``NO_FIELD`` holds the leftover.

    A card keeps its place whatever other cards arrive, so the wall never jumps while people look at it.
    """
    groups: dict[str, list[str]] = {field: [] for field in (*tagger.fields, NO_FIELD)}
    rows = tagger.scores(list(cards.values())) if cards else np.zeros((0, 1))
    for card, row in zip(cards, rows, strict=True):
        best = int(row.argmax())
        second = max((score for i, score in enumerate(row.tolist()) if i != best), default=0.0)
        sure = row[best] >= max(least, lead * second)
        groups[tagger.fields[best] if sure else NO_FIELD].append(card)
    return groups
