"""An outlet on loopback: a real HTTP server that behaves as a test tells it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Behaviour = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Does what the test that started the server wants done for a path."""

    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        behaviour = self.server.paths.get(self.path)
        if behaviour is None:
            self.answer(404)
            return
        try:
            behaviour(self)
        except OSError:  # the reader had enough
            self.close_connection = True

    def do_POST(self) -> None:
        self.server.given.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.do_GET()

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "content_length" not in headers and "Transfer-Encoding" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """An outlet on loopback."""

    daemon_threads = True

    def __init__(self, address: str) -> None:
        super().__init__((address, 0), Handler)
        self.paths: dict[str, Behaviour] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.given: list[bytes] = []  # with POST

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


def gives(status: int, body: bytes = b"", **headers: str) -> Behaviour:
    return lambda handler: handler.answer(status, body, **headers)


@contextmanager
def open_outlet(address: str = "127.0.0.1") -> Iterator[Server]:
    """Serve until the end of the block."""
    with Server(address) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
        try:
            yield server
        finally:
            server.shutdown()
