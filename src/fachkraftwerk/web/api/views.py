"""The API's operations. Each calls the function that page and command line call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI, Query
from ninja.decorators import decorate_view
from ninja.errors import ValidationError

from fachkraftwerk import __version__
from fachkraftwerk.core.classifications import BASE_YEAR, HORIZON
from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.figure import Figure
from fachkraftwerk.core.regions import shortened
from fachkraftwerk.core.text import Text
from fachkraftwerk.runs import limits, listing
from fachkraftwerk.runs.desk import DRAWS, Desk, open_desk
from fachkraftwerk.runs.explain import as_document, explain
from fachkraftwerk.runs.limits import MOST_DRAWS
from fachkraftwerk.web.api import guide
from fachkraftwerk.web.api.schemas import (
    EditionOut,
    FaultsOut,
    FigureOut,
    ForecastOut,
    NodeOut,
    RegionOut,
)

MOST_REGIONS = 5

api = NinjaAPI(
    title="Fachkraftwerk", version=__version__, docs_url=None, openapi_url="openapi.json", urls_namespace="api",
    description="Forecast of the shortage of skilled workers for each of Germany's 400 Kreise. "
    "Every figure carries its address; ask /figures/{address}/explain where it comes from.",
)  # fmt: skip
FAULTY = {400: FaultsOut, 404: FaultsOut}

Answer = Callable[..., HttpResponse]
Region = Annotated[
    list[str], Query(..., description="AGS, name or zone 06611+06633", min_length=1, max_length=MOST_REGIONS)
]
Year = Annotated[int, Query(ge=BASE_YEAR, le=HORIZON)]
Draws = Annotated[int, Query(ge=1, le=MOST_DRAWS, description="1: central path only")]
_WORD = f"({'|'.join(listing.BREAKDOWNS)})"
Breakdown = Annotated[
    str, Query(pattern=f"^{_WORD}(,{_WORD})*$", description="total, qualification, level, occupation")
]
Group = Literal["skilled", "vocational", "academic", "unskilled", "total"]


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer a refusal with all its faults: a Kreis or figure that does not exist is not found."""
    return api.create_response(request, _faults(refusal.faults), status=getattr(refusal, "status", 404))


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer parameters of the wrong kind like any other refusal."""
    return api.create_response(request, _faults([_of_parameter(one) for one in error.errors]), status=400)


def _faults(faults: Any) -> dict[str, Any]:
    return {"faults": [{"where": f.where, "de": f.message("de"), "en": f.message("en")} for f in faults]}


#: Why a parameter is refused, by the kind of error.
_WHY = {
    "missing": Text("die Angabe fehlt", "it is missing"),
    "greater_than_equal": Text("mindestens {ge}", "at least {ge}"),
    "less_than_equal": Text("höchstens {le}", "at most {le}"),
    "int_parsing": Text("eine ganze Zahl wird gebraucht", "a whole number is needed"),
    "literal_error": Text("möglich sind {expected}", "possible are {expected}"),
    "string_pattern_mismatch": Text(
        f"erlaubt sind {', '.join(listing.BREAKDOWNS)}, mehrere mit Komma",
        f"{', '.join(listing.BREAKDOWNS)} are allowed, several with commas",
    ),
    "too_long": Text("höchstens {max_length} Angaben", "{max_length} values at most"),
    "too_short": Text("mindestens {min_length} Angabe", "{min_length} value at least"),
}


def _of_parameter(error: dict[str, Any]) -> Fault:
    name = str(error["loc"][-1])
    words, given = _WHY.get(error["type"]), error.get("ctx", {})
    german = {key: str(value).replace(" or ", " oder ") for key, value in given.items()}
    why = Text(words.de.format(**german), words.en.format(**given)) if words else Text(error["msg"], error["msg"])
    what = Text(f"Der Wert ist nicht möglich ({why.de}).", f"The value is not possible ({why.en}).")
    remedy = Text("Die Beschreibung steht unter /api/openapi.json.", "The description is at /api/openapi.json.")
    return Fault(what, remedy, name)


def only(*names: str) -> Callable[[Answer], Answer]:
    """Refuse parameters an operation does not know: a misspelt one would be answered with another question's figure."""

    def guarded(run: Answer) -> Answer:
        def answer(request: HttpRequest, **rest: Any) -> HttpResponse:
            strange = [name for name in request.GET if name not in (*names, "lang")]
            if not strange:
                return run(request, **rest)
            return api.create_response(request, _faults([_strange(name, names) for name in strange]), status=400)

        return answer

    return guarded


def _strange(name: str, names: Sequence[str]) -> Fault:
    known = ", ".join(names)
    what = Text("Diese Angabe gibt es hier nicht.", "There is no such parameter here.")
    remedy = Text("Hier gibt es keine Angaben.", "There are no parameters here.")
    if names:
        remedy = Text(f"Möglich sind: {known}.", f"Possible are: {known}.")
    return Fault(what, remedy, shortened(name))


@api.get("/regions", response={200: list[RegionOut], 400: FaultsOut}, summary="All Kreise, or those that match a name")
@decorate_view(only("q"))
def regions(request: HttpRequest, q: str = "") -> list[Any]:
    """Return Kreise, best match first."""
    index = open_desk().edition.regions
    return index.search(q, limit=20) if q else list(index.regions)


@api.get("/forecast", response={200: ForecastOut, **FAULTY}, summary="Gap and its components")
@decorate_view(only("region", "year", "by", "qualification", "draws"))
def forecast(
    request: HttpRequest, region: Region, year: Year = 2030, by: Breakdown = "total", qualification: Group = "skilled",
    draws: Draws = 200,
) -> dict[str, Any]:  # fmt: skip
    """Return figures of Kreise or zones. ``by``: any of total,qualification,level,occupation."""
    desk = open_desk()
    asked = listing.Asked(desk.edition.name, year, listing.breakdowns(by), qualification)
    zones = [desk.zone(words) for words in region]
    for zone in zones:
        limits.check(zone, draws)
    return listing.document(desk, [zone.key for zone in zones], asked, draws)


@api.get("/figures/{address}", response={200: FigureOut, **FAULTY}, summary="One figure by its address")
@decorate_view(only("draws"))
def figure(request: HttpRequest, address: str, draws: Draws = 200) -> dict[str, Any]:
    """Return one figure."""
    desk = open_desk()
    asked = _figure(desk, address, draws)
    return listing.row(asked, desk.forecast(asked.region, draws), desk.zone(asked.region).name)


@api.get("/figures/{address}/explain", response={200: NodeOut, **FAULTY}, summary="A figure’s way back to its sources")
@decorate_view(only())
def explained(request: HttpRequest, address: str) -> dict[str, Any]:
    """Return the tree from the figure through functions and parameters to source rows (central path)."""
    desk = open_desk()
    return as_document(explain(_figure(desk, address), desk, draws=0))


@api.get("/edition", response={200: EditionOut, 400: FaultsOut}, summary="The open data edition")
@decorate_view(only())
def edition(request: HttpRequest) -> dict[str, Any]:
    """Return tables and sources of the edition."""
    opened = open_desk().edition
    sources = [one.as_document() for one in opened.sources.values()]
    return {"name": opened.name, "tables": opened.tables, "sources": sources}


def _figure(desk: Desk, address: str, draws: int = DRAWS) -> Figure:
    asked = Figure.parse(address)
    desk.check(asked)
    zone = desk.zone(asked.region)
    limits.check(zone, draws)
    return asked.at(region=zone.key)


def home(request: HttpRequest) -> HttpResponse:
    """Describe the API to people; the machine-readable description is beside it."""
    paths = api.get_openapi_schema()["paths"]
    operations = [guide.operation(address, one) for address, methods in paths.items() for one in methods.values()]
    return render(
        request, "api/home.html", {"operations": operations, "fields": guide.FIELDS.items(), "example": guide.EXAMPLE}
    )
