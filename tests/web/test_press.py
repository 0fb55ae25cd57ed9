"""A page that many want is made once, also while changes come faster than it can be made."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from sayso.errors import StoreError
from sayso.records import Cursor
from sayso.web import press
from sayso.web.press import Press

KEY = ("front",)


class Slow:
    """Makes a page that says as of when it is, and only when it is let."""

    def __init__(self) -> None:
        self.made: list[Cursor] = []
        self.at_once = self.most_at_once = 0
        self.let = threading.Event()
        self._lock = threading.Lock()

    def __call__(self, standing: Cursor) -> bytes:
        with self._lock:
            self.made.append(standing)
            self.at_once += 1
            self.most_at_once = max(self.at_once, self.most_at_once)
        assert self.let.wait(timeout=20)
        with self._lock:
            self.at_once -= 1
        return f"as of {standing}".encode()


def run(play: Callable[[Press], Awaitable[None]]) -> None:
    async def whole() -> None:
        await play(Press())

    asyncio.run(whole())


async def begun(slow: Slow, count: int) -> None:
    while len(slow.made) < count:
        await asyncio.sleep(0.001)


def test_a_burst_of_changes_makes_a_page_twice_and_shows_nobody_less_than_he_came_for() -> None:
    async def play(press: Press) -> None:
        slow = Slow()
        first = asyncio.create_task(press.make(KEY, Cursor(1), slow))
        await begun(slow, 1)
        later = [asyncio.create_task(press.make(KEY, Cursor(n), slow)) for n in range(1, 40)]
        await asyncio.sleep(0.01)
        slow.let.set()
        bodies = [await one for one in (first, *later)]
        assert slow.made == [1, 39]
        assert slow.most_at_once == 1
        shown = [int((body.plain if body else b"0").split()[-1]) for body in bodies]
        assert shown == [1, 1] + [39] * 38

    run(play)


def test_another_page_is_made_beside_it() -> None:
    async def play(press: Press) -> None:
        slow, quick = Slow(), Slow()
        quick.let.set()
        front = asyncio.create_task(press.make(KEY, Cursor(1), slow))
        await begun(slow, 1)
        body = await press.make(("story",), Cursor(1), quick)
        assert body is not None
        assert not front.done()
        slow.let.set()
        await front

    run(play)


def test_what_takes_long_is_shown_as_it_stood_while_the_next_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(press, "SLOW_SECONDS", 0.0)

    async def play(press: Press) -> None:
        slow = Slow()
        slow.let.set()
        await press.make(KEY, Cursor(1), slow)
        slow.let.clear()
        for _ in range(3):
            shown = await press.make(KEY, Cursor(2), slow, late=True)
            assert shown is not None
            assert shown.plain == b"as of 1"
        await begun(slow, 2)
        whole = asyncio.create_task(press.make(KEY, Cursor(2), slow))
        slow.let.set()
        body = await whole
        assert body is not None
        assert body.plain == b"as of 2"
        assert slow.made == [1, 2]

    run(play)


@pytest.mark.parametrize("name, value", [("SLOW_SECONDS", 9.0), ("LATE_SECONDS", -1.0)])
def test_what_is_made_quickly_or_stood_so_long_ago_is_not_shown_late(
    monkeypatch: pytest.MonkeyPatch, name: str, value: float
) -> None:
    monkeypatch.setattr(press, "SLOW_SECONDS", 0.0)
    monkeypatch.setattr(press, name, value)

    async def play(press: Press) -> None:
        slow = Slow()
        slow.let.set()
        await press.make(KEY, Cursor(1), slow, late=True)
        body = await press.make(KEY, Cursor(2), slow, late=True)
        assert body is not None
        assert body.plain == b"as of 2"

    run(play)


def test_who_waits_for_the_next_gets_it_though_the_one_before_failed() -> None:
    async def play(press: Press) -> None:
        slow = Slow()

        def failing(standing: Cursor) -> bytes:
            slow(standing)
            raise StoreError("the disk is gone")

        first = asyncio.create_task(press.make(KEY, Cursor(1), failing))
        await begun(slow, 1)
        second = asyncio.create_task(press.make(KEY, Cursor(2), slow))
        await asyncio.sleep(0.01)
        slow.let.set()
        with pytest.raises(StoreError):
            await first
        body = await second
        assert body is not None
        assert body.plain == b"as of 2"

    run(play)


def test_what_nobody_waits_for_any_more_fails_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "SLOW_SECONDS", 0.0)
    told: list[dict[str, Any]] = []

    def failing(standing: Cursor) -> bytes:
        if standing > 1:
            raise StoreError("the disk is gone")
        return b"fine"

    async def play(press: Press) -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, about: told.append(about))
        await press.make(KEY, Cursor(1), failing)
        shown = await press.make(KEY, Cursor(2), failing, late=True)
        assert shown is not None
        await asyncio.sleep(0.05)
        with pytest.raises(StoreError):
            await press.make(KEY, Cursor(2), failing)

    run(play)
    assert told == []
