"""Cells of a table somebody else made: keys, years and amounts as people and their spreadsheets write them."""

from __future__ import annotations

import re

from fachkraftwerk.core.classifications import QUALIFICATION_GROUPS
from fachkraftwerk.core.regions import LAENDER

_THOUSANDS = re.compile(r"^[+-]?[1-9]\d{0,2}(?:([.,'’])\d{3})(?:\1\d{3})*$")
_PLAIN = re.compile(r"^[+-]?\d+(?:[.,]\d+)?$")
_MIXED = re.compile(r"^[+-]?[1-9]\d{0,2}(?:\.\d{3})+,\d+$|^[+-]?[1-9]\d{0,2}(?:,\d{3})+\.\d+$")
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
#: Words for the groups beside our own keys.
_GROUPS = {
    "skilled": ("fachkräfte", "fachkraft", "skilled workers", "qualifizierte", "fachkräfte insgesamt"),
    "vocational": (
        "fachkräfte mit berufsabschluss", "mit berufsabschluss", "berufsabschluss", "beruflich", "berufsausbildung",
        "mit berufsausbildung", "vocational qualification",
    ),
    "academic": (
        "fachkräfte mit studium", "mit studium", "akademisch", "akademiker", "hochschulabschluss",
        "mit hochschulabschluss", "akademischer abschluss", "mit akademischem abschluss", "academics",
    ),
    "unskilled": (
        "ohne berufsabschluss", "arbeitskräfte ohne berufsabschluss", "ohne ausbildung", "ungelernte", "ungelernt",
        "arbeitskräfte", "ohne formale qualifikation", "without qualification", "none",
    ),
    "total": ("insgesamt", "gesamt", "alle", "fach- und arbeitskräfte", "arbeits- und fachkräfte", "all"),
}  # fmt: skip
_WORDS = {word: key for key, words in _GROUPS.items() for word in (key, *words)}


def heading(words: str) -> str:
    """Return a heading in one way of writing: lower case, single spaces for "_", "-" and breaks."""
    return _SPACES.sub(" ", re.sub(r"[_\-]", " ", words.strip("\ufeff \"'"))).strip().casefold()


def group(words: str) -> str | None:
    """Return our key of a qualification group ("Fachkräfte" → skilled); None for anything else."""
    key = _SPACES.sub(" ", words).strip().casefold()
    return key if key in QUALIFICATION_GROUPS else _WORDS.get(key)


def region_key(words: str) -> str:
    """Return a Kreis (5 digits) or Land (2) key; "06000" and "06633000" are shortened, others stay as they are.

    Spreadsheets lose the leading zero; no key has one or four digits, so it is put back.
    """
    key = words.strip().removesuffix(".0")
    if key.isdigit() and len(key) in (1, 4) and is_region_key(f"0{key}"):
        return f"0{key}"
    if len(key) == 8 and key.endswith("000"):
        key = key[:5]
    if len(key) == 5 and key.endswith("000"):
        key = key[:2]
    return key


def is_region_key(key: str) -> bool:
    """Tell whether ``key`` has the form of an official key of a Kreis or Land."""
    return key.isdigit() and len(key) in (2, 5) and key[:2] in LAENDER


def is_name(words: str) -> bool:
    """Tell whether the words may be the name of a region: letters and no digit."""
    return any(sign.isalpha() for sign in words) and not any(sign.isdigit() for sign in words)


def year(words: str) -> int | None:
    """Return a year between 1990 and 2100 ("2030", "2030.0", "31.12.2023"); None for anything else."""
    plain = words.strip().removesuffix(".0")
    plain = re.sub(r"^\d{1,2}\.\d{1,2}\.(?=\d{4}$)|(?<=^\d{4})-\d{2}-\d{2}$", "", plain)
    return int(plain) if plain.isdigit() and 1990 <= int(plain) <= 2100 else None


def amount(words: str) -> float | None:
    """Return an amount of people: 8700, 8.700, 8,700, −120, 1 234,5; None for anything else.

    A single separator before exactly three digits parts thousands: nobody counts people in thousandths.
    """
    plain = _SPACES.sub("", words.replace("−", "-").replace("–", "-").removesuffix("Personen"))
    if _THOUSANDS.match(plain):
        return float(re.sub(r"[.,'’]", "", plain))
    if _MIXED.match(plain):
        decimal = max(plain.rfind(","), plain.rfind("."))
        return float(re.sub(r"[.,]", "", plain[:decimal]) + "." + plain[decimal + 1 :])
    return float(plain.replace(",", ".")) if _PLAIN.match(plain) else None


def decode(data: bytes) -> str:
    """Return the text of a file: UTF-8 with or without mark, UTF-16 with mark, else Windows-1252."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
