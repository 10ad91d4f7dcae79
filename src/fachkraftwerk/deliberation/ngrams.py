"""German text as character n-grams: compounds share pieces, so no dictionary is needed.

    grams     3 to 5 characters inside each word, the word padded with one blank on both sides
    weight    (1 + ln tf) * (ln((1 + N) / (1 + df)) + 1), rows scaled to length 1, so that a dot product is a cosine

Reference: C. Manning, P. Raghavan, H. Schütze, "Introduction to Information Retrieval" (2008), ch. 6;
P. McNamee, J. Mayfield, "Character N-Gram Tokenization for European Language Text Retrieval" (2004).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

SHORTEST, LONGEST = 3, 5


def normalise(text: str) -> str:
    """Return text for comparison: one Unicode form, lower case with ss for ß, no punctuation, single blanks."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"\w+", folded.replace("_", " ")))


def grams(text: str) -> Counter[str]:
    """Return how often each n-gram occurs; words shorter than n give themselves once."""
    found: Counter[str] = Counter()
    for word in normalise(text).split():
        padded = f" {word} "
        for n in range(SHORTEST, LONGEST + 1):
            found.update(padded[i : i + n] for i in range(max(len(padded) - n + 1, 1)))
            if len(padded) <= n:
                break
    return found


@dataclass(frozen=True)
class TextSpace:
    """Vocabulary (n-gram -> column) and idf of the texts it was fitted on."""

    columns: Mapping[str, int]
    idf: Mapping[str, float]

    def vectors(self, texts: Sequence[str]) -> csr_matrix:
        """Return a sparse matrix of shape (texts, n-grams), rows of length 1; unknown n-grams are left out."""
        from scipy.sparse import csr_matrix

        values: list[float] = []
        places: list[int] = []
        ends = [0]
        for text in texts:
            row = self._row(text)
            places += [self.columns[gram] for gram in row]
            values += row.values()
            ends.append(len(places))
        return csr_matrix((values, places, ends), shape=(len(texts), len(self.columns)), dtype=np.float64)

    def _row(self, text: str) -> dict[str, float]:
        counts = grams(text)
        row = {gram: (1 + math.log(n)) * self.idf[gram] for gram, n in counts.items() if gram in self.columns}
        length = math.sqrt(sum(value * value for value in row.values()))
        return {gram: value / length for gram, value in row.items()}


def space(texts: Sequence[str]) -> TextSpace:
    """Fit vocabulary and idf; columns in alphabetical order, so that the order of the texts does not matter."""
    spread: Counter[str] = Counter()
    for text in texts:
        spread.update(grams(text).keys())
    columns = {gram: column for column, gram in enumerate(sorted(spread))}
    idf = {gram: math.log((1 + len(texts)) / (1 + df)) + 1 for gram, df in spread.items()}
    return TextSpace(columns, idf)
