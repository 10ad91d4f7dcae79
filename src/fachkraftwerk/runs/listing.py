"""Lists of figures: what the command line, the API and downloads give for a region."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from fachkraftwerk.core.classifications import BASE_YEAR, INDICATORS, LEVELS, OCCUPATIONS, QUALIFICATION_GROUPS
from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.figure import Figure
from fachkraftwerk.core.text import Text
from fachkraftwerk.runs import figures
from fachkraftwerk.runs.figures import Forecast

if TYPE_CHECKING:
    from fachkraftwerk.runs.desk import Desk

#: Ways to break a forecast down, in the order in which they are listed.
BREAKDOWNS = ("total", "qualification", "level", "occupation")
#: What is listed for single occupations and levels; the reasons are listed for the sums.
OF_CELLS = ("gap_cumulated", "gap_commuting_closed", "demand", "supply")
#: Most draws one call may ask for: 10,000 draws of one Kreis hold about 2 GB.
MOST_DRAWS = 10_000
#: Kreise computed in one go: neighbours are shared, memory stays bounded.
TOGETHER = 50


def breakdowns(words: str) -> tuple[str, ...]:
    """Read "total,occupation". Raises Refusal naming every unknown word."""
    asked = [word.strip() for word in words.split(",") if word.strip()]
    unknown = [word for word in asked if word not in BREAKDOWNS]
    if unknown or not asked:
        raise Refusal([_unknown(word) for word in unknown or [words]])
    return tuple(word for word in BREAKDOWNS if word in asked)


def check_draws(draws: int) -> None:
    """Raise Refusal for a number of draws that cannot be computed."""
    if not 0 <= draws <= MOST_DRAWS:
        what = Text(f"{draws} Ziehungen sind nicht möglich.", f"{draws} draws are not possible.")
        remedy = Text(f"Wählen Sie 0 bis {MOST_DRAWS}.", f"Choose 0 to {MOST_DRAWS}.")
        raise Refusal(Fault(what, remedy, "draws"))


def addresses(
    desk: Desk, region: str, year: int, by: Sequence[str], qualification: str = "skilled"
) -> Iterator[Figure]:
    """Yield the figures that belong to a breakdown."""
    base = desk.figure(region, year, qualification=qualification)
    if "total" in by:
        yield from (base.at(indicator=name) for name in INDICATORS)
    if "qualification" in by:
        groups = [group for group in QUALIFICATION_GROUPS if not ("total" in by and group == qualification)]
        yield from (base.at(indicator=name, qualification=group) for group in groups for name in INDICATORS)
    if "level" in by:
        yield from (base.at(indicator=name, level=level) for level in LEVELS for name in OF_CELLS)
    if "occupation" in by:
        yield from (base.at(indicator=name, occupation=code) for code in OCCUPATIONS for name in OF_CELLS)
    if "level" in by and "occupation" in by:
        cells = [(code, level) for code in OCCUPATIONS for level in LEVELS]
        yield from (base.at(indicator=n, occupation=c, level=v) for c, v in cells for n in OF_CELLS)


def row(figure: Figure, forecast: Forecast, name: str) -> dict[str, Any]:
    """Return one figure as the documents carry it; a cell of fewer than fifty people comes without a value."""
    head = {
        "figure": str(figure), "region": figure.region, "name": name, "year": figure.year,
        "indicator": figure.indicator, "qualification": figure.qualification, "level": figure.level,
        "occupation": figure.occupation,
    }  # fmt: skip
    value = figures.resolve(figure, forecast).as_dict()
    if figures.withheld(figure, forecast):
        kept = ("unit", "estimated_share")
        return head | {k: (v if k in kept else None) for k, v in value.items()} | {"withheld": f"< {figures.SMALLEST}"}
    return head | value


def document(
    desk: Desk, keys: Sequence[str], year: int, by: Sequence[str], draws: int, qualification: str = "skilled"
) -> dict[str, Any]:
    """Return the document of ``forecast --json`` for zones ``keys``."""
    rows, references = [], []
    for start in range(0, len(keys), TOGETHER):
        zones = [desk.zone(key) for key in keys[start : start + TOGETHER]]
        made = desk.forecasts([zone.key for zone in zones], draws)
        for zone in zones:
            figures_of = list(addresses(desk, zone.key, year, by, qualification))
            if prepare := getattr(made[zone.key], "prepare", None):
                prepare((one.qualification, one.level, one.occupation) for one in figures_of)
            rows += [row(figure, made[zone.key], zone.name) for figure in figures_of]
            references += [_reference(one) for one in desk.references(zone)]
    return {
        "edition": desk.edition.name, "base_year": BASE_YEAR, "draws": draws, "figures": rows, "references": references,
    }  # fmt: skip


def _reference(one: Any) -> dict[str, Any]:
    return {
        "region": one.ags, "name": one.region, "year": one.horizon, "base_year": one.base_year,
        "qualification": one.category, "value": one.value, "source": one.source, "url": one.url,
    }  # fmt: skip


def _unknown(word: str) -> Fault:
    known = ", ".join(BREAKDOWNS)
    what = Text(f"Die Gliederung „{word}“ gibt es nicht.", f'There is no breakdown "{word}".')
    return Fault(what, Text(f"Möglich sind: {known}.", f"Possible are: {known}."), "by")
