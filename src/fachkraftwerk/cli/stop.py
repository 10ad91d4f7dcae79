"""What a long command says and does when it is stopped."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from fachkraftwerk.cli.output import say
from fachkraftwerk.core.text import Text


@contextmanager
def stoppable(left: Text) -> Iterator[None]:
    """Clear away when asked to end, as after Ctrl-C, and say what is left; then end."""
    signal.signal(signal.SIGTERM, _stop)
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        say(f"Abgebrochen; {left.de} · Stopped; {left.en}")
        raise


def _stop(number: int, _: object) -> None:
    raise SystemExit(128 + number)
