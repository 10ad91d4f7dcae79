"""What places are called: in sentences and as headings."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from fachkraftwerk.core.regions import LAENDER, Region, Zone
from fachkraftwerk.core.text import Text
from fachkraftwerk.runs import wording

if TYPE_CHECKING:
    from fachkraftwerk.edition import Edition

#: Names in a heading; of more Kreise the first ones stand there, and how many more.
NAMED = 4


class Titles:
    """Names of the regions of an edition."""

    edition: Edition

    @cached_property
    def _names(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for region in self.edition.regions.regions:
            bare = _bare(region)
            counts[bare] = counts.get(bare, 0) + 1
        return counts

    def place(self, zone: Zone) -> Text:
        """Return "im Landkreis Kassel" for sentences."""
        if self.edition.regions.is_land(zone):
            return wording.land_place(zone.regions[0].land)
        return wording.joined([wording.place(r, self._names[_bare(r)] > 1) for r in zone.regions])

    def title(self, region: Region) -> Text:
        """Return the name as a heading; a city with a namesake is called "Stadt"."""
        if region.urban and self._names[_bare(region)] > 1:
            return Text(f"Stadt {region.name}", f"City of {region.name}")
        return Text(region.name, region.name)

    def land_title(self, land: str) -> Text:
        """Return the name of a Land by its two digits."""
        return Text(LAENDER.get(land, "Musterland"), LAENDER.get(land, "Musterland"))

    def short(self, zone: Zone) -> str:
        """Return the key of a zone as addresses write it: a whole Land by its two digits."""
        return zone.regions[0].ags[:2] if self.edition.regions.is_land(zone) else zone.key

    def heading(self, zone: Zone) -> Text:
        """Return the name of a zone as a heading: the Land, its Kreise, or the first ones and how many more."""
        if self.edition.regions.is_land(zone):
            return Text(zone.regions[0].land, zone.regions[0].land)
        names = [self.title(region) for region in zone.regions]
        more = len(names) - NAMED + 1
        shown = names if len(names) <= NAMED else names[: NAMED - 1]
        tail = Text("", "") if len(names) <= NAMED else Text(f" und {more} weitere Kreise", f" and {more} more Kreise")
        return Text(" + ".join(n.de for n in shown) + tail.de, " + ".join(n.en for n in shown) + tail.en)


def _bare(region: Region) -> str:
    return region.name.removeprefix("Landkreis ").removeprefix("Kreis ").removeprefix("Stadt ")
