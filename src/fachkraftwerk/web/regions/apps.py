"""Pages of the regions."""

import os
import threading

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "fachkraftwerk.web.regions"
    label = "regions"

    def ready(self) -> None:
        """Warm the desk in the background where a server asks for it (FACHKRAFTWERK_WARM=1)."""
        if os.environ.get("FACHKRAFTWERK_WARM") == "1":
            threading.Thread(target=_warm, name="warm", daemon=True).start()


def _warm() -> None:
    from fachkraftwerk.runs.desk import open_desk

    open_desk().warm()
