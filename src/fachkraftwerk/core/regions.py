"""Kreise with validity and successors, and how people call them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.text import Text

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
_KINDS = {
    "lk": "landkreis", "kr": "kreis", "kreisfreie": "stadt", "stadtkreis": "stadt", "universitaetsstadt": "stadt",
    "landeshauptstadt": "stadt", "hansestadt": "stadt", "land": "landkreis",
}  # fmt: skip


#: Words that say what kind of place it is, not which.
_PLAIN = {"landkreis", "kreis", "stadt", "region", "der", "des", "im"}


def fold(words: str) -> str:
    """Fold a name for comparison: lower case, umlauts spelled out, postal habits ("LK") expanded, order kept."""
    plain = unicodedata.normalize("NFC", words).casefold().translate(_FOLD)
    return " ".join(_KINDS.get(word, word) for word in plain.split())


@dataclass
class RegionIndex:
    """Looks regions up by AGS, name or postal habit; joined by "+" they form a zone."""

    regions: tuple[Region, ...]
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
        """Return all Kreise of the Land meant by its key ("06") or name ("Hessen"); none for anything else."""
        wanted = fold(words)
        key = next((key for key, name in LAENDER.items() if wanted in (key, fold(name))), "")
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
            return [r for r in self.regions if r.ags.startswith(words)][: 1 if words in self._by_ags else limit]
        if coded := [r for r in self.regions if r.nuts3 and r.nuts3 == words.upper()]:
            return coded
        wanted = fold(words)
        ranked = sorted((rank, r.ags, r) for r in self.regions if (rank := _rank(wanted, r)) is not None)
        if exact and ranked:
            ranked = [hit for hit in ranked if hit[0] == ranked[0][0]]
        if not ranked and not exact:
            return self._close(wanted)[:limit]
        return [hit[2] for hit in ranked[:limit]]

    def _close(self, wanted: str) -> list[Region]:
        """Return regions whose name is nearly ``wanted``: a letter missing, doubled or mistaken."""
        plain = _bare(wanted)
        names: dict[str, list[Region]] = {}
        for region in self.regions:
            names.setdefault(_bare(fold(region.name)), []).append(region)
        return [region for name in get_close_matches(plain, names, n=5, cutoff=0.75) for region in names[name]]

    def _fault(self, part: str, hits: list[Region]) -> Fault:
        if part.isdigit() and len(part) == 4 and f"0{part}" in self._by_ags:
            near = self._by_ags[f"0{part}"]
            return Fault(
                Text(f"Der Schlüssel „{part}“ hat vier Stellen.", f'The key "{part}" has four digits.'),
                Text(
                    f"Amtliche Schlüssel haben fünf; vermutlich fehlt die führende Null ({near.ags}, {near.name}).",
                    f"Official keys have five; the leading zero is probably missing ({near.ags}, {near.name}).",
                ),
            )
        if part.isdigit() and not hits:
            return Fault(
                Text(f"Den Schlüssel „{part}“ gibt es nicht.", f'There is no key "{part}".'),
                Text(
                    "Amtliche Schlüssel haben fünf Stellen, zum Beispiel 06633 für den Landkreis Kassel. "
                    "Nach Postleitzahlen lässt sich nicht suchen.",
                    "Official keys have five digits, for example 06633 for Landkreis Kassel. "
                    "Postcodes cannot be searched for.",
                ),
            )
        offers = hits or self.search(part, limit=3) or self.search(part[: max(3, len(part) - 2)], limit=3)
        names = "; ".join(f"{r.ags} {r.name}" for r in offers)
        perhaps = Text(f"Gemeint vielleicht: {names}.", f"Perhaps you mean: {names}.")
        example = Text(
            "Suchen Sie nach dem Namen oder dem amtlichen Schlüssel, zum Beispiel „Landkreis Kassel“ oder 06633.",
            'Search by name or official key, for example "Landkreis Kassel" or 06633.',
        )
        kind = Text("mehrdeutig", "ambiguous") if hits else Text("kein Kreis", "not a Kreis")
        return Fault(
            Text(f"„{part}“ ist {kind.de}.", f'"{part}" is {kind.en}.'),
            perhaps if names else example,
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
