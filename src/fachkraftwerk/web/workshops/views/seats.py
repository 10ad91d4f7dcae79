"""The seats a device holds, in one cookie per workshop. Scripts cannot read it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

MOST = 12
MONTH = 30 * 24 * 3600


def tokens(request: HttpRequest, code: str) -> list[str]:
    """Return the tokens of this device in the order of joining; the active one is ``active``."""
    parts = request.COOKIES.get(_name(code), "").split(".")
    return [part for part in parts[1:] if 20 <= len(part) <= 64][:MOST]


def active(request: HttpRequest, code: str) -> int:
    """Return the index of the person who holds the device; -1 while it is being handed over."""
    first = request.COOKIES.get(_name(code), "").split(".")[0]
    index = int(first) if first.isdigit() else -1
    return index if index < len(tokens(request, code)) else -1


def keep(response: HttpResponse, code: str, held: list[str], index: int) -> None:
    """Write the cookie."""
    value = ".".join([str(index) if index >= 0 else "-", *held[:MOST]])
    response.set_cookie(
        _name(code), value, max_age=MONTH, httponly=True, samesite="Lax", secure=settings.HTTPS, path="/werkstatt/"
    )


def drop(response: HttpResponse, code: str) -> None:
    """Forget all seats of this device."""
    response.delete_cookie(_name(code), path="/werkstatt/", samesite="Lax")


def _name(code: str) -> str:
    return f"seats-{code}"
