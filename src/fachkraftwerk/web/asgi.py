"""Entry point of the web application (ASGI)."""

from __future__ import annotations

import os
import sys
from typing import Any, cast

from django.core.asgi import get_asgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fachkraftwerk.web.settings")

# The event loop asks for the interpreter once per message; a thread that renders must hand it over at once.
sys.setswitchinterval(0.0005)
_django = get_asgi_application()
_ = get_resolver().url_patterns  # all views are imported now, and not while the first phones wait

# Imported after Django is set up: the live channel answers in front of Django's middleware.
from fachkraftwerk.web.workshops.live.app import live  # noqa: E402

# Django states narrower message types than ASGI does.
application = live(cast(Any, _django))
