"""The pages on quality in their order: one for each test, then those on published gaps, ranges and weak spots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fachkraftwerk.core.text import Text
from fachkraftwerk.web.quality.domain.proofs import Proof

#: Key of a test → the last part of its address; an unknown test keeps its key.
SLUGS = {
    "employment": "beschaeftigte",
    "employment_all": "beschaeftigte-alle-jahre",
    "employment_germany": "deutschland",
    "employment_regional": "kreise-bei-bekanntem-deutschland",
    "sectors": "branchen",
    "population": "bevoelkerung",
    "occupations_usa": "berufe-usa",
    "occupations_drift": "berufe-jahr-fuer-jahr",
}


@dataclass(frozen=True)
class Page:
    """One page: key, last part of its address, short title, the question it answers."""

    key: str
    slug: str
    title: Text
    question: Text


SIDES = (
    Page("luecken", "luecken", Text("Veröffentlichte Lücken", "Published gaps"), Text("Was sagen andere?", "What do others say?")),
    Page("spannen", "spannen", Text("Spannen der Annahmen", "Ranges of the assumptions"), Text("Woher kommen die Spannen?", "Where do the ranges come from?")),
    Page("schwach", "schwach", Text("Schwächen", "Weak spots"), Text("Wo sind wir schwach?", "Where are we weak?")),
)  # fmt: skip


def slug(key: str) -> str:
    """Return the last part of the address of a test."""
    return SLUGS.get(key, key)


def pages(proofs: Sequence[Proof]) -> list[Page]:
    """Return every page in reading order."""
    return [*(Page(proof.key, slug(proof.key), proof.title, proof.question) for proof in proofs), *SIDES]


def around(every: Sequence[Page], key: str) -> tuple[Page | None, Page | None]:
    """Return the pages before and after one."""
    at = next(place for place, page in enumerate(every) if page.key == key)
    return (every[at - 1] if at else None), (every[at + 1] if at + 1 < len(every) else None)
