"""What a document is made of. Every output draws the same blocks in its own way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (section) to 3."""

    text: str
    level: int = 1
    kind: str = "heading"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``style`` is "", "lead" (most important) or "note" (how to read it)."""

    text: str
    style: str = ""
    kind: str = "paragraph"


@dataclass(frozen=True)
class Cards:
    """Cards of the wall in reading order; ``marks`` say more about a card ("3-mal genannt", "Papier A-012")."""

    texts: tuple[str, ...]
    marks: tuple[str, ...] = ()
    kind: str = "cards"


@dataclass(frozen=True)
class Listing:
    """A plain list."""

    texts: tuple[str, ...]
    kind: str = "list"


@dataclass(frozen=True)
class Table:
    """A table with one header row; columns in ``numeric`` are set flush right; ``widths`` are relative."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    widths: tuple[float, ...] = ()
    kind: str = "table"


@dataclass(frozen=True)
class Bar:
    """One bar: name, length, the text at its end, and what a reader should know beside it."""

    name: str
    value: float
    shown: str
    note: str = ""


@dataclass(frozen=True)
class Bars:
    """Bars from zero on a common scale; ``caption`` says unit and number of voters."""

    caption: str
    bars: tuple[Bar, ...]
    kind: str = "bars"

    @property
    def longest(self) -> float:
        """The longest bar, at least 1."""
        return max([1.0, *(bar.value for bar in self.bars)])


@dataclass(frozen=True)
class Sheet:
    """A measure sheet: title, field, tag ("ausgewählt") and its filled lines."""

    title: str
    field: str
    tag: str
    lines: tuple[tuple[str, str], ...]
    kind: str = "sheet"


Block = Heading | Paragraph | Cards | Listing | Table | Bars | Sheet


@dataclass(frozen=True)
class Document:
    """A whole document in one language."""

    title: str
    subtitle: str
    lang: str
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...] = field(default=())

    def plain(self) -> dict[str, Any]:
        """Return the document as plain data for templates."""
        return asdict(self)

    def texts(self) -> list[str]:
        """Return every text a reader sees, in order (for checks)."""
        return [self.title, self.subtitle, *_strings([asdict(block) for block in self.blocks])]


def _strings(value: Any) -> Sequence[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for key, each in value.items() if key not in ("kind", "style") for text in _strings(each)]
    if isinstance(value, list | tuple):
        return [text for each in value for text in _strings(each)]
    return []
