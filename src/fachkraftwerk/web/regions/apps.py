"""Pages of the regions."""

import ctypes
import os
import threading
import time
from contextlib import suppress

from django.apps import AppConfig

#: Seconds in which the first pages have the processors to themselves.
PAUSE = 3.0


class RegionsConfig(AppConfig):
    name = "fachkraftwerk.web.regions"
    label = "regions"

    def ready(self) -> None:
        """Warm the desk in the background where a server asks for it (FACHKRAFTWERK_WARM=1)."""
        if os.environ.get("FACHKRAFTWERK_WARM") == "1":
            warm()


def warm() -> None:
    """Prepare what all pages share while the first reader is still typing the address."""

    def prepare() -> None:
        from fachkraftwerk.runs.desk import open_desk

        open_desk().ready()
        time.sleep(PAUSE)
        open_desk().warm()
        _give_back()

    threading.Thread(target=prepare, name="warm", daemon=True).start()


def _give_back() -> None:
    """Hand memory that preparing has freed back to the system; glibc would keep it for later."""
    with suppress(AttributeError, OSError, TypeError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)
