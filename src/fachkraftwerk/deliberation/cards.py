"""Cards that say the same: the machine proposes, the moderator decides.

    exact      equal after normalising (case, punctuation, blanks): merge, keep the count
    near       cosine of character n-grams >= 0.85, or Dice overlap of the words 2|A & B| / (|A| + |B|) >= 0.9: propose

References: cosine see ``ngrams``; L. Dice, "Measures of the Amount of Ecologic Association" (1945). Proposals are ordered by similarity, then by the cards' own order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from fachkraftwerk.deliberation.ngrams import normalise, space

NEAR_COSINE = 0.85
NEAR_WORDS = 0.9


@dataclass(frozen=True)
class Pair:
    """Two cards that may be one: the earlier first; ``similarity`` between 0 and 1."""

    first: str
    second: str
    similarity: float


def exact_duplicates(cards: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return groups of card ids with equal text, each in the order of ``cards``; empty cards are no duplicates."""
    groups: dict[str, list[str]] = {}
    for card, text in cards.items():
        key = normalise(text)
        if key:
            groups.setdefault(key, []).append(card)
    return [tuple(group) for group in groups.values() if len(group) > 1]


def near_duplicates(cards: Mapping[str, str], cosine: float = NEAR_COSINE, words: float = NEAR_WORDS) -> list[Pair]:
    """Return pairs that are alike but not equal, most alike first. 300 cards take a few tenths of a second."""
    names, texts = list(cards), [normalise(text) for text in cards.values()]
    if not any(texts):
        return []
    vectors = space(texts).vectors(texts)
    angle = np.asarray((vectors @ vectors.T).todense())
    overlap = _word_overlap(texts)
    alike = np.triu((angle >= cosine) | (overlap >= words), k=1)
    pairs = [
        Pair(names[i], names[j], float(min(max(angle[i, j], overlap[i, j]), 1.0)))
        for i, j in np.argwhere(alike).tolist()
        if texts[i] != texts[j]
    ]
    return sorted(pairs, key=lambda pair: -pair.similarity)


def _word_overlap(texts: list[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    from scipy.sparse import csr_matrix

    sets = [sorted(set(text.split())) for text in texts]
    columns = {word: place for place, word in enumerate(sorted({word for words in sets for word in words}))}
    places = [columns[word] for words in sets for word in words]
    ends = np.cumsum([0, *(len(words) for words in sets)])
    member = csr_matrix((np.ones(len(places)), places, ends), shape=(len(texts), max(len(columns), 1)))
    sizes = np.array([len(words) for words in sets], dtype=np.float64)
    shared = np.asarray((member @ member.T).todense(), dtype=np.float64)
    return 2 * shared / np.maximum(sizes[:, None] + sizes[None, :], 1)
