"""What the machine proposes for cards: doubles, fields, headings. The moderator decides."""

from __future__ import annotations

from typing import Any

from fachkraftwerk.web.workshops.domain.state import State


def propose(state: State) -> list[dict[str, Any]]:
    """Return proposals, each one act that the moderator may accept."""
    return []
