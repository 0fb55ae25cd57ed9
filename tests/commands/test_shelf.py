"""A thing that many threads ask for is made once, and nobody waits for another one."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from sayso.commands.shelf import Shelf
from sayso.errors import StoreError


def test_what_many_threads_ask_for_is_made_once() -> None:
    shelf: Shelf[str, str] = Shelf(2)
    made: list[str] = []

    def make() -> str:
        made.append("front")
        time.sleep(0.05)
        return "page"

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda _: shelf.get("front", make), range(8))) == ["page"] * 8
    assert made == ["front"]


def test_who_wants_another_thing_does_not_wait() -> None:
    shelf: Shelf[str, str] = Shelf(2)
    begun, let = threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        assert let.wait(timeout=20)
        return "front"

    with ThreadPoolExecutor(1) as other:
        front = other.submit(shelf.get, "front", slow)
        assert begun.wait(timeout=20)
        assert shelf.get("story", lambda: "story") == "story"
        assert not front.done()
        let.set()
        assert front.result(timeout=20) == "front"


def test_what_there_is_not_takes_no_room_and_what_failed_is_tried_again() -> None:
    shelf: Shelf[str, str] = Shelf(1)
    assert shelf.get("story", lambda: "story") == "story"
    assert shelf.get("made up", lambda: None) is None

    def fail() -> str:
        raise StoreError("the disk is gone")

    with pytest.raises(StoreError):
        shelf.get("other", fail)
    assert shelf.get("story", lambda: "made again") == "story"
    assert shelf.get("other", lambda: "other") == "other"
    assert shelf.get("story", lambda: "made again") == "made again"  # there was room for one
