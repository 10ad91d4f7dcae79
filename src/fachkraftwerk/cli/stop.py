"""What a long command says and does when it is stopped."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from fachkraftwerk.cli.output import say
from fachkraftwerk.core.text import Text


@contextmanager
def stoppable(left: Text | None = None) -> Iterator[None]:
    """Clear away after Ctrl-C and when asked to end, say what is left, and end with 128 + the signal's number."""
    asked: list[int] = []

    def stop(number: int, _: object) -> NoReturn:
        asked.append(number)
        raise KeyboardInterrupt

    before = {one: signal.signal(one, stop) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except BaseException as error:  # a library in the midst of its work may make an error of its own of the signal
        if not asked:
            raise
        say(f"Abgebrochen; {left.de} · Stopped; {left.en}" if left else "Abgebrochen. · Stopped.")
        raise SystemExit(128 + asked[0]) from error
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
