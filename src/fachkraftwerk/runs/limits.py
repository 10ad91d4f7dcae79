"""What an open address may ask for: a page or the API must not be able to occupy the machine."""

from __future__ import annotations

from fachkraftwerk.core.errors import Refusal, refuse
from fachkraftwerk.core.regions import Zone
from fachkraftwerk.runs.desk import DRAWS

#: Most draws of one Kreis or a small zone; more belong to the command line.
MOST_DRAWS = 500
#: Largest zone computed at once: any Land; for the whole country there is the map.
LARGEST_ZONE = 100
#: Zones of more Kreise are computed with the usual number of draws only, for these are kept at hand.
FREE_DRAWS = 8


class TooMuch(Refusal):
    """The question can be read, but asks for more than an open address computes."""

    status = 400


def _too_much(*words: str) -> TooMuch:
    what_de, what_en, remedy_de, remedy_en = words
    return TooMuch(refuse(what_de, what_en, remedy_de, remedy_en).faults)


def check(zone: Zone, draws: int = DRAWS) -> None:
    """Raise Refusal for a zone that is too large, or too large for a number of draws of its own."""
    check_size(zone)
    check_draws(zone, draws)


def check_size(zone: Zone) -> None:
    """Raise Refusal for a zone of more Kreise than are computed at once."""
    if len(zone.regions) > LARGEST_ZONE:
        raise _too_much(
            f"{len(zone.regions)} Kreise sind zu viele für eine Zone.", f"{len(zone.regions)} Kreise are too many for a zone.",
            f"Verbinden Sie höchstens {LARGEST_ZONE}. Für ganz Deutschland gibt es die Karte.",
            f"Join {LARGEST_ZONE} at most. For the whole of Germany there is the map.",
        )  # fmt: skip


def check_draws(zone: Zone, draws: int) -> None:
    """Raise Refusal for a large zone with a number of draws of its own."""
    if len(zone.regions) > FREE_DRAWS and draws not in (1, DRAWS):
        raise _too_much(
            f"Für {len(zone.regions)} Kreise zusammen gibt es nur {DRAWS} Rechnungen.",
            f"For {len(zone.regions)} Kreise together there are {DRAWS} calculations only.",
            "Lassen Sie die Zahl der Rechnungen aus der Adresse weg.",
            "Leave the number of calculations out of the address.",
        )  # fmt: skip
