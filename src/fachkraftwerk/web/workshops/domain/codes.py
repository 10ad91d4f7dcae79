"""Codes for the room, tokens and phrases for the way back in."""

from __future__ import annotations

import hashlib
import secrets
from functools import cache
from pathlib import Path

ALPHABET = "ABCDEFGHJKMNPQRTUVWXYZ234678"
"""No look-alikes: without 0 and O, 1, I and L, 5 and S, 9 (looks like g)."""
CODE_LENGTH = 6


def new_code() -> str:
    """Return a code for a workshop: 28^6, about 480 million."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def read_code(typed: str) -> str:
    """Return what was typed as a code: upper case, spaces and hyphens gone; of a pasted address its last part.

    What is too long stays too long, so that it opens nothing.
    """
    last = next((part for part in reversed(typed.split("/")) if part.strip()), "")
    return "".join(sign for sign in last.upper() if sign.isalnum())[: 2 * CODE_LENGTH]


def show_code(code: str) -> str:
    """Return the code as it is read aloud: "K7F 4WX"."""
    return f"{code[:3]} {code[3:]}"


@cache
def words() -> tuple[str, ...]:
    """Return the German words of the phrases: short, without umlauts, none easily taken for another."""
    return tuple((Path(__file__).with_name("words.txt")).read_text("utf-8").split())


def new_phrase() -> str:
    """Return four German words."""
    return " ".join(secrets.choice(words()) for _ in range(4))


def read_phrase(typed: str) -> str:
    """Return a typed phrase in its canonical form."""
    return " ".join(typed.casefold().replace("-", " ").replace(",", " ").split())


def new_token() -> str:
    """Return a secret for a device."""
    return secrets.token_urlsafe(24)


def digest(secret: str, salt: str = "") -> str:
    """Return what is stored of a secret."""
    return hashlib.sha256(f"{salt}:{secret}".encode()).hexdigest()
