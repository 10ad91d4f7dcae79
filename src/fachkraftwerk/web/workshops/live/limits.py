"""How much one sender may do, and who sends."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass

BODY = 16 * 1024
"""Largest message in bytes; the longest text of a sheet is well below."""


@dataclass
class _Bucket:
    level: float
    at: float


class Limiter:
    """Token buckets by key: ``burst`` at once, then ``rate`` per second. Forgets the longest unused keys."""

    def __init__(self, rate: float, burst: float, keys: int = 20_000) -> None:
        self.rate, self.burst, self.keys = rate, burst, keys
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def empty(self, key: str) -> bool:
        """Whether the bucket is empty; takes nothing."""
        bucket = self._buckets.get(key)
        return bucket is not None and bucket.level + (time.monotonic() - bucket.at) * self.rate < 1

    def allow(self, key: str, now: float | None = None) -> bool:
        """Take one from the bucket; False if it is empty."""
        now = time.monotonic() if now is None else now
        bucket = self._buckets.get(key) or _Bucket(self.burst, now)
        bucket.level = min(self.burst, bucket.level + (now - bucket.at) * self.rate)
        bucket.at = now
        self._buckets[key] = bucket
        self._buckets.move_to_end(key)
        while len(self._buckets) > self.keys:
            self._buckets.popitem(last=False)
        if bucket.level < 1:
            return False
        bucket.level -= 1
        return True
