"""Addresses of the pages on quality."""

from django.urls import path
from django.views.generic import RedirectView

from fachkraftwerk.web.quality.views import certainty, files, kept, proof, sides

app_name = "quality"
urlpatterns = [
    path("", proof.home, name="home"),
    path("sicherheit/", certainty.page, name="certainty"),
    path("laeufe/", kept.page, name="runs"),
    path("ausgaben/", RedirectView.as_view(pattern_name="quality:runs", permanent=True, query_string=True)),
    path("luecken/", sides.published, name="published"),
    path("spannen/", sides.spreads, name="spreads"),
    path("schwach/", sides.weak, name="weak"),
    path("ergebnis.json", files.whole, name="json"),
    path("<slug:name>.csv", files.table, name="csv"),
    path("<slug:slug>/", proof.test, name="test"),
]
