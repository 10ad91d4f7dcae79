"""Pages for what cannot be found or went wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template import loader


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 in plain words."""
    if request.path.startswith("/api/"):
        fault = {"where": request.path, "de": "Diese Adresse gibt es nicht. Die Beschreibung steht unter /api/.",
                 "en": "This address does not exist. The description is at /api/."}  # fmt: skip
        return JsonResponse({"faults": [fault]}, status=404)
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500 without touching database or session."""
    return HttpResponseServerError(loader.render_to_string("500.html"))
