"""Environment of all tests; loaded by ``-p`` before pytest-django reads the settings."""

from __future__ import annotations

import os
import tempfile

# Tests must never touch the home of a real installation.
os.environ["FACHKRAFTWERK_HOME"] = tempfile.mkdtemp(prefix="fachkraftwerk-test-")
# "testserver" is the host of Django's and schemathesis's test clients.
os.environ["FACHKRAFTWERK_HOSTS"] = "127.0.0.1,localhost,testserver"
os.environ.pop("FACHKRAFTWERK_EDITION", None)
os.environ.pop("DATABASE_URL", None)
# pytest-django forbids database work inside a running loop; Playwright's sync interface runs one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
