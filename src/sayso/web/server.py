"""Runs the application until it is told to stop."""

from __future__ import annotations

import contextlib

import uvicorn
from starlette.types import ASGIApp

LEAVE_SECONDS = 2
"""How long open streams may take to end after Ctrl-C; their readers resume by cursor."""


def serve(app: ASGIApp, *, host: str, port: int) -> None:
    """Answer readers at `host` and `port` until interrupted; return then, without an error."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=LEAVE_SECONDS,
    )
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run()
