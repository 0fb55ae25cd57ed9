"""Live changes, heard from a real server over a real connection."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from sayso.web.app import make_app
from tests.web.kiosk import BRIEFING, Kiosk, served

START = BRIEFING.cursor


def next_id(answer: http.client.HTTPResponse) -> int:
    """Listen for the next event; return its id."""
    while row := answer.readline():
        if row.startswith(b"id: "):
            return int(row[4:])
    raise AssertionError("the stream ended")


def heard(address: str, path: str, wanted: int, headers: dict[str, str] | None = None) -> list[int]:
    """Listen until `wanted` events came; return their ids."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    connection.request("GET", path, headers=headers or {})
    answer = connection.getresponse()
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    ids: list[int] = []
    while len(ids) < wanted:
        ids.append(next_id(answer))
        assert answer.readline().strip() == b"event: change"
        assert json.loads(answer.readline().removeprefix(b"data: "))["cursor"] == ids[-1]
    connection.close()
    return ids


def test_a_reader_hears_every_change_after_its_cursor_in_order_and_once() -> None:
    kiosk = Kiosk()
    kiosk.move(7)
    with served(make_app(kiosk, poll_seconds=0.02)) as address:
        ids = heard(address, f"/events?topic=lowbridge&after={START}", 7)
    assert ids == list(range(START + 1, START + 8))


def test_a_reader_that_reconnects_goes_on_after_the_last_that_it_heard() -> None:
    kiosk = Kiosk()
    kiosk.move(5)
    with served(make_app(kiosk, poll_seconds=0.02)) as address:
        path = f"/events?topic=lowbridge&after={START}"
        assert heard(address, path, 2) == [START + 1, START + 2]
        again = heard(address, path, 3, {"Last-Event-ID": str(START + 2)})
    assert again == [START + 3, START + 4, START + 5]


def test_a_reader_hears_what_comes_while_it_listens() -> None:
    kiosk = Kiosk()
    with served(make_app(kiosk, poll_seconds=0.02)) as address:
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
        connection.request("GET", "/events")
        answer = connection.getresponse()
        assert answer.readline()  # the stream is open, and nothing is new yet
        kiosk.move(1)
        assert next_id(answer) == START + 1
        connection.close()


def test_what_bears_on_another_briefing_is_passed_over_and_nothing_after_it_is_lost() -> None:
    kiosk = Kiosk()
    kiosk.elsewhere = set(range(START + 1, START + 6))
    kiosk.move(5)
    with served(make_app(kiosk, poll_seconds=0.02)) as address:
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
        connection.request("GET", f"/events?topic=lowbridge&after={START}")
        answer = connection.getresponse()
        time.sleep(0.2)
        kiosk.move(1)
        assert next_id(answer) == START + 6
        connection.close()


@pytest.mark.parametrize(
    "path, headers",
    [
        (f"/events?after={START + 3}", {}),
        ("/events", {"Last-Event-ID": str(START + 3)}),
        (f"/api/changes?after={START + 3}", {}),
    ],
)
def test_who_has_heard_more_than_there_is_is_told_so_and_not_left_in_silence(
    path: str, headers: dict[str, str]
) -> None:
    kiosk = Kiosk()
    reader = TestClient(make_app(kiosk, poll_seconds=60.0))
    answer = reader.get(path, headers=headers)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    told = f"There is no change {START + 3} yet; the newest is {START}."
    assert answer.json()["detail"] == told


def test_a_change_of_this_moment_is_one_to_go_on_from() -> None:
    kiosk = Kiosk()
    with served(make_app(kiosk, poll_seconds=60.0)) as address:
        assert heard(address, f"/events?after={START - 1}", 1) == [START]
        kiosk.move(1)  # told to a reader who then connects elsewhere, before we look again
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
        connection.request("GET", f"/events?after={START + 1}")
        assert connection.getresponse().status == 200
        connection.close()


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ on Windows")
def test_ctrl_c_ends_the_server_without_an_error_though_a_reader_listens() -> None:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]
    program = (
        "from tests.web.kiosk import Kiosk\n"
        "from sayso.web.app import make_app\n"
        "from sayso.web.server import bind, serve\n"
        f"serve(make_app(Kiosk()), bind('127.0.0.1', {port}))\n"
    )
    server = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    for _ in range(600):
        try:
            connection.connect()
            break
        except ConnectionRefusedError:
            time.sleep(0.1)
    connection.request("GET", "/events")
    connection.getresponse()
    server.send_signal(signal.SIGINT)
    told, _ = server.communicate(timeout=60)
    connection.close()
    assert server.returncode == 0
    assert b"Traceback" not in told
