"""Kreise with validity and successors, and how people call them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import get_close_matches

from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.text import Text, day

LAENDER = {
    "01": "Schleswig-Holstein", "02": "Hamburg", "03": "Niedersachsen", "04": "Bremen",
    "05": "Nordrhein-Westfalen", "06": "Hessen", "07": "Rheinland-Pfalz", "08": "Baden-Württemberg",
    "09": "Bayern", "10": "Saarland", "11": "Berlin", "12": "Brandenburg", "13": "Mecklenburg-Vorpommern",
    "14": "Sachsen", "15": "Sachsen-Anhalt", "16": "Thüringen",
}  # fmt: skip


@dataclass(frozen=True)
class Region:
    """One Kreis or district-free city. ``name`` is the way people say it: "Landkreis Kassel", "Kassel"."""

    ags: str
    name: str
    kind: str  # "Landkreis", "Kreis", "Kreisfreie Stadt", "Stadtkreis"
    nuts3: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[str, ...] = ()

    @property
    def land(self) -> str:
        """Name of the Land."""
        return LAENDER.get(self.ags[:2], "Musterland")

    @property
    def urban(self) -> bool:
        """True for a district-free city."""
        return "stadt" in self.kind.lower() or self.kind == "Stadtkreis"


@dataclass(frozen=True)
class Zone:
    """One Kreis, or several joined as one labour market. The address is the AGS joined by "+"."""

    regions: tuple[Region, ...]

    @property
    def key(self) -> str:
        """AGS joined by "+", ascending."""
        return "+".join(region.ags for region in self.regions)

    @property
    def name(self) -> str:
        """Names joined by " + "."""
        return " + ".join(region.name for region in self.regions)


_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "-": " ", ",": " ", ".": " ", "/": " "})
#: English names of cities → the German one, folded.
_EXONYMS = {
    "munich": "muenchen", "cologne": "koeln", "nuremberg": "nuernberg", "hanover": "hannover", "brunswick": "braunschweig",
}  # fmt: skip
_KINDS = {
    "lk": "landkreis", "kr": "kreis", "kreisfreie": "stadt", "stadtkreis": "stadt", "universitaetsstadt": "stadt",
    "landeshauptstadt": "stadt", "hansestadt": "stadt", "land": "landkreis", "district": "landkreis", **_EXONYMS,
}  # fmt: skip
#: English names of Länder, folded → their key.
_LAENDER_EN = {
    "lower saxony": "03", "north rhine westphalia": "05", "hesse": "06", "rhineland palatinate": "07", "bavaria": "09",
    "mecklenburg western pomerania": "13", "saxony": "14", "saxony anhalt": "15", "thuringia": "16",
}  # fmt: skip
#: How people ask for the whole country.
COUNTRY = {"deutschland", "germany", "bundesrepublik", "bundesrepublik deutschland", "bund", "brd", "de", "all"}
#: Longest part of what was asked that a refusal repeats.
_ECHO = 60


#: Words that say what kind of place it is, not which.
_PLAIN = {"landkreis", "kreis", "stadt", "region", "der", "des", "im"}


def fold(words: str) -> str:
    """Fold a name for comparison: lower case, umlauts spelled out, postal habits ("LK") expanded, order kept."""
    plain = unicodedata.normalize("NFC", words).casefold().translate(_FOLD)
    return " ".join(_KINDS.get(word, word) for word in plain.split())


@dataclass
class RegionIndex:
    """Looks regions up by AGS, name or postal habit; joined by "+" they form a zone.

    ``others``: former and later Kreise that are counted within one of ``regions``.
    """

    regions: tuple[Region, ...]
    others: tuple[Region, ...] = ()
    _by_ags: dict[str, Region] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self._by_ags = {region.ags: region for region in self.regions}

    def __getitem__(self, ags: str) -> Region:
        return self._by_ags[ags]

    def __contains__(self, ags: str) -> bool:
        return ags in self._by_ags

    def resolve(self, words: str) -> Zone:
        """Return the zone meant by ``words``. Raises Refusal naming every part that is not found."""
        found: dict[str, Region] = {}
        faults = []
        for part in words.split("+"):
            hits = self.search(part.strip(), limit=4, exact=True)
            named = len(hits) == 1 and (hits[0].ags == part.strip() or fold(hits[0].name) == fold(part))
            if not named and (whole := self.land(part.strip())):
                found |= {region.ags: region for region in whole}
            elif len(hits) == 1:
                found[hits[0].ags] = hits[0]
            else:
                faults.append(self._fault(part.strip(), hits))
        if faults:
            raise Refusal(faults)
        return Zone(tuple(found[ags] for ags in sorted(found)))

    def land(self, words: str) -> tuple[Region, ...]:
        """Return all Kreise of the Land meant by its key ("06") or name ("Hessen", "Hesse"); none for anything else."""
        wanted = fold(words[5:] if words.casefold().startswith("land ") else words)
        key = words if len(words) == 2 and words.isascii() and words.isdigit() else _LAENDER_EN.get(wanted, "")
        key = key or next((key for key, name in LAENDER.items() if wanted == fold(name)), "")
        return tuple(region for region in self.regions if key and region.ags.startswith(key))

    def is_land(self, zone: Zone) -> bool:
        """Tell whether a zone is a whole Land of several Kreise."""
        first = zone.regions[0].ags[:2]
        return len(zone.regions) > 1 and zone.regions == tuple(
            sorted((one for one in self.regions if one.ags.startswith(first)), key=lambda one: one.ags)
        )

    def search(self, words: str, limit: int = 10, exact: bool = False) -> list[Region]:
        """Return regions that match, best first; ``exact`` keeps only those with the best kind of match."""
        if not words:
            return []
        if words.isdigit():
            return self._by_digits(words, limit, exact)
        if coded := [r for r in self.regions if r.nuts3 and r.nuts3 == words.upper()]:
            return coded
        wanted = fold(words)
        ranked = sorted((rank, r.ags, r) for r in self.regions if (rank := _rank(wanted, r)) is not None)
        if exact and ranked:
            ranked = [hit for hit in ranked if hit[0] == ranked[0][0]]
        if not ranked and not exact:
            return list(self.land(words))[:limit] or self._moved(words)[1:] or self._close(wanted)[:limit]
        return [hit[2] for hit in ranked[:limit]]

    def _by_digits(self, digits: str, limit: int, exact: bool) -> list[Region]:
        """Return regions whose key begins so, the one meant without its leading zero, or where a former key went."""
        hits = [r for r in self.regions if r.ags.startswith(digits)][: 1 if digits in self._by_ags else limit]
        if hits or exact:
            return hits
        return [self._by_ags[f"0{digits}"]] if f"0{digits}" in self._by_ags else self._moved(digits)[1:]

    def _moved(self, words: str) -> list[Region]:
        """Return a former or later Kreis and the one it is counted in here; nothing for anything else."""
        wanted = fold(words)
        for other in self.others:
            if words == other.ags or _rank(wanted, other) in (0, 1):
                homes = [r for r in self.regions if r.ags in other.successors or other.ags in r.successors]
                return [other, homes[0]] if homes else []
        return []

    def _close(self, wanted: str) -> list[Region]:
        """Return regions whose name is nearly ``wanted``: a letter missing, doubled or mistaken."""
        plain = _bare(wanted)
        names: dict[str, list[Region]] = {}
        for region in self.regions:
            names.setdefault(_bare(fold(region.name)), []).append(region)
        return [region for name in get_close_matches(plain, names, n=5, cutoff=0.75) for region in names[name]]

    def _fault(self, part: str, hits: list[Region]) -> Fault:
        if fold(part) in COUNTRY:
            return _whole_country(part)
        if part.isdigit() and len(part) == 4 and f"0{part}" in self._by_ags:
            near = self._by_ags[f"0{part}"]
            return Fault(
                Text(f"Der Schlüssel „{part}“ hat vier Stellen.", f'The key "{part}" has four digits.'),
                Text(
                    f"Amtliche Schlüssel haben fünf; vermutlich fehlt die führende Null ({near.ags}, {near.name}).",
                    f"Official keys have five; the leading zero is probably missing ({near.ags}, {near.name}).",
                ),
            )
        if not hits and (moved := self._moved(part)):
            return _changed(*moved)
        if part.isdigit() and not hits:
            return Fault(
                Text(f"Den Schlüssel „{shortened(part)}“ gibt es nicht.", f'There is no key "{shortened(part)}".'),
                Text(
                    "Amtliche Schlüssel haben fünf Stellen, zum Beispiel 06633 für den Landkreis Kassel. "
                    "Nach Postleitzahlen lässt sich nicht suchen.",
                    "Official keys have five digits, for example 06633 for Landkreis Kassel. "
                    "Postcodes cannot be searched for.",
                ),
            )
        offers = hits or self.search(part, limit=3)
        part = shortened(part)
        names = "; ".join(f"{r.ags} {r.name}" for r in offers)
        perhaps = Text(f"Gemeint vielleicht: {names}.", f"Perhaps you mean: {names}.")
        kind = Text("mehrdeutig", "ambiguous")
        if not hits:
            kind = Text("kein Kreis und keine kreisfreie Stadt", "neither a Kreis nor a district-free city")
        return Fault(
            Text(f"„{part}“ ist {kind.de}.", f'"{part}" is {kind.en}.'),
            perhaps if names else _advice(part),
        )


def shortened(words: str) -> str:
    """Return what a refusal repeats of what was asked: the beginning of something very long."""
    return words if len(words) <= _ECHO else f"{words[:_ECHO]}…"


def _whole_country(part: str) -> Fault:
    return Fault(
        Text(f"„{part}“ ist kein Kreis, keine Zone und kein Land.", f'"{part}" is neither a Kreis nor a zone nor a Land.'),
        Text(
            "Die Summe für Deutschland steht auf der Startseite; die Befehlszeile rechnet mit --all alle Kreise.",
            "The sum for Germany is on the start page; the command line computes all Kreise with --all.",
        ),
    )  # fmt: skip


def _changed(other: Region, home: Region) -> Fault:
    """Return what became of a former Kreis, or since when a later one exists, and where it is counted here."""
    where = f"{home.name} ({home.ags})"
    if other.valid_to:
        since = day(other.valid_to + timedelta(days=1))
        return Fault(
            Text(f"{other.name} ist seit dem {since.de} kein eigener Kreis mehr.", f"{other.name} ceased to be a Kreis of its own on {since.en}."),
            Text(f"Die Zahlen stehen beim Nachfolger: {where}.", f"Its figures are with its successor: {where}."),
        )  # fmt: skip
    since = day(other.valid_from) if other.valid_from else Text("später", "later")
    return Fault(
        Text(f"{other.name} ist erst seit dem {since.de} ein eigener Kreis.", f"{other.name} has been a Kreis of its own only since {since.en}."),
        Text(f"Hier gelten die Grenzen von 2023; die Zahlen stehen bei: {where}.", f"Borders here are those of 2023; its figures are with: {where}."),
    )  # fmt: skip


def _advice(part: str) -> Text:
    """Return what to try instead: a name for what looks like a number plate, the Kreis for what may be a town."""
    if len(part) <= 3 and part.isalpha():
        return Text(
            "Nach Autokennzeichen lässt sich nicht suchen. Suchen Sie nach dem Namen, zum Beispiel „Kassel“.",
            'Number plates cannot be searched for. Search by name, for example "Kassel".',
        )
    return Text(
        "Gehört der Ort zu einem Kreis, suchen Sie bitte nach diesem, mit Namen oder amtlichem Schlüssel, "
        "zum Beispiel „Landkreis Kassel“ oder 06633.",
        "If the place belongs to a Kreis, please search for that, by name or official key, "
        'for example "Landkreis Kassel" or 06633.',
    )


def _short(bare: str) -> str:
    """Return the name of a city without its river or landscape: "offenbach" for "offenbach am main"."""
    return re.split(r" (?:am|an|in|im|a d|i d|ob|vor) | \(", bare)[0]


def _bare(folded: str) -> str:
    return " ".join(w for w in folded.split() if w not in _PLAIN)


def _rank(wanted: str, region: Region) -> int | None:
    """0 the name itself, 1 the name without its kind, 2 begins so, 3 contains every word; None no match."""
    name = fold(region.name)
    bare = _bare(name)
    stated = wanted.split()
    plain = " ".join(w for w in stated if w not in {"landkreis", "kreis", "stadt", "region"})
    if wanted == name:
        return 0
    if plain in (bare, _short(bare) if region.urban else bare):
        if {"landkreis", "kreis"} & set(stated):
            return 0 if not region.urban else None
        if "stadt" in stated:
            return 0 if region.urban else None
        return 1
    if name.startswith(wanted) or bare.startswith(wanted):
        return 2
    return 3 if plain and all(w in f"{name} {region.ags}" for w in plain.split()) else None
