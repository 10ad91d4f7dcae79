"""A raw HTTP/1.1 client on asyncio streams: it can lose requests and answers on purpose."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any


@lru_cache(512)
def _change(data: bytes) -> dict[str, Any]:
    """Read a change once for all clients that are sent the same bytes; nobody alters it."""
    change: dict[str, Any] = json.loads(data)
    return change


class Lost(Exception):
    """The request or its answer did not arrive."""


@dataclass
class Wire:
    """One connection to one server, opened when needed and kept alive."""

    port: int
    token: str
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None

    async def ask(
        self, method: str, path: str, data: Any = None, lose_answer: bool = False, parse: bool = True
    ) -> tuple[int, Any]:
        """Send a request and return status and JSON (bytes if not ``parse``). Raises Lost if no answer comes."""
        try:
            async with asyncio.timeout(8):
                await self._send(method, path, data)
                if lose_answer:
                    self.close()
                    raise Lost
                return await self._receive(parse)
        except (OSError, EOFError, ValueError, TimeoutError) as error:
            self.close()
            raise Lost from error

    async def _send(self, method: str, path: str, data: Any) -> None:
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=2**24)
        body = b"" if data is None else json.dumps(data).encode()
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {self.token}\r\nAccept-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n"
        self.writer.write(head.encode() + body)
        await self.writer.drain()

    async def _receive(self, parse: bool) -> tuple[int, Any]:
        assert self.reader is not None
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        status = int(head.split(" ", 2)[1])
        length = int(head.split("content-length:")[1].split("\r\n")[0])
        body = await self.reader.readexactly(length)
        if "connection: close" in head:
            self.close()
        if not parse:
            return status, body
        return status, json.loads(gzip.decompress(body) if "content-encoding: gzip" in head else body)

    async def events(self, path: str) -> AsyncIterator[dict[str, Any]]:
        """Yield the data of a stream of Server-Sent Events until it breaks (Lost)."""
        try:
            await self._send("GET", path, None)
            assert self.reader is not None
            await self.reader.readuntil(b"\r\n\r\n")
            while True:
                size = int(await self.reader.readuntil(b"\r\n"), 16)
                piece = await self.reader.readexactly(size + 2)
                for line in piece.splitlines():
                    if line.startswith(b"data: "):
                        yield _change(line[6:])
        except (OSError, EOFError, ValueError) as error:
            raise Lost from error
        finally:
            self.close()

    def close(self) -> None:
        """Drop the connection."""
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None
