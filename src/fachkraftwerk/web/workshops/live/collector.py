"""The garbage collector must not ring the bell: a full collection of a warm server stops everybody for 200 ms.

What is there after the start (modules, views, templates) stays for good and is no longer looked through; what a
workshop keeps (events, cards) holds no cycles and is freed without the collector. So it may look less often.
"""

from __future__ import annotations

import gc

YOUNG, MIDDLE, OLD = 20_000, 20, 20
"""Objects made until the youngest are looked through; rounds of those until the middle ones, and then the old ones."""


def calm() -> None:
    """Set what exists aside and look through the rest less often. Once, when the server starts."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
