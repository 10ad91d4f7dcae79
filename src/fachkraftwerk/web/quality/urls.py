"""Addresses of the pages on quality."""

from django.urls import path

from fachkraftwerk.web.quality.views import certainty, proof, vintages

app_name = "quality"
urlpatterns = [
    path("", proof.home, name="home"),
    path("sicherheit/", certainty.page, name="certainty"),
    path("ausgaben/", vintages.page, name="vintages"),
]
