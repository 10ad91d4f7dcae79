"""Spreads of the uncertain assumptions, estimated from past errors and set beside the values the model uses.

An estimate is a band. Its upper end is the root mean square error by years ahead, smoothed by a straight line in logs:
spread at seven years and the power with which it grows. Its lower end leaves out what all origins have in common (one
boom, one reform) and, where there are hundreds of errors, single events far out. Where no table at hand holds past
errors of an assumption, the table says so and why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from fachkraftwerk.core.text import Text
from fachkraftwerk.model.parameters import Parameters, parameters
from fachkraftwerk.runs import prepare_places
from fachkraftwerk.runs.backtest import hindcasts, outcomes
from fachkraftwerk.runs.backtest.hindcasts import Array, Errors

if TYPE_CHECKING:
    import pandas as pd

    from fachkraftwerk.edition import Edition

YEARS = 7
#: Outside the band by this factor a spread is called too narrow or too wide …
TOLERANCE = 1.25
#: … and by this factor no spread that calls itself estimated may lie outside (a test holds it).
LIMIT = 1.6
#: From so many errors on, single events far out can be told from the bulk.
MANY = 300
#: An error of one horizon alone says nothing on how it grows; a random walk is then assumed.
RANDOM_WALK = 0.5
FEWEST = 3


@dataclass(frozen=True)
class Estimate:
    """Spread at seven years (upper end), its lower end, power of growth, error by years ahead, number of errors."""

    spread: float
    low: float
    power: float
    by_horizon: dict[int, float]
    errors: int

    @property
    def longest(self) -> int:
        """The farthest horizon that past errors cover."""
        return max(self.by_horizon)


@dataclass(frozen=True)
class Law:
    """A number that shapes the spreads of Kreise: used, and its band over the years ahead."""

    used: float
    low: float
    high: float


@dataclass(frozen=True)
class Line:
    """One assumption in one scope: what the model uses, and what past errors say (None: they say nothing)."""

    key: str
    scope: str
    name: Text
    used: float
    power: float
    marked: bool
    estimate: Estimate | None
    basis: Text
    #: Power with which the spread of a Kreis falls with its size; how much Kreise that border on each other are alike.
    size: Law | None = None
    near: Law | None = None

    @property
    def outside(self) -> float | None:
        """Factor by which the used spread lies outside the band: 1 within, under 1 below it, over 1 above it."""
        if self.estimate is None:
            return None
        return max(1.0, self.used / self.estimate.spread) * min(1.0, self.used / self.estimate.low)

    @property
    def verdict(self) -> Text:
        """Whether the used spread agrees with the estimate."""
        if self.outside is None:
            return Text("nicht schätzbar", "cannot be estimated")
        if 1 / TOLERANCE <= self.outside <= TOLERANCE:
            return Text("stimmt überein", "agrees")
        return Text("zu schmal", "too narrow") if self.outside < 1 else Text("zu breit", "too wide")


def fit(errors: Errors, scale: float = 1.0) -> Estimate | None:
    """Fit spread and power to errors by years ahead; None where no horizon has enough of them.

    ``scale`` turns the error of a mean over h years into the deviation at its end, where the two differ.
    """
    known = {h: scale * float(np.sqrt(np.mean(np.square(one)))) for h, one in errors.items() if len(one) >= FEWEST}
    if not known or min(known.values()) <= 0:
        return None
    ahead = np.log(np.array(list(known)) / YEARS)
    logs = np.log(np.array(list(known.values())))
    if len(known) == 1:
        power, level = RANDOM_WALK, float(logs[0] - RANDOM_WALK * ahead[0])
    else:
        slope, level = (float(one) for one in np.polyfit(ahead, logs, 1))
        power = float(np.clip(slope, 0.0, 1.5))
        level = level if power == slope else float((logs - power * ahead).mean())
    spread = float(np.exp(level))
    low = spread * min(_narrow(one) for h, one in errors.items() if h in known)
    return Estimate(spread, low, power, known, int(sum(len(one) for one in errors.values())))


def _narrow(errors: Array) -> float:
    """Return the smaller of standard deviation and, for many errors, its robust form, relative to the RMS error."""
    inner = float(errors.std())
    if len(errors) >= MANY:
        inner = min(inner, 1.4826 * float(np.median(np.abs(errors - np.median(errors)))))
    return inner / float(np.sqrt(np.mean(errors**2)))


def estimates(edition: Edition) -> dict[tuple[str, str], tuple[Estimate | None, Text]]:
    """Return (estimate, what it rests on) for every assumption and scope that the tables can speak about."""
    facts, values = edition.facts, parameters()
    found: dict[tuple[str, str], tuple[Estimate | None, Text]] = {}
    for key, scope, errors, basis in [*_demand(facts, values), *_population(facts, values), *_supply(facts, values)]:
        found[key, scope] = (fit(errors), basis)
    band = found["population.net_migration", "national"][0]
    calm = fit(_net_migration(facts, hindcasts.REFUGEES))
    if band is not None and calm is not None:
        found["population.net_migration", "national"] = (replace(band, low=calm.low), MIGRATION_BASIS)
    return found


MIGRATION_BASIS = Text(
    "Wanderungssaldo 1991–2021 ohne Zensusjahr: Mittel der nächsten Jahre gegen das Mittel aller Jahre davor; unteres Ende ohne die Fluchtjahre 1991, 1992 und 2015",
    "net migration 1991–2021 without the census year: mean of the next years against the mean of all years before; lower end without the refugee years 1991, 1992 and 2015",
)
Facts = Callable[[str], "pd.DataFrame"]
Found = Iterator[tuple[str, str, Errors, Text]]


def sized(facts: Facts, values: Parameters) -> dict[str, hindcasts.Regional]:
    """Return the errors per Kreis of the assumptions whose spread falls with the size of the Kreis."""
    people = facts("population_age5").groupby(["ags", "year"])["value"].sum().unstack("year")
    return {
        "demand.demand_total": hindcasts.employment_regional(outcomes.kreise(facts), values),
        "population.regional_migration": hindcasts.migration_regional(people, facts("births"), facts("deaths")),
    }


def size_power(found: hindcasts.Regional) -> float:
    """Return the power with which the spread falls with size, the mean over the years ahead."""
    return float(np.mean(list(found.powers().values())))


def neighbours(found: hindcasts.Regional, edition: Edition) -> dict[int, float]:
    """Return how much Kreise that border on each other are alike in their errors, by years ahead."""
    return found.near(size_power(found), prepare_places.beside(edition, tuple(found.ags)))


def _demand(facts: Facts, values: Parameters) -> Found:
    series, one = outcomes.series(facts, values), sized(facts, values)["demand.demand_total"]
    span, kreise = f"{series.first}–{series.last}", f"{series.first}–{int(outcomes.kreise(facts).columns[-1])}"
    yield "demand.demand_total", "national", hindcasts.employment_national(series, values), Text(
        f"Beschäftigte in Deutschland {span}, unsere Regel an jedem Ausgangsjahr; enthält den langen Aufschwung, dem auch das Angebot folgte",
        f"employees in Germany {span}, our rule at every origin; holds the long upswing, which supply followed too",
    )  # fmt: skip
    upper, lower = one.parts(size_power(one))
    yield "demand.demand_total", "land", upper, Text(f"Länder gegen Deutschland {kreise}", f"Länder against Germany {kreise}")  # fmt: skip
    yield "demand.demand_total", "kreis", lower, Text(
        f"Kreise gegen ihr Land {kreise}, umgerechnet auf einen Kreis mittlerer Größe",
        f"Kreise against their Land {kreise}, brought to a Kreis of median size",
    )  # fmt: skip
    yield (
        "demand.sector_trend",
        "sector",
        hindcasts.sector_shares(facts("sectors"), values),
        Text(
            "Anteile der elf Branchen 2015–2020, ein bis drei Jahre voraus, auf sieben verlängert; mit dem ersten Covid-Jahr",
            "shares of the eleven sectors 2015–2020, one to three years ahead, extended to seven; with the first Covid year",
        ),
    )
    yield (
        "demand.occupation_drift",
        "occupation",
        hindcasts.occupations_abroad(facts("bls"), facts("oes"), values),
        Text(
            "Berufsgruppen der USA (größere Hälfte): amtliche Projektion 2010–2020 mit unserer Dämpfung, unsere Regel 2013–2015 und 2015–2025; mit der Pandemie",
            "US occupation groups (larger half): official projection 2010–2020 with our damping, our rule 2013–2015 and 2015–2025; with the pandemic",
        ),
    )


def _net_migration(facts: Facts, without: frozenset[int] = frozenset()) -> Errors:
    people, births, deaths = (facts(name) for name in ("population_age_de", "births_month_de", "deaths_month_de"))
    return hindcasts.migration_national(people, births, deaths, without)


def _population(facts: Facts, values: Parameters) -> Found:
    yield "population.net_migration", "national", _net_migration(facts), MIGRATION_BASIS
    moved = sized(facts, values)["population.regional_migration"]
    upper, lower = moved.parts(size_power(moved))
    basis = Text(
        "Wanderung je Einwohner 2014–2021, drei Jahre gegen die folgenden; enthält die Erstaufnahme von 2015",
        "migration per inhabitant 2014–2021, three years against the following ones; holds the reception centres of 2015",
    )
    yield "population.regional_migration", "land", upper, basis
    yield "population.regional_migration", "kreis", lower, basis
    died = hindcasts.mortality(facts("deaths_age_de"), facts("population_age_de"), values)
    yield (
        "population.mortality_improvement",
        "national",
        died,
        Text(
            "Sterbefälle je Einwohner von 20 bis 64, 2000–2020, gedämpfter Trend von sieben Jahren",
            "deaths per inhabitant aged 20 to 64, 2000–2020, damped trend of seven years",
        ),
    )
    yield (
        "population.fertility",
        "national",
        hindcasts.fertility(facts("fertility")),
        Text(
            "Geburtenziffer 1990–2021 gegen „bleibt, wie sie ist“", 'fertility rate 1990–2021 against "stays as it is"'
        ),
    )


def _supply(facts: Facts, values: Parameters) -> Found:
    yield (
        "supply.participation_trend",
        "national",
        hindcasts.participation(facts("participation"), values),
        Text(
            "Mikrozensus 1991–2019, 25 bis 54 Jahre, gedämpfter Trend von acht Jahren",
            "Mikrozensus 1991–2019, ages 25 to 54, damped trend of eight years",
        ),
    )
    yield (
        "supply.retirement",
        "national",
        hindcasts.retirement(facts("participation")),
        Text(
            "Mikrozensus-Jahrgänge 1991–2019, Austritt von 55–59 nach 60–64, Trend von acht Jahren; enthält die Rentenreformen, die unser Modell als Regel kennt",
            "Mikrozensus cohorts 1991–2019, exit from 55–59 to 60–64, trend of eight years; holds the pension reforms, which our model knows as a rule",
        ),
    )


#: Why an assumption has no estimate.
NO_TABLE = {
    "population.arrivals_in_work": Text(
        "keine Reihe der Erwerbsbeteiligung nach Zuzugsjahr in den Daten", "no series of participation by year of arrival in the data"
    ),
    "supply.participation_trend": Text(
        "keine Reihe der Erwerbsbeteiligung je Kreis in den Daten", "no series of participation by Kreis in the data"
    ),
    "supply.retirement": Text("keine Reihe der Austritte je Kreis in den Daten", "no series of exits by Kreis in the data"),
    "supply.disability_hazard": Text(
        "keine Reihe der Erwerbsminderungsrenten nach Alter in den Daten", "no series of disability pensions by age in the data"
    ),
    "supply.entrants_unskilled": Text(
        "Anteil ohne Abschluss nur für einzelne Jahre bekannt", "share without qualification known for single years only"
    ),
    "supply.entrants_choice": Text(
        "Beschäftigte nach Beruf, Alter und Kreis nur für ein Jahr in den Daten",
        "employees by occupation, age and Kreis for one year only in the data",
    ),
    "supply.completion": Text(
        "gemessen durch Verstecken und Wiederfinden bekannter Zellen beim Bau der Ausgabe, nicht durch Rückrechnung",
        "measured by hiding and recovering known cells when the edition is built, not by hindcast",
    ),
    "demand.occupation_drift": Text(
        "Beruf × Kreis nur für ein Jahr in den Daten", "occupation × Kreis for one year only in the data"
    ),
}  # fmt: skip
_NONE = Text("keine vergangenen Fehler in den Daten", "no past errors in the data")


def table(edition: Edition) -> list[Line]:
    """Return every uncertain assumption and scope, used spread beside the estimate."""
    known, laws = estimates(edition), _laws(edition)
    lines = []
    for key, parameter in parameters().uncertain().items():
        assert parameter.distribution is not None
        for scope, used in parameter.distribution.spread.items():
            estimate, basis = known.get((key, scope), (None, NO_TABLE.get(key, _NONE)))
            marked = parameter.distribution.estimated and (key, scope) in known
            power = parameter.distribution.growth(scope)
            basis = _with_point(basis, parameter.distribution.source) if marked else basis
            size, near = laws.get(key, (None, None)) if scope == "kreis" else (None, None)
            lines.append(Line(key, scope, parameter.name, used, power, marked, estimate, basis, size, near))
    return lines


def _laws(edition: Edition) -> dict[str, tuple[Law, Law]]:
    """Return how spreads fall with the size of the Kreis and how alike neighbours are, by assumption."""
    values, laws = parameters(), {}
    for key, found in sized(edition.facts, values).items():
        known, powers = values[key].distribution, found.powers().values()
        assert known is not None
        alike = neighbours(found, edition).values()
        laws[key] = (
            Law(known.sizes.get("kreis", 0.0), min(powers), max(powers)),
            Law(2 * known.near.get("kreis", 0.0), min(alike), max(alike)),
        )
    return laws


def _with_point(basis: Text, source: Text) -> Text:
    """Add to what an estimate rests on which point of the band is used and why, as ``spreads.yaml`` says it."""
    heads = ("Rückrechnung: ", "hindcast: ")
    parts = zip(basis, source, heads, strict=True)
    said = [(one, told.removeprefix(head).removeprefix(one).lstrip("; ")) for one, told, head in parts]
    return Text(*(f"{one}. {point[:1].upper()}{point[1:]}" if point else one for one, point in said))


def document(lines: list[Line]) -> list[dict[str, Any]]:
    """Return the table as JSON documents carry it."""
    return [
        {
            "key": line.key, "scope": line.scope, "name": line.name._asdict(), "used": line.used, "power": line.power,
            "estimated": line.marked, "basis": line.basis._asdict(), "verdict": line.verdict._asdict(),
            "estimate": None if line.estimate is None else line.estimate.spread,
            "low": None if line.estimate is None else line.estimate.low,
            "estimated_power": None if line.estimate is None else line.estimate.power,
            "errors": 0 if line.estimate is None else line.estimate.errors,
            "by_horizon": {} if line.estimate is None else {str(h): e for h, e in line.estimate.by_horizon.items()},
            "size": None if line.size is None else asdict(line.size),
            "near": None if line.near is None else asdict(line.near),
        }
        for line in lines
    ]  # fmt: skip
