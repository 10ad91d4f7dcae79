"""Addresses of the application; each app brings its own."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

PREFIXES = {
    "accounts": "konto/",
    "regions": "",
    "about": "",
    "scenarios": "massnahmen/",
    "quality": "guete/",
    "workshops": "werkstatt/",
    "afterwards": "werkstatt/",
    "roadmap": "fahrplan/",
    "network": "netzwerk/",
    "api": "api/",
}


def _app(name: str) -> list[URLPattern | URLResolver]:
    module = f"fachkraftwerk.web.{name}"
    has_addresses = (settings.PACKAGE / name / "urls.py").exists()
    if module not in settings.INSTALLED_APPS or not has_addresses:
        return []
    return [path(PREFIXES[name], include(f"{module}.urls"))]


urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("sprache/", set_language, name="set_language"),
    # The pages of the regions answer at the root, so they come last.
    *(entry for name in PREFIXES if name != "regions" for entry in _app(name)),
    *_app("regions"),
]
handler400 = "fachkraftwerk.web.errors.unreadable"
handler403 = "fachkraftwerk.web.errors.forbidden"
handler404 = "fachkraftwerk.web.errors.not_found"
handler500 = "fachkraftwerk.web.errors.broken"
