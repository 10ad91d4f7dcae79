"""The effect of a lever on the gap, for the measure sheet."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.web.workshops.domain import effect as effects
from fachkraftwerk.web.workshops.models import Workshop


def show(request: HttpRequest, code: str) -> JsonResponse:
    """Return the sentence as JSON; a refusal is a sentence too, because somebody is still typing."""
    workshop = get_object_or_404(Workshop, code=code)
    lang = get_language() or "de"
    try:
        dose = effects.parse_dose(request.GET.get("strength", "")[:20])
        told = effects.effect(workshop.region, request.GET.get("lever", "")[:60], dose).in_(lang)
    except Refusal as refusal:
        return JsonResponse({"text": refusal.message(lang), "refused": True})
    return JsonResponse({"text": told, "refused": False})
