"""Addresses that other devices open: in links, QR codes and minutes."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

_OWN = ("127.0.0.1", "localhost", "[::1]")


def absolute(request: HttpRequest, path: str) -> str:
    """Return the full address of ``path`` as this request reached the server.

    The laptop in the hall calls itself 127.0.0.1; the phones of the hall need the address they can reach.
    """
    name = request.get_host().removesuffix(f":{request.get_port()}")
    if settings.PUBLIC_ADDRESS and name in _OWN:
        return f"{settings.PUBLIC_ADDRESS}{path}"
    return request.build_absolute_uri(path)
