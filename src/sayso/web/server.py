"""Runs the application until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import cast

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

LEAVE_SECONDS = 2
"""How long open streams may take to end after Ctrl-C; their readers resume by cursor."""

HURRY_SECONDS = 20
"""How long a reader may take to send a request: one that never ends holds a connection."""


class Hurried(H11Protocol):
    """Speaks HTTP with one reader, and hangs up on one who does not come to the point."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # A protocol is handed any transport; this one is of a connection, and can be written to.
        super().connection_made(cast("asyncio.Transport", transport))
        self._late = self.loop.call_later(HURRY_SECONDS, self._hang_up)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        answering = self.cycle is not None and not self.cycle.response_complete
        if answering and self._late is not None:
            self._late.cancel()
            self._late = None
        elif not answering and self._late is None:
            self._late = self.loop.call_later(HURRY_SECONDS, self._hang_up)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._late is not None:
            self._late.cancel()
        super().connection_lost(exc)

    def _hang_up(self) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()


def bind(host: str, port: int) -> socket.socket:
    """Return a socket that listens at `host` and `port`; 0 takes any port that is free.

    Raises OSError when it cannot, before anything was said to readers.
    """
    family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen()  # so that who comes before we answer waits and is not refused
    except OSError:
        listening.close()
        raise
    return listening


def serve(app: ASGIApp, listening: socket.socket) -> None:
    """Answer readers at `listening` until interrupted; return then, without an error."""
    _raise_open_files()
    config = uvicorn.Config(
        app,
        http=Hurried,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=LEAVE_SECONDS,
    )
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])


def _raise_open_files() -> None:
    """Allow as many open files as the system lets us: each reader who listens is one."""
    try:
        import resource
    except ImportError:  # not on Windows, where there is no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
