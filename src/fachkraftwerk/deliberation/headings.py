"""A heading for a group of cards: its three most distinctive word stems.

    score(stem) = d_in * ln( ((d_in + 1/2) / (n_in + 1)) / ((d_out + 1/2) / (n_out + 1)) )

d = cards that contain the stem, n = cards, in the group and outside. Each stem is shown as its most frequent word.
The stem is the word without common German and English endings; it only has to match, not to be correct.
References: B. Monroe, M. Colaresi, K. Quinn, "Fightin' Words" (2008) for distinctive words by log odds;
J. Savoy, "Light Stemming Approaches for the French, Portuguese, German and Hungarian Languages" (2006).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

_ENDINGS = (
    "ungen",
    "innen",
    "heiten",
    "keiten",
    "ung",
    "ern",
    "est",
    "ing",
    "em",
    "en",
    "er",
    "es",
    "in",
    "e",
    "n",
    "s",
)
_LEAST_STEM = 4
_SKIP = frozenset(
    re.findall(
        r"\w+",
        """aber alle allem allen aller alles als also am an auch auf aus bei beim bis da damit dann das dass dem den der des
    die dies diese diesem diesen dieser dieses doch dort durch ein eine einem einen einer eines er es etwas für gegen
    gibt haben hat hier ich ihr ihre im immer in ins ist jede jeder kann kein keine können mehr mit muss müssen nach
    nicht noch nur oder ohne schon sehr sein seine sich sie sind so soll sollen sollte sollten über um und uns unser
    unsere unter viel viele vom von vor wann was weil wenn wer werden wie wieder wir wird wo zu zum zur zwischen
    the and for with from that this are was not have has more our their will can should into""",
    )
)


def stem(word: str) -> str:
    """Return a word without its ending, umlauts opened; at least four letters stay."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= _LEAST_STEM:
            return plain[: -len(ending)]
    return plain


def heading(inside: Sequence[str], outside: Sequence[str], most: int = 3) -> list[str]:
    """Return up to three words for the cards ``inside`` against those ``outside``; empty if nothing stands out.

    Ties: alphabetical order of the stems.
    """
    here, there = _spread(inside), _spread(outside)
    scores = {s: _score(n, len(inside), there.get(s, 0), len(outside)) for s, n in here.items()}
    best = sorted((s for s in scores if scores[s] > 0), key=lambda s: (-scores[s], s))[:most]
    return [_shown(s, inside) for s in best]


def _score(inside: int, cards_in: int, outside: int, cards_out: int) -> float:
    return inside * math.log(((inside + 0.5) / (cards_in + 1)) / ((outside + 0.5) / (cards_out + 1)))


def _spread(cards: Sequence[str]) -> Counter[str]:
    return Counter(s for card in cards for s in {stem(word) for word in _words(card)})


def _shown(wanted: str, cards: Sequence[str]) -> str:
    forms = Counter(word for card in cards for word in _words(card) if stem(word) == wanted)
    return min(forms, key=lambda word: (-forms[word], len(word), word))


def _words(card: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]+", card) if len(word) > 2 and word.casefold() not in _SKIP]
