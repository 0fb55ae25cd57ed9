"""The server itself: who never comes to the point is hung up on, who asks in time is answered."""

from __future__ import annotations

import socket
import threading
import time

import pytest
import uvicorn

from sayso.web import server
from sayso.web.app import make_app
from tests.web.kiosk import Kiosk

WHOLE = b"GET /health HTTP/1.1\r\nHost: desk.example\r\n\r\n"


def test_a_request_that_never_ends_is_hung_up_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.web.server.HURRY_SECONDS", 0.5)
    listening = server.bind("127.0.0.1", 0)
    config = uvicorn.Config(make_app(Kiosk()), http=server.Hurried, log_level="warning")
    desk = uvicorn.Server(config)
    thread = threading.Thread(target=desk.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        with socket.create_connection(listening.getsockname(), timeout=20) as reader:
            reader.sendall(WHOLE)
            assert reader.recv(100).startswith(b"HTTP/1.1 200")
            time.sleep(0.1)
            while reader.recv(65_536)[-1:] != b"}":  # the whole answer
                pass
            # A second request on the same connection, and it dribbles in.
            assert _hung_up(reader, within=15)
    finally:
        desk.should_exit = True
        thread.join(timeout=10)


def _hung_up(reader: socket.socket, *, within: float) -> bool:
    """Send a letter of a request now and then; say whether the other side hung up."""
    began = time.monotonic()
    while time.monotonic() - began < within:
        try:
            reader.sendall(b"G")
        except ConnectionError:
            return True
        time.sleep(0.1)
    return False
