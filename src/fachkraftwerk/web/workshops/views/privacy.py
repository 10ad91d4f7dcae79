"""What is stored, why, and for how long."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(request: HttpRequest) -> HttpResponse:
    """Show the data-protection page of the workshop."""
    return render(request, "workshops/privacy.html")
