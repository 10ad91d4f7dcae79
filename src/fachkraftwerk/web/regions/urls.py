"""Addresses of the regions' pages."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern
from django.urls import path as address
from django.views.decorators.http import require_safe

from fachkraftwerk.web.regions.views import compare, downloads, figure, kreis, plain, search, start, vintages

app_name = "regions"


def path(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    """Return an address that can be read only."""
    return address(route, require_safe(view), name=name)


urlpatterns = [
    path("", start.germany, name="start"),
    path("land/<str:land>/", start.land, name="land"),
    path("suche/", search.results, name="search"),
    path("suche/vorschlaege/", search.suggestions, name="suggestions"),
    path("kreis/<str:key>/", kreis.page, name="kreis"),
    path("kreis/<str:key>/daten.csv", downloads.csv_file, name="csv"),
    path("kreis/<str:key>/daten.xlsx", downloads.xlsx_file, name="xlsx"),
    path("kreis/<str:key>/bild/<slug:picture>.svg", downloads.svg_file, name="svg"),
    path("kreis/<str:key>/bild/<slug:picture>.png", downloads.png_file, name="png"),
    path("kreis/<str:key>/ausgaben/", vintages.page, name="vintages"),
    path("vergleich/", compare.page, name="compare"),
    path("zahl/<str:address>/", figure.page, name="figure"),
    path("methode/", plain.method, name="method"),
    path("methode/annahmen.csv", plain.assumptions, name="assumptions"),
    path("daten/", plain.data, name="data"),
]
