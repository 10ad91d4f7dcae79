"""Where something is, in a sentence: "im Märkischen Kreis", "in der Region Hannover", "im Saarland"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fachkraftwerk.core.classifications import LEVELS, OCCUPATIONS
from fachkraftwerk.core.regions import Region
from fachkraftwerk.core.text import Text

_ADJECTIVE = re.compile(r"^(.+)er (Kreis)$")
#: A sentence names at most this many Kreise.
MOST_NAMED = 4
_FEMININE = ("Region ", "Städteregion", "StädteRegion")


def place(region: Region, namesakes: bool = False) -> Text:
    """Return "im Landkreis Kassel", "in der Stadt Kassel", "im Märkischen Kreis", "in der Region Hannover".

    ``namesakes``: another Kreis bears the same name, so a city is called "Stadt".
    """
    name = region.name
    if region.urban:
        if namesakes:
            return Text(f"in der Stadt {name}", f"in the city of {name}")
        return Text(f"in {name}", f"in {name}")
    if declined := _ADJECTIVE.match(name):
        return Text(f"im {declined[1]}en {declined[2]}", f"in {name}")
    if name.startswith(_FEMININE):
        return Text(f"in der {name}", f"in {name}")
    if "kreis" in name.casefold() or name.startswith("Regionalverband"):
        return Text(f"im {name}", f"in {name}")
    kind = region.kind if region.kind in {"Kreis", "Landkreis"} else "Landkreis"
    return Text(f"im {kind} {name}", f"in {kind} {name}")


def land_place(name: str) -> Text:
    """Return "in Hessen", "im Saarland", "in Deutschland"."""
    return Text(
        f"im {name}" if name == "Saarland" else f"in {name}", f"in {'Germany' if name == 'Deutschland' else name}"
    )


def scoped(where: Text, occupation: str = "all", level: str = "all") -> Text:
    """Add the occupation and the level a figure is about: "im Landkreis Kassel im Beruf „Reinigung“"."""
    if occupation != "all":
        name = OCCUPATIONS[occupation]
        where = Text(f"{where.de} im Beruf „{name.de}“", f"{where.en} in the occupation “{name.en}”")
    if level != "all":
        name = LEVELS[level]
        where = Text(f"{where.de} auf dem Niveau „{name.de}“", f"{where.en} at the level “{name.en}”")
    return where


def joined(places: Sequence[Text]) -> Text:
    """Join places of a zone: "in der Stadt Kassel und im Landkreis Kassel zusammen"."""
    if len(places) == 1:
        return places[0]
    if len(places) > MOST_NAMED:
        return Text(f"in diesen {len(places)} Kreisen zusammen", f"in these {len(places)} Kreise together")
    german = ", ".join(p.de for p in places[:-1]) + f" und {places[-1].de} zusammen"
    english = ", ".join(p.en for p in places[:-1]) + f" and {places[-1].en} together"
    return Text(german, english)
