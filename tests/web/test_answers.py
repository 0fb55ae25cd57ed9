"""What is answered as it stands is packed for who can unpack it, and not sent twice."""

from __future__ import annotations

import gzip

import pytest
from starlette.testclient import TestClient

from sayso.web.app import make_app
from tests.web.kiosk import Kiosk

PAGE = "/b/lowbridge"


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}.json", f"{PAGE}.atom", "/style.css", "/live.js"])
def test_a_page_is_packed_for_who_can_unpack_it(path: str) -> None:
    reader = TestClient(make_app(Kiosk(), poll_seconds=0.0))
    plain = reader.get(path, headers={"Accept-Encoding": "identity"})
    with reader.stream("GET", path, headers={"Accept-Encoding": "br, gzip;q=0.5"}) as packed:
        sent = b"".join(packed.iter_raw())
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(sent) == plain.content
    assert len(sent) < len(plain.content) / 2
    assert "content-encoding" not in plain.headers
    for one in (plain, packed):
        assert one.headers["vary"] == "Accept-Encoding"
        asked = {
            "If-None-Match": one.headers["etag"],
            "Accept-Encoding": one.request.headers["accept-encoding"],
        }
        assert reader.get(path, headers=asked).status_code == 304
    assert plain.headers["etag"] != packed.headers["etag"]


@pytest.mark.parametrize("asked", ["", "identity", "gzip;q=0", "gzip; q=0.0", "br"])
def test_nobody_is_sent_what_he_cannot_unpack(asked: str) -> None:
    reader = TestClient(make_app(Kiosk(), poll_seconds=0.0))
    answer = reader.get(PAGE, headers={"Accept-Encoding": asked})
    assert "content-encoding" not in answer.headers
