"""What every page knows: the way through the product."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

#: The loop of the product, in its order. A part appears once its app is installed.
PARTS = (
    ("regions:start", _("Prognose"), "/"),
    ("scenarios:library", _("Maßnahmen"), "/massnahmen/"),
    ("workshops:home", _("Werkstatt"), "/werkstatt/"),
    ("roadmap:home", _("Fahrplan"), "/fahrplan/"),
    ("network:home", _("Netzwerk"), "/netzwerk/"),
)


#: Pages beside the loop: no part of it is the current one there.
BESIDE = ("/hilfe/", "/impressum/", "/datenschutz/", "/barrierefreiheit/", "/konto/", "/api/")


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return the navigation entries that exist, the current one marked."""
    entries: list[dict[str, Any]] = []
    for name, label, prefix in PARTS:
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        entries.append({"label": label, "address": address, "prefix": prefix})
    current = _current(request.path, [entry["prefix"] for entry in entries])
    for entry in entries:
        entry["current"] = entry["prefix"] == current
    return {"navigation": entries}


def _current(path: str, prefixes: list[str]) -> str:
    if path.startswith(BESIDE):
        return ""
    matching = [prefix for prefix in prefixes if path.startswith(prefix) and prefix != "/"]
    return matching[0] if matching else "/"
