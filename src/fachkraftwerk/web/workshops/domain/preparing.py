"""Preparing a workshop with few questions: region, title, script, tables; fields and measures as plain lines."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils.translation import get_language

from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.text import Text
from fachkraftwerk.web.workshops.domain import figures, formats, hosting
from fachkraftwerk.web.workshops.domain.acts.fields import VOCABULARY
from fachkraftwerk.web.workshops.domain.perform import open_book
from fachkraftwerk.web.workshops.domain.state import State
from fachkraftwerk.web.workshops.models import Script, Workshop

TABLES = 8
MOST_TABLES = 40
MOST_FIELDS, MOST_EXISTING = 30, 200
TITLE = Text("Zukunftswerkstatt {}", "Future workshop {}")
"""Of a workshop whose host typed none."""


def create(user: AbstractBaseUser | AnonymousUser, form: dict[str, Any]) -> tuple[Workshop | None, list[Fault]]:
    """Return the new workshop, or all faults of the form."""
    faults: list[Fault] = []
    script = _script(user, str(form.get("script", "")))
    if script is None:
        faults.append(_fault("Dieses Drehbuch gibt es nicht.", "There is no such script."))
    zone = figures.zone(str(form.get("region", "")), faults)
    tables = _tables(str(form.get("tables") or TABLES), faults)
    if faults or script is None or zone is None:
        return None, faults
    key, name = zone
    previous = hosting.hosted_by(user).filter(pk=form["previous"]).first() if _is_uuid(form.get("previous")) else None
    lang = get_language() or "de"
    title = str(form.get("title", "")).strip()[:200] or TITLE.in_(lang).format(name)
    before = open_book(previous).state if previous else None
    given = _given(script, before, lang)
    setup = {
        "tables": tables,
        "figures": figures.of_region(key),
        "fields": given,
        "existing": _memory(previous, before),
    }
    return hosting.create(user, title, key, name, script, setup, previous), []  # type: ignore[arg-type]


def prepare(workshop: Workshop, form: dict[str, Any]) -> list[Fault]:
    """Keep tables, fields and existing measures typed as lines. Return faults; nothing is kept if there are any."""
    faults: list[Fault] = []
    if workshop.status != Workshop.PREPARED:
        return [_fault("Die Werkstatt läuft schon.", "The workshop is running already.")]
    setup = dict(workshop.setup)
    setup["tables"] = _tables(str(form.get("tables") or TABLES), faults)
    setup["fields"] = _fields(str(form.get("fields", "")), faults)
    known = {each["title"]: each for each in setup.get("existing", ())}
    typed = _existing(str(form.get("existing", "")), setup["fields"], faults)
    # What is known beyond the line (what became of it, where it comes from) stays with its title.
    setup["existing"] = [{**known.get(each["title"], {}), **each} for each in typed]
    if not faults:
        workshop.setup = setup
        workshop.save(update_fields=["setup"])
    return faults


def remember(workshop: Workshop, vocabulary: str, entry: dict[str, str]) -> list[Fault]:
    """Add a measure to those that exist already: title, owner, note, where it comes from; its field by the word of the vocabulary.

    Return faults; possible until the workshop begins, and once for each title.
    """
    if workshop.status != Workshop.PREPARED:
        return [_fault("Die Werkstatt läuft schon.", "The workshop is running already.")]
    setup = dict(workshop.setup)
    known = list(setup.get("existing", ()))
    if any(each["title"] == entry["title"][:240] for each in known):
        return [_fault("Diese Maßnahme steht schon im Register.", "This measure is in the register already.")]
    field = next((f["id"] for f in setup.get("fields", ()) if f.get("vocabulary") == vocabulary), "")
    limited = {name: words[:240] for name, words in entry.items()}
    workshop.setup = setup | {"existing": [*known, {"owner": "", "note": "", **limited, "field": field}]}
    workshop.save(update_fields=["setup"])
    return []


def fields_text(workshop: Workshop) -> str:
    """Return the prepared fields as lines: the name, and the word of the vocabulary where the name does not tell it."""
    return "\n".join(_field_line(f["name"], f.get("vocabulary", "")) for f in workshop.setup.get("fields", ()))


def _field_line(name: str, word: str) -> str:
    return f"{name} | {word}" if word and word != _guess(name) else name


def existing_text(workshop: Workshop) -> str:
    """Return the prepared measures as lines: "title | owner | field"."""
    names = {field["id"]: field["name"] for field in workshop.setup.get("fields", ())}
    rows = (
        (e["title"], e.get("owner", ""), names.get(e.get("field", ""), "")) for e in workshop.setup.get("existing", ())
    )
    return "\n".join(" | ".join(row).rstrip(" |") for row in rows)


def _fields(text: str, faults: list[Fault]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for number, line in _lines(text, MOST_FIELDS, "Handlungsfelder", "fields of action", faults):
        name, _, word = (part.strip() for part in line.partition("|"))
        _short(name, 120, number, faults)
        if name.casefold() in {each["name"].casefold() for each in found}:
            faults.append(_line(number, f"„{name[:60]}“ steht schon da.", f'"{name[:60]}" is there already.',
                                "Streichen Sie eine der Zeilen.", "Remove one of the lines."))  # fmt: skip
        found.append(
            {"id": f"p{number}", "name": name[:120], "vocabulary": word if word in VOCABULARY else _guess(name)}
        )
    return found


def _guess(name: str) -> str:
    """Return the word of the vocabulary with the same name, if any."""
    return next(
        (
            key
            for key, names in VOCABULARY.items()
            if name.casefold() in (names[0].casefold(), names[1].casefold(), key)
        ),
        "",
    )


def _existing(text: str, fields: list[dict[str, str]], faults: list[Fault]) -> list[dict[str, str]]:
    ids = {field["name"].casefold(): field["id"] for field in fields}
    found = []
    for number, line in _lines(text, MOST_EXISTING, "Maßnahmen", "measures", faults):
        title, owner, field = ([part.strip() for part in line.split("|")] + ["", ""])[:3]
        _short(title, 240, number, faults)
        _short(owner, 240, number, faults)
        if field and field.casefold() not in ids:
            faults.append(_line(number, f"„{field[:60]}“ ist keines der Handlungsfelder.", f'"{field[:60]}" is none of the fields of action.',
                                "Schreiben Sie es wie oben, oder lassen Sie es weg.", "Write it as above, or leave it out."))  # fmt: skip
        found.append({"title": title[:240], "owner": owner[:240], "field": ids.get(field.casefold(), "")})
    return found


def _given(script: formats.Format, before: State | None, lang: str) -> list[dict[str, str]]:
    """Return the fields a new workshop begins with: those of the one before, else the shared vocabulary.

    Only where the script works with fields; hosts change them freely.
    """
    if before is not None and before.fields:
        kept = [each for each in before.fields.values() if each.on]
        return [{"id": f"p{n}", "name": f.name, "vocabulary": f.vocabulary} for n, f in enumerate(kept, start=1)]
    if not any(phase.kind in ("fields", "gap") for phase in script.phases):
        return []
    place = 1 if lang.startswith("en") else 0
    return [
        {"id": f"p{n}", "name": names[place], "vocabulary": key}
        for n, (key, names) in enumerate(VOCABULARY.items(), start=1)
    ]


def _memory(previous: Workshop | None, before: State | None) -> list[dict[str, str]]:
    """Return the measures of the workshop before, so that the next one knows them, each in its field."""
    if previous is None or before is None:
        return []
    kept = [each.id for each in before.fields.values() if each.on]
    places = {field: f"p{number}" for number, field in enumerate(kept, start=1)}
    return [{"title": s.title, "owner": str(s.values.get("owner", "")), "field": places.get(s.field, ""), "note": "",
             "origin": f"{previous.id}:{s.id}"} for s in before.sheets.values() if not s.hidden]  # fmt: skip


def _script(user: AbstractBaseUser | AnonymousUser, key: str) -> formats.Format | None:
    if key.startswith("eigenes-") and key[8:].isdigit():
        own = Script.objects.filter(pk=int(key[8:]), owner=user.pk).first()
        return formats.read(own.content) if own else None
    return formats.shipped().get(key or "01-hessen-ein-tag") or next(
        (script for script in formats.shipped().values() if not key), None
    )


def _tables(typed: str, faults: list[Fault]) -> int:
    if not typed.isdigit() or not 0 <= int(typed) <= MOST_TABLES:
        faults.append(
            _fault(f"Tische: Zahl zwischen 0 und {MOST_TABLES}.", f"Tables: a number from 0 to {MOST_TABLES}.")
        )
        return 0
    return int(typed)


def _lines(text: str, most: int, de: str, en: str, faults: list[Fault]) -> list[tuple[int, str]]:
    """Return the lines with words in them and their numbers; too many are a fault, and none is dropped in silence."""
    found = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(found) > most:
        remedy = Text("Lassen Sie die wichtigsten stehen.", "Keep the most important ones.")
        faults.append(
            Fault(Text(f"Es sind höchstens {most} {de} möglich.", f"At most {most} {en} are possible."), remedy)
        )
    return found[:most]


def _short(words: str, most: int, number: int, faults: list[Fault]) -> None:
    if len(words) > most:
        faults.append(
            _line(number, f"Mehr als {most} Zeichen.", f"More than {most} characters.", "Kürzen Sie.", "Shorten it.")
        )


def _line(number: int, de: str, en: str, remedy_de: str, remedy_en: str) -> Fault:
    return Fault(Text(f"Zeile {number}: {de}", f"Line {number}: {en}"), Text(remedy_de, remedy_en))


def _is_uuid(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 36


def _fault(de: str, en: str) -> Fault:
    return Fault(Text(de, en), Text("Bitte ändern Sie die Angabe.", "Please change the entry."))


__all__ = ["Refusal", "create", "existing_text", "fields_text", "prepare", "remember"]
