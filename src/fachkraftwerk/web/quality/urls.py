"""Addresses of the pages on quality."""

from django.urls import path

from fachkraftwerk.web.quality.views import proof

app_name = "quality"
urlpatterns = [
    path("", proof.home, name="home"),
]
