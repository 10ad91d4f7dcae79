"""Collect the German texts of every app, fill its English catalogue with what is missing, compile it.

Usage: python tools/texts.py [--check]   (--check changes nothing and fails where a translation is missing)
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
WEB = ROOT / "src" / "fachkraftwerk" / "web"
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2),
}  # fmt: skip


def units() -> list[Path]:
    """Return the folders with a catalogue of their own: the web package and every app in it."""
    return [WEB, *sorted(path.parent for path in WEB.glob("*/apps.py"))]


def texts_of(unit: Path) -> set[str | tuple[str, str]]:
    """Return the German texts used in a unit's Python files and templates."""
    from django.conf import settings

    if not settings.configured:
        settings.configure()
    from django.utils.translation.template import templatize

    found: set[str | tuple[str, str]] = set()
    apps = {path.parent for path in WEB.glob("*/apps.py")}
    for path in sorted([*unit.rglob("*.py"), *unit.rglob("*.html"), *unit.rglob("*.txt")]):
        owner = next((app for app in apps if app in path.parents), WEB)
        if owner != unit:
            continue
        source = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            source = templatize(source, origin=str(path))
        for _line, message, _comments, _context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
            found.add(message if isinstance(message, str) else (message[0], message[1]))
    return found


def catalogue(unit: Path) -> Path:
    """Return where a unit's English catalogue lies."""
    return unit / "locale" / "en" / "LC_MESSAGES" / "django.po"


def update(unit: Path, check: bool) -> list[str]:
    """Bring one catalogue up to date; returns the texts that still lack English."""
    texts = texts_of(unit)
    path = catalogue(unit)
    if not texts and not path.exists():
        return []
    catalog = read_po(path.open("rb"), locale="en") if path.exists() else Catalog(locale="en", charset="utf-8")
    for text in texts:
        if catalog.get(text if isinstance(text, str) else text[0]) is None:
            flags = ("python-format",) if re.search(r"%\(\w+\)[sd]", str(text)) else ()
            catalog.add(text, flags=flags)
    missing = [str(text) for text in texts if _empty(catalog, text)]
    if not check:
        _write(catalog, texts, path)
    elif not missing and _mo(catalog) != path.with_suffix(".mo").read_bytes():
        missing.append(f"{path.with_suffix('.mo').relative_to(ROOT)} is older than its .po")
    return missing


def _empty(catalog: Catalog, text: str | tuple[str, str]) -> bool:
    message = catalog.get(text if isinstance(text, str) else text[0])
    return message is None or not (all(message.string) if isinstance(message.string, tuple) else message.string)


def _write(catalog: Catalog, texts: set[str | tuple[str, str]], path: Path) -> None:
    used = {text if isinstance(text, str) else text[0] for text in texts}
    for message in [m for m in catalog if m.id]:
        if (message.id if isinstance(message.id, str) else message.id[0]) not in used:
            catalog.delete(message.id)
    catalog.fuzzy = False
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, sort_output=True, width=110, omit_header=False, no_location=True)
    path.with_suffix(".mo").write_bytes(_mo(catalog))


def _mo(catalog: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def main() -> int:
    """Update every unit; exit code 1 while English is missing somewhere."""
    check = "--check" in sys.argv
    lacking = {unit: update(unit, check) for unit in units()}
    for unit, texts in lacking.items():
        for text in texts:
            print(f"{unit.relative_to(ROOT)}: English is missing for: {text}")
    return 1 if any(lacking.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
