"""Records of real measures: read, checked, searched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from fachkraftwerk.core.errors import Fault, Refusal, refuse
from fachkraftwerk.core.regions import fold
from fachkraftwerk.core.text import Text
from fachkraftwerk.model.measures.registry import kinds

#: Fields of action, in the order of the initiative.
FIELDS: dict[str, Text] = {
    "ausbildung-berufsorientierung": Text("Ausbildung und Berufsorientierung", "Training and orientation"),
    "kompetenz-qualifizierung": Text("Qualifizierung und Transformation", "Qualification and transformation"),
    "potenziale-zielgruppen": Text("Potenziale und Zielgruppen", "Potentials and target groups"),
    "quereinstieg": Text("Quereinstieg", "Career change"),
    "zuwanderung-integration": Text("Zuwanderung und Integration", "Immigration and integration"),
    "arbeitgeberattraktivitaet": Text("Attraktive Betriebe", "Attractive employers"),
    "regionale-attraktivitaet-bindung": Text("Attraktive Region", "Attractive region"),
    "steuerung-vernetzung": Text("Steuerung und Vernetzung", "Steering and networks"),
}
STATUS: dict[str, Text] = {
    "idee": Text("Idee", "idea"),
    "pilot": Text("Pilot", "pilot"),
    "laufend": Text("läuft", "running"),
    "umgesetzt": Text("umgesetzt", "carried out"),
    "abgeschlossen": Text("abgeschlossen", "completed"),
}
ORIGINS: dict[str, Text] = {
    "massnahme-hessischer-kreis": Text("Maßnahme eines hessischen Kreises", "measure of a Kreis in Hessen"),
    "ergebnis-zukunftswerkstatt": Text("Ergebnis einer Zukunftswerkstatt", "result of a workshop"),
    "landesprogramm-hessen": Text("Programm des Landes Hessen", "programme of the Land Hessen"),
    "vergleichsregion": Text("andere Region", "other region"),
}


_NONE = Text("", "")


@dataclass(frozen=True)
class Record:
    """One real measure with its source. ``lever`` is the kind whose effect stands in for it, "" where none exists."""

    id: str
    lever: str
    field: str
    title: Text
    summary: Text
    target: Text
    owner: Text
    region: Text
    ags: tuple[str, ...]
    year: Text
    status: str
    figure: Text
    kind: str
    source: str
    note: Text = _NONE

    def as_dict(self) -> dict[str, Any]:
        """Return the record as plain data for exchange and API."""
        plain = vars(self) | {"ags": list(self.ags)}
        return {key: value._asdict() if isinstance(value, Text) else value for key, value in plain.items()}


@cache
def records() -> tuple[Record, ...]:
    """Return all records in the order of their ids."""
    import yaml

    text = files(__package__).joinpath("measures.yaml").read_text(encoding="utf-8")
    return parse(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


def parse(rows: Sequence[Mapping[str, Any]]) -> tuple[Record, ...]:
    """Build records. Raises Refusal naming every faulty one."""
    faults = [fault for row in rows for fault in _faults(row)]
    if faults:
        raise Refusal(faults)
    return tuple(_record(row) for row in rows)


_BOTH = ("title", "summary", "target", "owner", "region", "year", "figure", "note")


def _record(row: Mapping[str, Any]) -> Record:
    both: dict[str, Any] = {name: Text(**row[name]) for name in _BOTH if name in row}
    plain: dict[str, Any] = {name: str(row[name]) for name in ("id", "lever", "field", "status", "kind", "source")}
    return Record(**plain, **both, ags=tuple(row["ags"]))


def _faults(row: Mapping[str, Any]) -> list[Fault]:
    known = (("field", FIELDS), ("status", STATUS), ("kind", ORIGINS), ("lever", {"": "", **kinds()}))
    remedy = Text("Bitte den Eintrag berichtigen.", "Please correct the entry.")
    return [
        Fault(Text(f"„{row.get(name)}“ ist unbekannt.", f'"{row.get(name)}" is unknown.'), remedy, f"{row.get('id')}.{name}")
        for name, words in known
        if row.get(name) not in words
    ]  # fmt: skip


def record(ident: str) -> Record:
    """Return one record. Raises Refusal for an unknown id."""
    found = next((one for one in records() if one.id == ident), None)
    if found is None:
        raise refuse(
            f"„{ident}“ steht nicht in der Bibliothek.", f'"{ident}" is not in the library.',
            "Kennzeichen sehen so aus: M045. Die Liste steht unter „Maßnahmen“.", "Ids look like M045. The list is under measures.",
        )  # fmt: skip
    return found


def lever_of(ident: str) -> tuple[str, str]:
    """Return (kind, title) for a record id or a kind. Raises Refusal where a record pulls no lever."""
    if ident in kinds() or not (ident[:1] == "M" and ident[1:].isdigit()):
        return ident, ""
    one = record(ident)
    if not one.lever:
        raise refuse(
            f"{ident} ({one.title.de}) wirkt auf keine Annahme der Rechnung.", f"{ident} ({one.title.en}) acts on no assumption of the model.",
            "Wählen Sie eine Maßnahme mit Hebel oder nehmen Sie sie ohne Zahl in den Fahrplan.",
            "Choose a measure with a lever, or take it into the roadmap without a figure.", ident,
        )  # fmt: skip
    return one.lever, one.title.de


def search(words: str = "", field: str = "", lever: str = "", status: str = "", ags: str = "") -> list[Record]:
    """Return records that hold every word (both languages, umlauts folded) and match the filters, best first."""
    wanted = fold(words).split()
    ranked = []
    for one in records():
        chosen = (
            (not field or one.field == field)
            and (not lever or one.lever == lever)
            and (not status or one.status == status)
        )
        if not chosen or (ags and not _near(one, ags)):
            continue
        title, body = fold(f"{one.title.de} {one.title.en}"), _body(one)
        if all(word in body for word in wanted):
            ranked.append((-sum(word in title for word in wanted), one.id, one))
    return [hit[2] for hit in sorted(ranked, key=lambda hit: hit[:2])]


def _near(one: Record, ags: str) -> bool:
    return any(code == ags or ags.startswith(code) or code.startswith(ags) for code in one.ags)


@cache
def _body(one: Record) -> str:
    lever = (kinds()[one.lever].name,) if one.lever else ()
    texts = (
        one.title,
        one.summary,
        one.target,
        one.owner,
        one.region,
        one.year,
        one.figure,
        FIELDS[one.field],
        STATUS[one.status],
        *lever,
    )
    return fold(" ".join([one.id, one.source, *(word for text in texts for word in text)]))
