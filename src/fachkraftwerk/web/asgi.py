"""Entry point of the web application (ASGI)."""

from __future__ import annotations

import os
from typing import Any, cast

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fachkraftwerk.web.settings")

_django = get_asgi_application()

# Imported after Django is set up: the live channel answers in front of Django's middleware.
from fachkraftwerk.web.workshops.live.app import live  # noqa: E402

# Django states narrower message types than ASGI does.
application = live(cast(Any, _django))
