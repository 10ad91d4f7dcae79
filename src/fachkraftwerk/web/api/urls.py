"""Addresses of the API; the namespace "api" belongs to the operations."""

from django.urls import path

from fachkraftwerk.web.api.views import api, home

urlpatterns = [path("", home, name="api-home"), path("", api.urls)]
