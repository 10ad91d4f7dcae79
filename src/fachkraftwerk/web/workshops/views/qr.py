"""QR code of the way in, as inline SVG."""

from __future__ import annotations

import io

import segno
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from fachkraftwerk.web.addresses import absolute


def join_address(request: HttpRequest, code: str) -> str:
    """Return the address people open."""
    return absolute(request, reverse("workshops:phone", args=[code]))


def svg(address: str) -> SafeString:
    """Return the code as SVG without size, so that the style sheet decides."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2,
                                        dark="#1b1f24", light="#ffffff", svgclass=None, lineclass=None)  # fmt: skip
    return mark_safe(out.getvalue().decode())  # made by segno from our own address
