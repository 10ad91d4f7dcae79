"""Addresses of measures and scenarios."""

from django.urls import path

from fachkraftwerk.web.scenarios.views import build, bundle, compare, exports, library, record, saved

app_name = "scenarios"
urlpatterns = [
    path("", library.page, name="library"),
    path("hebel/<slug:key>/", library.lever, name="lever"),
    path("eintrag/<slug:ident>/", record.page, name="record"),
    path("eintrag/<slug:ident>/werkstatt/", record.take, name="take"),
    path("rechnen/", build.page, name="build"),
    path("rechnen/antwort/", build.answer, name="answer"),
    path("rechnen/antwort.json", exports.answer_json, name="answer-json"),
    path("rechnen/daten.csv", exports.csv_file, name="csv"),
    path("rechnen/rahmen.csv", exports.matrix_file, name="matrix-csv"),
    path("rechnen/szenario.json", exports.json_file, name="json"),
    path("rechnen/bild/<slug:picture>.<slug:ending>", exports.picture, name="picture"),
    path("einlesen/", saved.read, name="import"),
    path("sichern/", saved.save, name="save"),
    path("s/<str:token>/", saved.show, name="saved"),
    path("s/<str:token>/szenario.json", saved.document, name="saved-json"),
    path("s/<str:token>/kopie/", saved.duplicate, name="duplicate"),
    path("s/<str:token>/loeschen/", saved.delete, name="delete"),
    path("vergleich/", compare.page, name="compare"),
    path("vergleich/antwort.json", compare.answer_json, name="compare-json"),
    path("vergleich/daten.csv", compare.csv_file, name="compare-csv"),
    path("vergleich/bild.<slug:ending>", compare.picture, name="compare-picture"),
    path("buendel/", bundle.page, name="bundle"),
    path("buendel/antwort.json", bundle.answer_json, name="bundle-json"),
    path("buendel/daten.csv", bundle.csv_file, name="bundle-csv"),
    path("buendel/bild.<slug:ending>", bundle.picture, name="bundle-picture"),
]
