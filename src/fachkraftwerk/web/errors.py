"""Pages for what cannot be found or went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

from fachkraftwerk.core.errors import Refusal


class Missing(Refusal):
    """What the address itself names does not exist: answered 404 with the same words and remedy."""

    status = 404


@contextmanager
def named_in_the_address() -> Iterator[None]:
    """Turn a refusal of what the path of the address names into 404."""
    try:
        yield
    except Refusal as refusal:
        raise Missing(refusal.faults) from refusal


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 in plain words."""
    if request.path.startswith("/api/"):
        fault = {"where": request.path, "de": "Diese Adresse gibt es nicht. Die Beschreibung steht unter /api/.",
                 "en": "This address does not exist. The description is at /api/."}  # fmt: skip
        return JsonResponse({"faults": [fault]}, status=404)
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403: this page is not for everybody."""
    return _told(
        request,
        _("Diese Seite ist nicht für alle"),
        _("Bitte melden Sie sich an oder bitten Sie die Person, die die Werkstatt leitet, um einen Link."),
    )


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose protection is missing or too old: nothing was stored, and what to do."""
    return _told(
        request,
        _("Das wurde nicht übernommen"),
        _(
            "Das Formular war zu lange offen, oder Ihr Browser nimmt keine Cookies an. Gehen Sie zurück, laden Sie die Seite neu und senden Sie noch einmal."
        ),
    )


def _told(request: HttpRequest, title: str, words: str) -> HttpResponse:
    return render(request, "told.html", {"title": title, "words_": words}, status=403)


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400 without trusting anything in the request."""
    return HttpResponse(loader.render_to_string("400.html"), status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500 without touching database or session."""
    return HttpResponseServerError(loader.render_to_string("500.html"))


def page_of_a_method(request: HttpRequest, allowed: str) -> str:
    """Return the page for 405: the address exists, but is asked in another way."""
    words = {
        "title": _("So lässt sich diese Adresse nicht aufrufen"),
        "words_": _("Sie nimmt nur {methods} an. Gehen Sie zurück, oder beginnen Sie auf der Startseite.").format(
            methods=allowed
        ),
    }
    return loader.render_to_string("told.html", words, request)
